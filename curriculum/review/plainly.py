"""Rich text as people type it without an editor, and back. Pure.

Paragraphs are parted by an empty line; a line that starts with "- " or "1. " is an item of a list; **bold** words stand
between stars; a link is [words](address). Whatever is typed passes the sanitizer.
"""

import re
from html import escape, unescape

from curriculum.sanitize import clean_html, plain_text

_TAGS = re.compile(r"<(/?)([a-z]+)([^>]*)>")
_ITEM = re.compile(r"^\s*(?:(-)|(\d+)\.)\s+(.*)$")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<!\w)_(.+?)_(?!\w)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


def to_html(text: str) -> str:
    """Typed words as the rich text that a block holds."""
    parts: list[str] = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        parts += _chunk([line for line in chunk.split("\n") if line.strip()])
    return clean_html("".join(parts))


def to_line(text: str) -> str:
    """Typed words as plain text on one line."""
    return " ".join(plain_text(to_html(text)).split())


def to_text(html: str) -> str:
    """Rich text as one types it."""
    out: list[str] = []
    lists: list[list] = []
    links: list[str] = []
    position = 0
    for match in _TAGS.finditer(html or ""):
        out.append(unescape(html[position : match.start()]))
        position = match.end()
        out.append(_mark(match[2], bool(match[1]), match[3], lists, links))
    out.append(unescape((html or "")[position:]))
    text = re.sub(r"[ \t]+\n", "\n", "".join(out))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _mark(name: str, closes: bool, attributes: str, lists: list, links: list) -> str:
    if name in ("b", "i"):
        return "**" if name == "b" else "_"
    if name == "a":
        return _link(closes, attributes, links)
    if name in ("ul", "ol"):
        if closes and lists:
            lists.pop()
        elif not closes:
            lists.append([name, 0])
        return "\n\n" if closes and not lists else ""
    if name == "li" and not closes and lists:
        lists[-1][1] += 1
        return "\n- " if lists[-1][0] == "ul" else f"\n{lists[-1][1]}. "
    if name == "br":
        return "\n"
    return "\n\n" if name in ("p", "blockquote") and closes and not lists else ""


def _link(closes: bool, attributes: str, links: list) -> str:
    if not closes:
        address = re.search(r'(?:href|data-uid)="([^"]*)"', attributes)
        links.append(unescape(address[1]) if address else "")
        return "[" if links[-1] else ""
    address = links.pop() if links else ""
    return f"]({address})" if address else ""


def _chunk(lines: list[str]) -> list[str]:
    """Lines without an empty one between them: lists, and what stands around them as paragraphs."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        item = _ITEM.match(line)
        kind = ("ul" if item[1] else "ol") if item else "p"
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(_inline(item[3] if item else line.strip()))
    return [_wrapped(kind, parts) for kind, parts in found]


def _wrapped(kind: str, parts: list[str]) -> str:
    if kind == "p":
        return f"<p>{'<br>'.join(parts)}</p>"
    return f"<{kind}>{''.join(f'<li>{part}</li>' for part in parts)}</{kind}>"


def _inline(text: str) -> str:
    text = _BOLD.sub(r"<b>\1</b>", escape(text, quote=False))
    text = _ITALIC.sub(r"<i>\1</i>", text)

    def link(match):
        name = "data-uid" if _UID.match(match[2]) else "href"
        return f'<a {name}="{match[2].replace(chr(34), "")}">{match[1]}</a>'

    return _LINK.sub(link, text)
