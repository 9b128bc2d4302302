"""Notes for instructors, and the cautions in them: what an expert must confirm before it is taught."""

import datetime
import re

from interchange.package.directive import Directive
from interchange.package.markdown_in import rich, text_runs
from interchange.package.phrases import cautions_in
from interchange.package.problems import sentence as _
from interchange.package.richtext import Paragraph, normal, to_html

_ABOUT = re.compile(r"^\s*(who|confirmed)\s*:\s*(.*?)\s*$", re.S)
_PARTS = re.compile(r"(?:\\.|[^;\\])+", re.S)
_CONFIRMED = re.compile(r"^(\d{4}-\d\d-\d\d)(?:\s+by\s+(.+))?$", re.S)


def read_facilitator(directive: Directive) -> dict | None:
    """The value of a `facilitator` block: its words, and apart from them what must be confirmed first."""
    first, place = directive.first, directive.place
    text, cautions = [], []
    for node in directive.nodes():
        content = node.children[0].content if node.type == "paragraph" else ""
        matches = cautions_in(content)
        if not matches:
            if node.type != "paragraph" and any(cautions_in(n.content) for n in node.walk() if n.type == "inline"):
                directive.add(
                    _("“Confirm before teaching:” stands in a paragraph of its own, not in a list or quotation."),
                    first + node.map[0],
                )
            text += rich([node], first, place)
            continue
        before = content[: matches[0].start]
        text += normal([Paragraph(text_runs(before, first + node.map[0], place))]) if before.strip() else []
        for match, following in zip(matches, [*matches[1:], None], strict=True):
            line = first + node.map[0] + content.count("\n", 0, match.start)
            words = content[match.end : following.start if following else len(content)]
            cautions.append({"id": None, "value": _caution(directive, match.about, words, line)})
    value = {"text": to_html(normal(text))} if text else {}
    return value | ({"cautions": cautions} if cautions else {})


def _caution(directive, about, words, line):
    what = to_html(normal([Paragraph(text_runs(words, line, directive.place))])) if words.strip() else ""
    if not what:
        directive.add(_("Say behind the colon what must be confirmed before this is taught."), line)
    value = {"what": what}
    for part in _PARTS.findall(about) if about.strip() else ():
        match = _ABOUT.match(part)
        name, said = match.groups() if match else ("", "")
        said = re.sub(r"\\(.)", r"\1", said)
        if name == "who":
            value["who"] = said
        elif name == "confirmed" and (date := _CONFIRMED.match(said)) and _is_date(date[1]):
            value |= {"confirmed_on": date[1]} | ({"confirmed_by": date[2].strip()} if date[2] else {})
        else:
            directive.add(
                _("In the brackets write [who: role; confirmed: 2026-11-02 by Name]; leave out what is open."),
                line,
            )
    return value


def _is_date(text):
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False
