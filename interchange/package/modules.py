"""Modules and curricula: one file for all languages, in which words are written {en: ..., es: ...}."""

from curriculum.enums import ReviewClass, Rights, Status
from interchange.package.context import Context, hours, kept
from interchange.package.entry import CODE, SLUG, Entry
from interchange.package.ids import give_list_ids, read_ids
from interchange.package.model import Item
from interchange.package.outline import SOURCE_LANGUAGE, CurriculumHead, Head, ModuleHead, join, own_module
from interchange.package.problems import sentence as _

_CHOICE = ("from", "code", "uid", "elective")
_START = ("cost", "next_start", "bring", "contact", "help")


def languages_of(entry: Entry) -> list[str]:
    """The languages an item exists in: those of its title, the source language first."""
    titles = entry.words("title", required=True)
    if entry.has("title") and SOURCE_LANGUAGE not in titles:
        entry.report.add(entry.line("title"), _("The title has no English text. Write it under en."))
    return sorted({SOURCE_LANGUAGE, *titles}, key=lambda language: (language != SOURCE_LANGUAGE, language))


def words_in(entry: Entry, name: str, languages: list[str]) -> dict[str, str]:
    """Text by language, with a problem for each language the title lacks: its words would be lost."""
    words = entry.words(name)
    for language in set(words) - set(languages):
        entry.report.add(
            entry.line(name),
            _("“%(name)s” has text in %(language)s and the title has none. Write the title in %(language)s too."),
            name=name,
            language=language,
        )
    return words


def read_module(head: ModuleHead, context: Context) -> list[Item]:
    """The module in every language of its title."""
    entry = head.entry
    languages = languages_of(entry)
    titles, summaries = entry.words("title"), words_in(entry, "summary", languages)
    slug = entry.text("slug", required=True, form=SLUG)
    review = entry.group("review", ("class", "valid_months"))
    rights = entry.group("rights", ("kind", "note"))
    shared = {
        "code": head.code,
        "prerequisites": [uid for node in entry.items("prerequisites") if (uid := _module_uid(node, entry, context))],
        "alignments": context.alignments(entry),
        "tags": sorted({tag for tag, _line in entry.texts("tags")}),
        "review": {
            "class": review.choice("class", ReviewClass, "substantive") if review else "substantive",
            "valid_months": (review.integer("valid_months", 24) if review else 24),
        },
        "status": entry.choice("status", [Status.OUTLINE]),
        "hours": hours(entry),
        "rights": kept(
            {
                "kind": rights.choice("kind", Rights, "own_work") if rights else "own_work",
                "note": rights.text("note") if rights else "",
            }
        ),
    }
    _check_outline(head, shared)
    children = [child.uid for child in (*head.lessons, *head.assessments)]
    return [
        Item(
            "module",
            head.uid,
            language,
            head.path,
            head.file,
            kept(
                {
                    **_start(head, "module", language, titles, slug),
                    "summary": summaries.get(language),
                    **shared,
                    "children": children if language == SOURCE_LANGUAGE else [],
                }
            ),
        )
        for language in languages
    ]


def _start(head: Head, kind, language, titles, slug) -> dict:
    return {
        "format": 1,
        "kind": kind,
        "uid": head.uid,
        "language": language,
        "slug": slug if language == SOURCE_LANGUAGE else "",
        "title": titles.get(language),
    }


def _check_outline(head: ModuleHead, shared):
    entry = head.entry
    if shared["status"] != Status.OUTLINE:
        if entry.has("hours"):
            entry.report.add(
                entry.line("hours"),
                _(
                    "Hours are counted from the lessons. Take them out, or write status: "
                    "outline where no lesson is written."
                ),
            )
        return
    if entry.texts("lessons"):
        entry.report.add(
            entry.line("status"),
            _("This module has lessons, so it is more than an outline. Take status out."),
        )
    if not shared["hours"]:
        entry.report.add(
            entry.line("status"), _("An outline says its hours: {classroom: ..., hands_on: ..., field: ...}.")
        )


def _module_uid(node, entry: Entry, context: Context) -> str | None:
    """The uid of a module named by its code, or as {from: slug of its curriculum, code: ...}."""
    group = Entry(node, entry.report, _CHOICE) if isinstance(node.value, dict) else None
    code = group.text("code", required=True, form=CODE) if group else (node.value or "").strip()
    slug = (group.text("from", form=SLUG) if group else "") or context.head.slug
    found = context.modules.get((slug, code)) or (group.uid() if group else "")
    listed = {named[0] for one in context.head.entry.items("modules") if (named := own_module(one))}
    if code and not found and (slug, code) not in {(context.head.slug, other) for other in listed}:
        entry.report.add(
            node.line,
            _("There is no module “%(code)s” in %(slug)s. Correct the code, or import that curriculum too."),
            code=code,
            slug=slug,
        )
    return found or None


def read_curriculum(head: CurriculumHead, context: Context) -> tuple[list[Item], dict[str, dict]]:
    """The curriculum in every language of its title, and the modules of other curricula it uses."""
    entry = head.entry
    languages = languages_of(entry)
    text = {name: words_in(entry, name, languages) for name in ("title", "summary", "audience", "leads_to")}
    start = entry.group("how_to_start", _START)
    starts = {name: words_in(start, name, languages) for name in _START} if start else {}
    modules, reused = _modules(entry, context)
    shared = {
        "code": head.code,
        "job_classification": entry.text("job_classification"),
        "labor_partner": entry.text("labor_partner"),
        "management_partner": entry.text("management_partner"),
        "reading_grade": entry.integer("reading_grade", 6),
        "status": entry.choice("status", [Status.OUTLINE]),
        "provenance": entry.text("provenance"),
    }
    items = [
        Item(
            "curriculum",
            head.uid,
            language,
            head.path,
            head.file,
            kept(
                {
                    **_start(head, "curriculum", language, text["title"], head.slug),
                    **{name: words.get(language) for name, words in text.items() if name != "title"},
                    **shared,
                    "how_to_start": kept({name: words.get(language) for name, words in starts.items()}),
                    "modules": [{"id": None, "value": dict(value)} for value in modules],
                }
            ),
        )
        for language in languages
    ]
    ids = read_ids(context.source, join(head.folder, "curriculum.ids.yaml"), ("modules",), context.report)
    if ids:
        give_list_ids(ids, [item.data for item in items])
    return items, reused


def _modules(entry: Entry, context: Context) -> tuple[list[dict], dict[str, dict]]:
    """What the curriculum holds in order, and where the modules come from that are not its own."""
    modules, reused = [], {}
    own = {module.code: module.uid for module in context.head.modules}
    for node in entry.items("modules"):
        named = own_module(node)
        uid = own.get(named[0]) if named else _module_uid(node, entry, context)
        if uid is None or any(uid == value["module"] for value in modules):
            continue
        group = Entry(node, entry.report, _CHOICE) if isinstance(node.value, dict) else None
        modules.append({"module": uid, "elective": bool(group and group.boolean("elective"))})
        if group and group.has("from") and group.text("from") != context.head.slug:
            reused[uid] = {"from": group.text("from"), "code": group.text("code")}
    return modules, reused
