"""Self-checks: a question, a task list of answers, then perhaps a line of feedback."""

import re

from interchange.package.directive import Directive
from interchange.package.markdown_in import paragraph_runs, parse, text_runs
from interchange.package.problems import sentence as _
from interchange.package.richtext import Paragraph, normal, to_html

_TASK = re.compile(r"^ {0,3}[-*+] +\[[ xX]\](?=\s|$)")
_BOX = re.compile(r"^\[([ xX])\](?:\s+|$)")


def read_check(directive: Directive) -> dict | None:
    """The value of a `check` block."""
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
    for node in parse(text, first, place):
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
