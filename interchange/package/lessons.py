"""Lessons: one file a language, and what the languages of one lesson must share."""

from django.utils.text import slugify

from curriculum.enums import LessonFlag, Mode
from interchange.package.blocks_in import Parsed, read_body
from interchange.package.context import Context, hours, kept
from interchange.package.entry import SLUG
from interchange.package.front_matter import LessonFile
from interchange.package.identity import inner_list
from interchange.package.ids import give_block_ids, read_ids
from interchange.package.model import Item
from interchange.package.outline import SOURCE_LANGUAGE, Head
from interchange.package.problems import sentence as _

SHARED = ("hours", "mode", "flags", "tags", "glossary", "alignments")


def read_lesson(head: Head, context: Context) -> list[Item]:
    """The lesson in every language it has, the source language first."""
    found: dict[str, tuple[dict, list[Parsed]]] = {}
    for language, file in head.files.items():
        found[language] = _read(head, language, file, context)
    source, source_blocks = found[SOURCE_LANGUAGE]
    for language, file in head.files.items():
        if language != SOURCE_LANGUAGE:
            data, blocks = found[language]
            _compare_front(file, data, source)
            _compare_blocks(file, blocks, source_blocks)
    bodies = [data.get("body", []) for data, _blocks in found.values()]
    ids = read_ids(context.source, _ids_file(head), ("blocks",), context.report)
    if ids and len({len(body) for body in bodies}) == 1:
        give_block_ids(ids, bodies)
    return [
        Item("lesson", head.uid, language, head.path, head.files[language].name, data)
        for language, (data, _blocks) in found.items()
    ]


def _ids_file(head: Head) -> str:
    return head.file.removesuffix(f".{SOURCE_LANGUAGE}.md") + ".ids.yaml"


def lesson_slug(title: str, code: str) -> str:
    """The slug of a lesson whose front matter gives none."""
    return (slugify(title) or slugify(code))[:255]


def _read(head, language, file: LessonFile, context) -> tuple[dict, list[Parsed]]:
    front = file.front
    title = front.text("title", required=True)
    slug = front.text("slug", form=SLUG)
    blocks = read_body(file.body, file.first, context.place(file.name, front.report))
    data = {
        "format": 1,
        "kind": "lesson",
        "uid": head.uid,
        "language": language,
        "slug": (slug or lesson_slug(title, head.code)) if language == SOURCE_LANGUAGE else "",
        "title": title,
        "code": head.code,
        "objective": front.text("objective"),
        "hours": hours(front),
        "mode": front.choice("mode", Mode, Mode.CLASSROOM.value),
        "minutes": front.integer("minutes", 0) or None,
        "flags": front.choices("flags", LessonFlag),
        "tags": sorted({tag for tag, _line in front.texts("tags")}),
        "glossary": context.glossary(front),
        "alignments": context.alignments(front),
        "body": [parsed.block() for parsed in blocks],
    }
    _check_flags(front, data["flags"], blocks)
    return kept(data), blocks


def _check_flags(front, flags, blocks):
    notes = [parsed for parsed in blocks if parsed.type == "content_note"]
    safety = next((parsed for parsed in blocks if parsed.type == "safety"), None)
    if safety and LessonFlag.SAFETY_CRITICAL not in flags:
        front.report.add(
            safety.line,
            _("A lesson with a safety block has the flag safety_critical. Add it to flags at the top."),
        )
    if LessonFlag.CONTENT_NOTE in flags and not notes:
        front.report.add(
            front.line("flags"),
            _("The flag content_note is set and there is no {content-note} block. Write one first."),
        )
    if notes and blocks[0].type != "content_note":
        front.report.add(notes[0].line, _("A content note comes first in its lesson. Move it to the top."))
    for extra in notes[1:]:
        front.report.add(extra.line, _("A lesson has one content note. Join this one to the first."))


def _compare_front(file: LessonFile, data, source):
    for name in SHARED:
        if data.get(name) != source.get(name):
            file.front.report.add(
                file.front.line(name),
                _("“%(name)s” is not the same as in the English file. A translation has the same %(name)s."),
                name=name,
            )
    slug = file.front.text("slug")
    if slug and slug != source.get("slug"):
        file.front.report.add(
            file.front.line("slug"), _("A translation has the slug of the English file. Take this line out.")
        )


def _compare_blocks(file: LessonFile, blocks: list[Parsed], source: list[Parsed]):
    """The first difference in the sequence of blocks, on the line of the translation where it shows."""
    where = file.front.report
    for position, (parsed, english) in enumerate(zip(blocks, source, strict=False), start=1):
        if parsed.type != english.type:
            return where.add(
                parsed.line,
                _("Block %(position)s is %(here)s here and %(there)s in English (line %(line)s). Use the same order."),
                position=position,
                here=_name(parsed),
                there=_name(english),
                line=english.line,
            )
        if _shape(parsed) != _shape(english):
            where.add(
                parsed.line,
                _(
                    "This %(kind)s does not match the English one (line %(line)s): the same number of entries, "
                    "rows and columns, the same right answers, the same level."
                ),
                kind=_name(parsed),
                line=english.line,
            )
    if len(blocks) != len(source):
        longer = blocks if len(blocks) > len(source) else None
        line = longer[len(source)].line if longer else (blocks[-1].line if blocks else file.first)
        where.add(
            line,
            _("There are %(here)s blocks here and %(there)s in English. A translation has the same blocks."),
            here=len(blocks),
            there=len(source),
        )


def _name(parsed: Parsed) -> str:
    return parsed.type.replace("_", "-")


def _shape(parsed: Parsed):
    """What of a block all languages share: everything but its words."""
    value = parsed.value
    if parsed.type == "heading":
        return value["level"]
    if parsed.type == "table":
        return len(value["columns"]), len(value["rows"])
    if parsed.type == "check":
        return [answer["value"]["correct"] for answer in value["answers"]]
    return len(inner_list(parsed.block()))
