"""Assessments: one file for all languages. A language is there whole or not at all."""

from decimal import Decimal

from assessments.enums import UNGRADED, EvidenceKind, Method
from interchange.package.context import Context, kept
from interchange.package.entry import SLUG, Entry, words_of
from interchange.package.identity import LISTS
from interchange.package.ids import give_list_ids, read_ids
from interchange.package.model import Item
from interchange.package.modules import languages_of
from interchange.package.outline import SOURCE_LANGUAGE, Head
from interchange.package.problems import sentence as _

_CRITERION = ("code", "text", "critical", "limit", "individual")
_LEVEL = ("level", "label", "descriptor", "enough")
_PASSING = ("critical", "others", "consecutive", "raters")


class _Words:
    """Text that must be there in exactly the languages of the assessment."""

    def __init__(self, entry: Entry, languages: list[str]):
        self.entry, self.languages = entry, languages

    def of(self, entry: Entry, name: str, *, required=False) -> dict[str, str]:
        words = entry.words(name, required=required)
        return self._whole(words, name, entry.line(name)) if words else {}

    def lines(self, name: str) -> list[dict[str, str]]:
        found = [(words_of(node, name, self.entry.report), node.line) for node in self.entry.items(name)]
        return [self._whole(words, name, line) for words, line in found]

    def _whole(self, words, name, line):
        add = self.entry.report.add
        for language in self.languages:
            if language not in words:
                add(
                    line,
                    _("“%(name)s” has no text in %(language)s, and the title has. Write it, or take the title out."),
                    name=name,
                    language=language,
                )
        for language in set(words) - set(self.languages):
            add(
                line,
                _("“%(name)s” has text in %(language)s and the title has none. Write the title in %(language)s too."),
                name=name,
                language=language,
            )
        return words


def read_assessment(head: Head, context: Context) -> list[Item]:
    """The assessment in every language of its title."""
    entry = head.entry
    languages = languages_of(entry)
    words = _Words(entry, languages)
    text = {name: words.of(entry, name) for name in ("purpose", "instructions")}
    lines = {name: words.lines(name) for name in ("set_up", "critical_failures", "alternatives")}
    criteria, levels = _criteria(entry, words), _levels(entry, words)
    titles = entry.words("title")
    method = entry.choice("method", Method, required=True)
    graded = entry.boolean("graded", method not in UNGRADED)
    shared = {
        "method": method,
        "graded": graded,
        "passing": _passing(entry),
        "valid_months": entry.integer("valid_months"),
        "evidence": entry.choices("evidence", EvidenceKind),
        "objectives": _objectives(entry, context),
    }
    _check_grading(entry, shared)
    items = []
    for language in languages:
        data = {
            "format": 1,
            "kind": "assessment",
            "uid": head.uid,
            "language": language,
            "slug": entry.text("slug", form=SLUG) if language == SOURCE_LANGUAGE else "",
            "title": titles.get(language),
            **{name: one.get(language) for name, one in text.items()},
            **{name: [_entry(line.get(language, "")) for line in some] for name, some in lines.items()},
            "criteria": [_entry({**fixed, "text": one.get(language, "")}) for fixed, one in criteria],
            "rubric": [
                _entry({**fixed, **{name: one.get(language, "") for name, one in some.items()}})
                for fixed, some in levels
            ],
            **shared,
        }
        items.append(Item("assessment", head.uid, language, head.path, head.file, kept(data)))
    ids_file = head.file.removesuffix(".yaml") + ".ids.yaml"
    if ids := read_ids(context.source, ids_file, LISTS["assessment"], context.report):
        give_list_ids(ids, [item.data for item in items])
    return items


def _entry(value) -> dict:
    return {"id": None, "value": value}


def _criteria(entry: Entry, words: _Words):
    found, codes = [], set()
    for group in entry.groups("criteria", _CRITERION):
        code = group.text("code", required=True)
        if code in codes:
            group.report.add(group.line("code"), _("The code “%(code)s” is used twice. Give each its own."), code=code)
        codes.add(code)
        fixed = {"code": code, "critical": group.boolean("critical"), **_of_some(group)}
        found.append((fixed, words.of(group, "text", required=True)))
    if not found:
        entry.report.add(
            entry.line("criteria"),
            _("An assessment has at least one criterion. Write what is seen or heard."),
        )
    return found


def _of_some(group: Entry) -> dict:
    """What only some criteria say: how long it may take, and that each of a team shows it."""
    limit, individual = group.integer("limit"), group.boolean("individual")
    if limit is not None and limit < 1:
        group.report.add(group.line("limit"), _("“limit” is a number of seconds, 1 or more."))
    return {**({"limit": limit} if limit else {}), **({"individual": True} if individual else {})}


def _levels(entry: Entry, words: _Words):
    rubric = entry.group("rubric", ("levels",))
    found, numbers = [], set()
    for group in rubric.groups("levels", _LEVEL) if rubric else ():
        level = group.integer("level", 0, required=True)
        if level in numbers:
            group.report.add(group.line("level"), _("Level %(level)s stands here twice."), level=level)
        numbers.add(level)
        some = {name: words.of(group, name, required=True) for name in ("label", "descriptor")}
        found.append(({"level": level, **({"enough": True} if group.boolean("enough") else {})}, some))
    return found


def _passing(entry: Entry) -> dict:
    group = entry.group("passing", _PASSING)
    if group is None:
        return {}
    others = group.decimal("others")
    if others and Decimal(others) > 1:
        group.report.add(group.line("others"), _("“others” is a share between 0 and 1, such as 0.8."))
    return kept(
        {
            "critical": group.choice("critical", ["all"], "all"),
            "others": others,
            "consecutive": group.integer("consecutive", 1),
            "raters": group.integer("raters", 1),
        }
    )


def _objectives(entry: Entry, context: Context) -> list[str]:
    codes = {code for module in context.head.modules for code, _line in module.entry.texts("lessons")}
    for code, line in entry.texts("objectives"):
        if code not in codes:
            entry.report.add(line, _("There is no lesson “%(code)s” in this curriculum. Correct the code."), code=code)
    return sorted({code for code, _line in entry.texts("objectives")})


def _check_grading(entry: Entry, shared):
    add = entry.report.add
    if not shared["graded"]:
        if shared["passing"]:
            add(entry.line("passing"), _("Nothing is scored here (graded: false), so passing is null."))
        return
    if shared["method"] in UNGRADED:
        add(
            entry.line("graded"),
            _("“%(method)s” is never scored. Write graded: false."),
            method=shared["method"],
        )
    if not shared["passing"]:
        add(
            entry.line("passing"),
            _("A scored assessment says when it is enough. Write passing, or graded: false."),
        )
    if not shared["evidence"]:
        add(entry.line("evidence"), _("A scored assessment says what supports the result. Write evidence."))
