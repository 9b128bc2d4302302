"""What stands between ::: and :::, one reader a directive. Docs: docs/packages.md, "Blocks of a lesson"."""

import datetime
import re
from dataclasses import dataclass

from interchange.package.markdown_in import Place, paragraph_runs, parse, refuse, rich, text_runs
from interchange.package.phrases import CAUTION, LEAD_IN
from interchange.package.problems import sentence as _
from interchange.package.richtext import Paragraph, normal, to_html
from interchange.package.tables import paragraphs, read_table

_INFO = re.compile(r"^\s*\{\s*([A-Za-z0-9_-]+)\s*\}\s*(.*?)\s*$")
_TASK = re.compile(r"^ {0,3}[-*+] +\[[ xX]\](?=\s|$)")
_BOX = re.compile(r"^\[([ xX])\](?:\s+|$)")
_OPTION = re.compile(r"^:([a-z]+):[ \t]*(.*?)[ \t]*$")
_WEB = re.compile(r"^https?://[^\s]+$")
_ABOUT = re.compile(r"^\s*(who|confirmed)\s*:\s*(.*?)\s*$", re.S)
_CONFIRMED = re.compile(r"^(\d{4}-\d\d-\d\d)(?:\s+by\s+(.+))?$", re.S)


@dataclass
class Directive:
    """One directive: `first` is the line its content starts on, `options` are lines such as `:captions: file`."""

    name: str
    argument: str
    content: str
    line: int
    first: int
    options: dict
    place: Place

    def add(self, template, line=None, **values):
        self.place.report.add(line or self.line, template, **values)

    def nodes(self):
        return parse(self.content, self.place)

    def words(self, text=None, first=None) -> str:
        """Portable HTML of (a part of) the content."""
        text = self.content if text is None else text
        return to_html(rich(parse(text, self.place), first or self.first, self.place))


def read_directive(node, line: int, place: Place) -> tuple[str, object] | None:
    """(type, value) of a directive node; None when it was refused."""
    match = _INFO.match(node.info)
    if not match:
        place.report.add(line, _("::: without the name of a block. Is the block above closed twice? Or write :::{name}."))
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
                    _("A step is words only. Make each part a step of its own."), directive.first + child.map[0]
                )
        parts = [c for c in item.children if c.type == "paragraph"]
        found.append({"id": None, "value": to_html(rich(parts, directive.first, directive.place))})
        if not found[-1]["value"]:
            directive.add(_("This step is empty."), directive.first + item.map[0])
    return found


def _scenario(directive):
    nodes = directive.nodes()
    for position, node in enumerate(nodes):
        match = LEAD_IN.match(node.children[0].content) if node.type == "paragraph" else None
        if match:
            break
    else:
        directive.add(_("A scenario has a paragraph that starts with **What works:** (in Spanish **Lo que funciona:**)."))
        return None
    first, place = directive.first, directive.place
    situation = to_html(rich(nodes[:position], first, place))
    rest = node.children[0].content[match.end() :]
    lead = [Paragraph(text_runs(rest, first + node.map[0], place))] if rest else []
    what_works = to_html(normal(lead) + rich(nodes[position + 1 :], first, place))
    if not situation or not what_works:
        directive.add(_("A scenario has a situation, then **What works:** and what works."))
        return None
    return {"situation": situation, "what_works": what_works}


def _check(directive):
    lines = directive.content.split("\n")
    tasks = [number for number, line in enumerate(lines) if _TASK.match(line)]
    if len(tasks) < 2:
        directive.add(_("A self-check has two answers or more, on lines that start with - [ ] or, if right, - [x]."))
        return None
    start, end = tasks[0], tasks[-1] + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t"):
        end += 1
    if end < len(lines) and lines[end][:2] == lines[tasks[-1]].lstrip()[:2]:
        directive.add(_("This answer has no box. Write - [ ] or, if it is right, - [x]."), directive.first + end)
        return None
    question = directive.words("\n".join(lines[:start]))
    answers = _answers(directive, "\n".join(lines[start:end]), directive.first + start)
    feedback = directive.words("\n".join(lines[end:]), directive.first + end)
    if not question:
        directive.add(_("A self-check starts with its question."))
    if answers and not any(answer["value"]["correct"] for answer in answers):
        directive.add(_("No answer is marked as right. Write - [x] before the right one."))
    value = {"question": question, "answers": answers}
    return value | ({"feedback": feedback} if feedback else {})


