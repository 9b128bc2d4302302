"""What stands between ::: and :::, one reader a directive. Docs: docs/packages.md, "Blocks of a lesson"."""

import re

from interchange.package.directive import Directive
from interchange.package.facilitator import read_facilitator
from interchange.package.markdown_in import Place, refuse, rich, text_runs
from interchange.package.phrases import LEAD_IN
from interchange.package.problems import sentence as _
from interchange.package.richtext import Paragraph, normal, to_html
from interchange.package.self_check import read_check
from interchange.package.tables import read_table

_INFO = re.compile(r"^\s*\{\s*([A-Za-z0-9_-]+)\s*\}\s*(.*?)\s*$")
_OPTION = re.compile(r"^:([a-z]+):[ \t]*(.*?)[ \t]*$")
_WEB = re.compile(r"^https?://[^\s]+$")


def read_directive(node, line: int, place: Place) -> tuple[str, object] | None:
    """(type, value) of a directive node; None when it was refused."""
    match = _INFO.match(node.info)
    if not match:
        place.report.add(
            line, _("::: without the name of a block. Is the block above closed twice? Or write :::{name}.")
        )
        return None
    name, argument = match.groups()
    if name not in DIRECTIVES:
        known = ", ".join(sorted(DIRECTIVES))
        place.report.add(line, _("There is no block named “%(name)s”. There are: %(known)s."), name=name, known=known)
        return None
    if argument and name not in _WITH_ARGUMENT:
        place.report.add(line, _("Nothing stands behind {%(name)s} on its line. Put the words below it."), name=name)
        return None
    directive = Directive(name, argument, node.content.rstrip("\n"), line, line + 1, {}, place)
    if name in _WITH_OPTIONS:
        _take_options(directive)
    if not directive.content.strip():
        directive.add(_EMPTY.get(name, _("This block is empty. Write its words, or take it out.")))
        return None
    value = DIRECTIVES[name](directive)
    return None if value is None else (name.replace("-", "_"), value)


def _take_options(directive):
    lines = directive.content.split("\n")
    while lines and (match := _OPTION.match(lines[0])):
        if match[1] not in _WITH_OPTIONS[directive.name]:
            directive.add(_("“:%(name)s:” is not known here."), directive.first, name=match[1])
        directive.options[match[1]] = (match[2], directive.first)
        lines.pop(0)
        directive.first += 1
    directive.content = "\n".join(lines)


def _words(directive):
    return directive.words() or None


def _steps(directive):
    nodes = directive.nodes()
    if len(nodes) != 1 or nodes[0].type != "ordered_list":
        stray = next((n for n in nodes if n.type != "ordered_list"), nodes[-1])
        directive.add(
            _("Steps are one numbered list and nothing else. Put other words before or after the block."),
            directive.first + stray.map[0],
        )
        return None
    if nodes[0].attrGet("start") not in (None, 1):
        directive.add(_("Steps start at 1."), directive.first)
    found = []
    for item in nodes[0].children:
        for child in item.children:
            if child.type != "paragraph":
                directive.add(
                    _("A step is words only. Make each part a step of its own."),
                    directive.first + child.map[0],
                )
        parts = [c for c in item.children if c.type == "paragraph"]
        found.append({"id": None, "value": to_html(rich(parts, directive.first, directive.place))})
        if not found[-1]["value"]:
            directive.add(_("This step is empty."), directive.first + item.map[0])
    return found


def _scenario(directive):
    nodes = directive.nodes()
    leads = [LEAD_IN.match(n.children[0].content) if n.type == "paragraph" else None for n in nodes]
    if not any(leads):
        directive.add(
            _("A scenario has a paragraph that starts with **What works:** (in Spanish **Lo que funciona:**).")
        )
        return None
    position = next(number for number, match in enumerate(leads) if match)
    node, match = nodes[position], leads[position]
    first, place = directive.first, directive.place
    situation = to_html(rich(nodes[:position], first, place))
    rest = node.children[0].content[match.end() :]
    lead = [Paragraph(text_runs(rest, first + node.map[0], place))] if rest else []
    what_works = to_html(normal(lead) + rich(nodes[position + 1 :], first, place))
    if not situation or not what_works:
        directive.add(_("A scenario has a situation, then **What works:** and what works."))
        return None
    return {"situation": situation, "what_works": what_works}


def _recording(kind):
    def read(directive):
        file = directive.place.media(directive.argument, directive.line, kind)
        value = {"file": file, "transcript": directive.words()}
        for name, media_kind in (("captions", "captions"), ("poster", "image")):
            if name in directive.options:
                path, line = directive.options[name]
                value[name] = directive.place.media(path, line, media_kind)
        return value if file else None

    return read


def _document(directive):
    text = directive.words()
    if _WEB.match(directive.argument):
        return {"url": directive.argument, "text": text}
    file = directive.place.media(directive.argument, directive.line, "document")
    return {"file": file, "text": text} if file else None


def _link_card(directive):
    if _WEB.match(directive.argument):
        return {"url": directive.argument, "text": directive.words()}
    directive.add(_("Behind {link-card} stands a web address that starts with https://."))
    return None


def _table(directive):
    nodes = directive.nodes()
    if len(nodes) == 1 and nodes[0].type == "table":
        value = read_table(nodes[0], directive.first, directive.content.split("\n"), directive.place)
        return {"caption": directive.argument, **value} if directive.argument else value
    for node in nodes:
        if node.type not in ("table", "paragraph"):
            refuse(node, directive.first + node.map[0], directive.place)
    directive.add(_("A {table} block holds one table and nothing else; its caption stands behind {table}."))
    return None


_EMPTY = {
    "video": _("A film needs its words for people who do not hear it. Write the transcript in the block."),
    "audio": _("A recording needs its words for people who do not hear it. Write the transcript in the block."),
    "document": _("Say in the block what the document is."),
    "link-card": _("Say in the block what the link leads to."),
}
_WITH_ARGUMENT = ("video", "audio", "document", "link-card", "table")
_WITH_OPTIONS = {"video": ("captions", "poster"), "audio": ()}
_WORDS = (
    "content-note",
    "safety",
    "try-it",
    "discuss",
    "local-policy",
    "worker-voice",
    "take-home",
    "key-points",
)
DIRECTIVES = {
    **dict.fromkeys(_WORDS, _words),
    "steps": _steps,
    "scenario": _scenario,
    "check": read_check,
    "facilitator": read_facilitator,
    "video": _recording("video"),
    "audio": _recording("audio"),
    "document": _document,
    "link-card": _link_card,
    "table": _table,
}
