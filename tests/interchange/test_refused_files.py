"""Every mistake in data files and in what lies where is refused, with the file, the exact line and what to
do.
"""

import pytest

from tests.interchange.small_package import (
    ASSESSMENT,
    CURRICULUM,
    ENGLISH,
    FILES,
    MODULE,
    OUTLINE,
    SECOND,
    TRANSLATION,
    changed,
    line_of,
    problems_of,
    write_files,
)

# (what is wrong, file, what stood there, what stands there now, the line it is on, words of the message)
YAML = [
    ("module listed and absent", CURRICULUM, "  - A1\n", "  - A1\n  - A7\n", "  - A7", "missing"),
    ("module twice", CURRICULUM, "  - A1\n", "  - A1\n  - A1\n", "  - A1\n  - {", "twice"),
    (
        "module of nobody",
        CURRICULUM,
        "  - A1\n",
        "  - A1\n  - {from: other, code: B1}\n",
        "{from: other",
        "no module “B1”",
    ),
    ("curriculum without English", CURRICULUM, "title: {en: Clean work, es:", "title: {es:", "title:", "no English"),
    ("language the title lacks", CURRICULUM, "{en: More work}", "{en: More, fr: Plus}", "leads_to", "text in fr"),
    ("no language", CURRICULUM, "leads_to: {en: More work}", "leads_to: More work", "leads_to", "written per language"),
    ("bad reading grade", CURRICULUM, "reading_grade: 6", "reading_grade: six", "reading_grade", "whole number"),
    ("unknown name in a group", CURRICULUM, "  contact:", "  phone:", "  phone:", "not known here"),
    (
        "lesson listed and absent",
        MODULE,
        "lessons: [A1.1, A1.2]",
        "lessons:\n- A1.1\n- A1.2\n- A1.3",
        "- A1.3",
        "A1.3.en.md",
    ),
    ("assessment listed and absent", MODULE, "[show-it]", "[show-it,\n  tell-it]", "  tell-it", "missing"),
    ("unknown review class", MODULE, "class: safety", "class: urgent", "review:", "editorial"),
    ("unknown rights", MODULE, "kind: own_work", "kind: borrowed", "rights:", "public_domain"),
    ("unknown prerequisite", MODULE, "prerequisites: []", "prerequisites: [A7]", "prerequisites:", "no module “A7”"),
    (
        "hours of a written module",
        MODULE,
        "tags:",
        "hours: {classroom: 2}\ntags:",
        "hours:",
        "counted from the lessons",
    ),
    (
        "outline with lessons",
        MODULE,
        "tags:",
        "status: outline\nhours: {classroom: 2}\ntags:",
        "status:",
        "more than an outline",
    ),
    (
        "outline without hours",
        OUTLINE,
        "hours: {classroom: 2, hands_on: 1, field: 0}\n",
        "",
        "status:",
        "says its hours",
    ),
    ("unknown method", ASSESSMENT, "skills_demonstration", "multiple_choice", "method:", "skills_demonstration"),
    ("unknown evidence", ASSESSMENT, "[observation, photo]", "[observation, rumor]", "evidence:", "observation, text"),
    (
        "string without Spanish",
        ASSESSMENT,
        "{en: A tap, es: Una llave}",
        "{en: A tap}",
        "  - {en: A tap}",
        "no text in es",
    ),
    ("criterion without Spanish", ASSESSMENT, "{en: Dries, es: Seca}", "{en: Dries}", "{en: Dries}", "no text in es"),
    ("string without a title", ASSESSMENT, "es: Lave.}", "es: Lave., fr: Lavez.}", "instructions:", "text in fr"),
    ("criterion code twice", ASSESSMENT, "code: b", "code: a", "text: {en: Dries", "used twice"),
    ("level twice", ASSESSMENT, "level: 2", "level: 1", "label: {en: Done", "stands here twice"),
    ("critical is no answer", ASSESSMENT, "critical: false", "critical: maybe", "critical: maybe", "true or false"),
    ("share above one", ASSESSMENT, "others: 0.8", "others: 80", "passing:", "between 0 and 1"),
    ("no time at all", ASSESSMENT, "limit: 60", "limit: 0", "code: b", "number of seconds"),
    ("unknown lesson", ASSESSMENT, "objectives: [A1.1]", "objectives: [A1.7]", "objectives:", "no lesson “A1.7”"),
    (
        "scored without rule",
        ASSESSMENT,
        "passing: {critical: all, others: 0.8, consecutive: 2, raters: 1}",
        "passing: null",
        "passing:",
        "when it is enough",
    ),
    ("rule without score", ASSESSMENT, "graded: true", "graded: false", "passing:", "so passing is null"),
    ("a journal is not scored", ASSESSMENT, "skills_demonstration", "reflective_journal", "graded:", "never scored"),
    (
        "scored without evidence",
        ASSESSMENT,
        "evidence: [observation, photo]",
        "evidence: []",
        "evidence:",
        "supports the result",
    ),
    ("other slug", ASSESSMENT, "slug: show-it", "slug: show", "slug: show", "in the name of the file"),
    (
        "module without Spanish",
        MODULE,
        ", es: Manos}\nsummary: {en: Wash them., es: Lávelas.}",
        "}",
        "title:",
        "A1.1.es.md is there in es",
    ),
    ("term twice", "glossary.yaml", '- en: "towel"', '- en: "soap"', '- en: "soap"\n    es: "toalla"', "jabón"),
    (
        "second document",
        "glossary.yaml",
        '  - en: "towel"',
        '---\nterms:\n  - en: "towel"',
        "---",
        "second YAML document",
    ),
    ("not JSON", "standards/wash.json", '"CFItems"', "CFItems", "CFItems", "not valid JSON"),
    ("item without statement", "standards/wash.json", "Dry hands.", "", '   "identifier": "item-3"', "fullStatement"),
    ("item code twice", "standards/wash.json", '"R2"', '"R1"', '   "identifier": "item-3"', "used twice"),
    ("bad date", "standards/wash.json", "2026-01-01", "next year", '   "identifier": "item-3"', "a date such as"),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "says"), [case[1:] for case in YAML], ids=[c[0] for c in YAML])
