"""The one door through which HTML enters: everything that is stored or shown has passed `clean_html`.

bleach does the work (the people this is for chose it); nh3 stands behind it as a second wall, and a property
test shows that the second wall never finds anything. The Content-Security-Policy stands behind both.
"""

import re
from functools import lru_cache

import bleach
import nh3

TAGS = frozenset({"p", "b", "i", "ul", "ol", "li", "blockquote", "code", "br", "a"})
LINK_ATTRIBUTES = ("href", "data-uid")
PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})

#: An outside address says where it goes; a place in the library is named by uid. There are no other links.
_ADDRESS = re.compile(r"(https?://|mailto:|tel:)\S", re.I)
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RENAMED = ((re.compile(r"<(/?)strong\b", re.I), r"<\1b"), (re.compile(r"<(/?)em\b", re.I), r"<\1i"))
#: Two parsers make different things of characters that nobody can see.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")


@lru_cache(maxsize=16384)
def clean_html(html: str) -> str:
    """Return `html` with nothing but the tags, link attributes and protocols named above.

    Bold and italic become `b` and `i`, comments and every other attribute go, empty paragraphs go. Idempotent:
    cleaning twice is cleaning once, so that equal text has equal bytes whoever typed it.
    """
    html = _UNSEEN.sub(" ", html)
    for pattern, replacement in _RENAMED:
        html = pattern.sub(replacement, html)
    return _EMPTY_PARAGRAPH.sub("", second_wall(first_wall(html))).strip()


def first_wall(html: str) -> str:
    """bleach: an allow-list over an HTML5 parser; what is not allowed is taken out, its text stays."""
    return bleach.clean(
        html,
        tags=TAGS,
        attributes={"a": _is_link},
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
    )


def _is_link(tag: str, name: str, value: str) -> bool:
    if name == "data-uid":
        return bool(_UID.fullmatch(value))
    return name == "href" and bool(_ADDRESS.match(value))


def second_wall(html: str) -> str:
    """nh3 (ammonia): the same allow-list in another parser, so that one parser's mistake is not enough."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": set(LINK_ATTRIBUTES)},
        url_schemes=set(PROTOCOLS),
        link_rel=None,
    )


def plain_text(html: str) -> str:
    """The words of `html` without its marks: for search, word counts and comparisons."""
    text = re.sub(r"</(p|li|blockquote|ul|ol)>|<br>", " ", html)
    text = re.sub(r"<[^>]+>", "", text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return re.sub(r"\s+", " ", text).strip()