def _answers(directive, text, first):
    found = []
    place = directive.place
    for node in parse(text, place):
        if node.type != "bullet_list":
            directive.add(_("Only answers stand between the first and the last box."), first + node.map[0])
            continue
        for item in node.children:
            line = first + item.map[0]
            paragraph, *more = [*item.children] or [None]
            box = _BOX.match(paragraph.children[0].content) if paragraph and paragraph.type == "paragraph" else None
            if not box:
                directive.add(_("This answer has no box. Write - [ ] or, if it is right, - [x]."), line)
                continue
            for child in more:
                if child.type != "paragraph":
                    directive.add(_("An answer is words only, without a list or a table."), first + child.map[0])
            runs = text_runs(paragraph.children[0].content[box.end() :], line, place)
            rest = [Paragraph(paragraph_runs(child, first, place)) for child in more if child.type == "paragraph"]
            html = to_html(normal([Paragraph(runs), *rest]))
            if not html:
                directive.add(_("This answer has no words."), line)
            found.append({"id": None, "value": {"text": html, "correct": box[1] != " "}})
    return found


def _facilitator(directive):
    first, place = directive.first, directive.place
    text, cautions = [], []
    for node in directive.nodes():
        content = node.children[0].content if node.type == "paragraph" else ""
        matches = list(CAUTION.finditer(content))
        if not matches:
            if node.type != "paragraph" and any(CAUTION.search(n.content) for n in node.walk() if n.type == "inline"):
                directive.add(
                    _("“Confirm before teaching:” stands in a paragraph of its own, not in a list or quotation."),
                    first + node.map[0],
                )
            text += rich([node], first, place)
            continue
        before = content[: matches[0].start()]
        text += normal([Paragraph(text_runs(before, first + node.map[0], place))]) if before.strip() else []
        for match, following in zip(matches, [*matches[1:], None], strict=True):
            line = first + node.map[0] + content.count("\n", 0, match.start())
            words = content[match.end() : following.start() if following else len(content)]
            cautions.append({"id": None, "value": _caution(directive, match["about"] or "", words, line)})
    value = {"text": to_html(normal(text))} if text else {}
    return value | ({"cautions": cautions} if cautions else {})


def _caution(directive, about, words, line):
    what = to_html(paragraphs(text_runs(words, line, directive.place))) if words.strip() else ""
    if not what:
        directive.add(_("Say behind the colon what must be confirmed before this is taught."), line)
    value = {"what": what}
    for part in re.split(r"(?<!\\);", about) if about.strip() else ():
        match = _ABOUT.match(part)
        name, said = match.groups() if match else ("", "")
        said = re.sub(r"\\(.)", r"\1", said)
        if name == "who":
            value["who"] = said
        elif name == "confirmed" and (date := _CONFIRMED.match(said)) and _is_date(date[1]):
            value |= {"confirmed_on": date[1]} | ({"confirmed_by": date[2].strip()} if date[2] else {})
        else:
            directive.add(_("In the brackets write [who: role; confirmed: 2026-11-02 by Name]; leave out what is open."), line)
    return value


def _is_date(text):
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


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
_WORDS = ("content-note", "safety", "try-it", "discuss", "local-policy", "worker-voice", "take-home", "key-points")
DIRECTIVES = {
    **dict.fromkeys(_WORDS, _words),
    "steps": _steps,
    "scenario": _scenario,
    "check": _check,
    "facilitator": _facilitator,
    "video": _recording("video"),
    "audio": _recording("audio"),
    "document": _document,
    "link-card": _link_card,
    "table": _table,
}