def test_data_files(tmp_path, file, old, new, at, says):
    files = changed(file, old, new)
    found = problems_of(write_files(tmp_path, files))
    line = line_of(files[file], at) - (file == "standards/wash.json" and at.startswith("   "))
    assert {(where, number) for where, number, _message in found} == {(file, line)}
    assert any(says in message for _where, _line, message in found)


FILES_ON_THEIR_OWN = [
    ("lesson not listed", "demo/modules/A1/lessons/A1.9.en.md", FILES[SECOND], "not in the list of lessons"),
    ("translation not listed", "demo/modules/A1/lessons/A1.9.es.md", FILES[SECOND], "not in the list of lessons"),
    ("lesson without language", "demo/modules/A1/lessons/A1.2.md", FILES[SECOND], "named by its code and language"),
    ("notes among lessons", "demo/modules/A1/lessons/notes.txt", "x", "named by its code and language"),
    ("assessment not listed", "demo/modules/A1/assessments/tell-it.yaml", "slug: tell-it\n", "list of assessments"),
    ("notes among assessments", "demo/modules/A1/assessments/notes.txt", "x", "Only assessments"),
    ("module not listed", "demo/modules/A9/module.yaml", FILES[OUTLINE], "not in the list of modules"),
    ("modules without curriculum", "other/modules/B1/module.yaml", FILES[OUTLINE], "no curriculum.yaml"),
    ("a standard that is none", "standards/other.json", "{}\n", "not a CASE package"),
    ("another JSON", "standards/other.json", "[" * 100_000, "not a"),
    ("a name that is no key", "standards/two words.json", "{}\n", "key of the standard"),
]


@pytest.mark.parametrize(
    ("file", "text", "says"), [c[1:] for c in FILES_ON_THEIR_OWN], ids=[c[0] for c in FILES_ON_THEIR_OWN]
)
def test_files_that_nobody_names(tmp_path, file, text, says):
    ((where, line, message),) = problems_of(write_files(tmp_path, {**FILES, file: text}))
    where_expected = "other/curriculum.yaml" if file.startswith("other") else file
    assert (where, line) == (where_expected, 1)
    assert says in message


