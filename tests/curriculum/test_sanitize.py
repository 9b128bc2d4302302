"""The one door for HTML. Whatever is thrown at it: nothing runs, the second wall has nothing to do, twice is once."""

import re
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curriculum.sanitize import LINK_ATTRIBUTES, PROTOCOLS, TAGS, clean_html, first_wall, plain_text, second_wall

#: Ways in that have worked somewhere: handlers, addresses that run, foreign content, mutation, comments, encodings.
ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)">x</p>',
    "<p/onmouseover=alert(1)>x",
    "<b\x0bonfocus=alert(1) autofocus tabindex=1>x</b>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="jAvAsCrIpT:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="java&#x09;script:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    '<a href="&#0000106&#0000097vascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="javascript\x00:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
    '<a href="feed:javascript:alert(1)">x</a>',
    '<a href="blob:https://x/1">x</a>',
    '<a href="//evil.example" onclick=alert(1) style="position:fixed;inset:0">x</a>',
    "<a data-uid='\"><script>alert(1)</script>'>x</a>",
    '<a href="https://x/?a=\'><script>alert(1)</script>">x</a>',
    "<a href='https://x/\"onmouseover=alert(1) x=\"'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<textarea></p><script>alert(1)</script></textarea>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<link rel=stylesheet href=//evil.example/x.css><meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/><a href=/x>x</a>",
    "<table background=javascript:alert(1)><tr><td><a href=https://x/1><a href=https://x/2>x</a></a>",
    "<b><p><i></b></p></i>",
    "<p><p><ul><li><p></p></ul><p> </p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "<",
    "<a href=",
    "</p></p>",
    "\x00<p>\ufffe</p>",
]

NAMES = sorted(TAGS) + ["strong", "em", "script", "svg", "math", "style", "img", "table", "td", "div", "h1", "form"]
ATTRIBUTES = ["href", "data-uid", "onclick", "onerror", "style", "src", "class", "id", "data-block-key", "title"]
VALUES = [
    "https://example.org/a?b=1&c=2",
    "https://example.org/?a>b<c",
    "tel:+15550100",
    "mailto:a@example.org",
    "javascript:alert(1)",
    "JAVASCRIPT&colon;alert(1)",
    "data:text/html,x",
    "#here",
    "/there",
    "2f1c0a9e-0000-4000-8000-000000000001",
    '"><script>',
    "alert(1)",
]

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
attributes = st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES) | words), max_size=3)


@st.composite
def tags(draw):
    """An opening, closing or broken tag."""
    name = draw(st.sampled_from(NAMES))
    if draw(st.booleans()):
        return f"</{name}>"
    quote = draw(st.sampled_from(['"', "'", ""]))
    listed = "".join(f" {key}={quote}{value}{quote}" for key, value in draw(attributes))
    return f"<{name}{listed}{draw(st.sampled_from(['>', '>', '>', '/>', '']))}"


soup = st.lists(
    tags() | words | st.sampled_from([*ATTACKS, "<!--", "-->", "&nbsp;", "&lt;", "&amp;", "\n"]), max_size=12
).map("".join)


class Read(HTMLParser):
    """What a reader other than the two walls finds: elements with their attributes, and the text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(attrs)))

    def handle_data(self, data):
        self.text += data


def assert_harmless(html):
    """Allowed elements only, links to allowed protocols only, and no other attribute at all."""
    for tag, attrs in Read(html).elements:
        assert tag in TAGS
        for name, value in attrs:
            assert tag == "a" and name in LINK_ATTRIBUTES
            scheme = re.match(r"[^/?#]*?:", re.sub(r"[\x00-\x20]", "", value or ""))
            assert name != "href" or scheme is None or scheme[0][:-1].lower() in PROTOCOLS


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_comes_through(attack):
    assert_harmless(clean_html(attack))
    assert_harmless(first_wall(attack))


@settings(max_examples=300, deadline=None)
@given(soup)
def test_nothing_that_runs_ever_comes_through(html):
    cleaned = clean_html(html)
    assert_harmless(cleaned)
    assert all(
        re.match(r"(https?://|mailto:|tel:)|[0-9a-f-]{36}$", value, re.I)
        for _tag, attrs in Read(cleaned).elements
        for _name, value in attrs
    )


@settings(max_examples=300, deadline=None)
@given(soup)
def test_the_second_wall_finds_nothing(html):
    first = Read(first_wall(html))
    second = Read(second_wall(first_wall(html)))
    assert set(second.elements) == set(first.elements)
    assert second.text == first.text


@settings(max_examples=300, deadline=None)
@given(soup)
@example("<p><b>\xa0</b></p>")
@example('<a><a><a<p onclick="alert(1)">x</p>\x0c0')
def test_cleaning_twice_is_cleaning_once(html):
    once = clean_html(html)
    assert clean_html(once) == once


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1), min_size=1, max_size=4))
def test_words_are_kept(paragraphs):
    html = "".join(f"<p>{escape(words)}</p>" for words in paragraphs)
    assert plain_text(clean_html(html)).split() == " ".join(paragraphs).split()


@pytest.mark.parametrize("address", ["#here", "/there", "there.html", "//example.org", "javascript:x", "https:"])
def test_a_link_that_does_not_say_where_it_goes_is_words(address):
    assert clean_html(f'<p><a href="{address}">Gloves</a></p>') == "<p><a>Gloves</a></p>"


def test_what_people_write_stays_as_it_is():
    html = (
        "<p>Mix <b>1:10</b> and <i>wait</i>.<br>Then <code>rinse</code>.</p>"
        '<ul><li>One</li><li><a href="https://example.org/a?b=1&amp;c=2">Two</a></li></ul>'
        '<blockquote>Say so.</blockquote><p><a href="tel:+15550100">Call</a></p>'
    )
    assert clean_html(html) == html


def test_what_editors_add_is_taken_away():
    assert clean_html('<p data-block-key="abc1"><strong>Wear</strong> <em>gloves</em></p><p></p>') == (
        "<p><b>Wear</b> <i>gloves</i></p>"
    )