def test_bytes_that_are_not_utf8_name_their_line(tmp_path):
    files = {**FILES, SECOND: FILES[SECOND].replace("towel", "tow\u00e9l").encode("latin-1")}
    ((where, line, message),) = problems_of(write_files(tmp_path, files))
    assert (where, line) == (SECOND, line_of(FILES[SECOND], "Use a towel"))
    assert "UTF-8" in message


def test_control_characters_name_their_line(tmp_path):
    files = changed(SECOND, "Use a towel.", "Use\na \x08towel.")
    ((where, line, message),) = problems_of(write_files(tmp_path, files))
    assert (where, line) == (SECOND, line_of(files[SECOND], "a \x08towel"))
    assert "control character" in message


def test_a_lesson_with_a_translation_only_is_missing_its_english(tmp_path):
    files = {**FILES, SECOND: None, SECOND.replace(".en.", ".es."): FILES[SECOND]}
    found = problems_of(write_files(tmp_path, files))
    link = line_of(FILES[ENGLISH], "[the next lesson]")
    lines = [(ENGLISH, link), (TRANSLATION, link), (MODULE, line_of(FILES[MODULE], "lessons:"))]
    assert [(where, line) for where, line, _message in found] == lines
    assert all("A1.2.en.md" in message for _where, _line, message in found)


def test_two_lessons_with_one_code(tmp_path):
    moved = {name.replace("/A2/", "/A2/"): text for name, text in FILES.items()}
    moved[OUTLINE] = "code: A2\nslug: floors\ntitle: {en: Floors}\nlessons: [A1.2]\nassessments: []\n"
    twin = "demo/modules/A2/lessons/A1.2.en.md"
    moved[twin] = FILES[SECOND]
    ((where, line, message),) = problems_of(write_files(tmp_path, moved))
    assert (where, line) == (twin, 1)
    assert SECOND in message


def test_two_items_with_one_uid(tmp_path):
    uid = "11111111-1111-4111-8111-111111111111"
    files = {
        **changed(SECOND, "mode:", f"uid: {uid}\nmode:"),
        ASSESSMENT: f"uid: {uid}\n{FILES[ASSESSMENT]}",
    }
    ((where, line, message),) = problems_of(write_files(tmp_path, files))
    assert (where, line) == (ASSESSMENT, 1)
    assert SECOND in message


def test_two_curricula_with_one_code_and_slug(tmp_path):
    files = FILES | {name.replace("demo/", "copy/"): text for name, text in FILES.items() if name.startswith("demo/")}
    found = problems_of(write_files(tmp_path, files))
    clash = [(where, line) for where, line, message in found if "Give this one its own" in message]
    assert clash == [("demo/curriculum.yaml", 1), ("demo/curriculum.yaml", 2)]


def test_two_packages_that_define_a_word_differently_are_refused_with_both_texts(tmp_path):
    other = FILES[CURRICULUM].replace("DEM", "OTH").replace("slug: demo", "slug: other")
    files = {f"one/{name}": text for name, text in FILES.items()} | {
        "two/glossary.yaml": 'terms:\n- en: soap\n  es: "jaboncillo"\n  meaning: {en: A bar}\n',
        "two/demo/curriculum.yaml": other.replace("  - A1\n  - {code: A2, elective: true}\n", "  []\n"),
    }
    ((where, line, message),) = problems_of(write_files(tmp_path, files))
    assert (where, line) == ("two/glossary.yaml", 2)
    for text in ("jabón", "jaboncillo", "A bar", "What takes dirt off", "one/glossary.yaml:2"):
        assert text in message


def test_all_problems_are_told_at_once_in_file_and_line_order(tmp_path):
    files = changed(SECOND, "mode: field", "mode: outdoors") | {
        MODULE: FILES[MODULE].replace("class: safety", "class: urgent"),
        "glossary.yaml": FILES["glossary.yaml"].replace("  - en", "  - [en", 1),
    }
    found = [(where, line) for where, line, _message in problems_of(write_files(tmp_path, files))]
    assert found == sorted(found)
    assert {where for where, _line in found} >= {SECOND, MODULE, "glossary.yaml"}


def test_nothing_to_read(tmp_path):
    ((where, line, message),) = problems_of(tmp_path)
    assert (where, line) == (tmp_path.name, 1)
    assert "no curriculum here" in message
