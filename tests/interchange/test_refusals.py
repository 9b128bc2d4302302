"""Every mistake a package can hold is refused, with the file, the exact line and what to do."""

import pytest

from interchange.package.problems import PackageRefused
from interchange.package.read import read_package
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
    write_files,
)


def problems_of(folder):
    with pytest.raises(PackageRefused) as refused:
        read_package(folder)
    return [(problem.file, problem.line, problem.message) for problem in refused.value.problems]


def line_of(text, snippet):
    return text[: text.index(snippet)].count("\n") + 1


def both(old, new):
    """A change of a lesson in both its languages, so that only one mistake is made."""
    return {**changed(ENGLISH, old, new), TRANSLATION: changed(TRANSLATION, old, new)[TRANSLATION]}


# (what is wrong, file, what stood there, what stands there now, the line it is on, words of the message)
FRONT = [
    ("unknown name", SECOND, "mode: field", "mood: field", "mood:", "not known here"),
    ("bad hours", SECOND, "field: 2", "field: two", "field: two", "a number such as"),
    ("negative hours", SECOND, "field: 2", "field: -2", "field: -2", "a number such as"),
    ("unknown mode", SECOND, "mode: field", "mode: outdoors", "mode: outdoors", "classroom, hands_on"),
    ("unknown flag", SECOND, "mode: field", "mode: field\nflags: [\n  dangerous]", "  dangerous", "safety_critical"),
    ("bad minutes", SECOND, "minutes: 3", "minutes: soon", "minutes: soon", "whole number"),
    ("no title", SECOND, "title: Dry hands\n", "", "code: A1.2", "“title” is missing"),
    ("other code", SECOND, "code: A1.2", "code: A1.9", "code: A1.9", "in the name of the file"),
    ("unknown term", SECOND, "mode: field", "glossary:\n  - towel\n  - sand\nmode: field", "- sand", "glossary.yaml"),
    (
        "unknown standard",
        SECOND,
        "mode: field",
        "alignments:\n  - framework: iso\n    item: R1\nmode: field",
        "framework: iso",
        "standards/iso.json",
    ),
    (
        "unknown item of a standard",
        SECOND,
        "mode: field",
        "alignments:\n  - framework: wash\n    item: R7\nmode: field",
        "item: R7",
        "“R7”",
    ),
    ("bad uid", SECOND, "code: A1.2", "code: A1.2\nuid: seven", "uid: seven", "not an id"),
    ("no front matter", SECOND, "---\ncode", "code", "code", "starts with a line ---"),
    ("broken YAML", SECOND, "mode: field", "mode: field: far", "mode: field: far", "not valid YAML"),
    ("a name twice", SECOND, "mode: field", "mode: field\nmode: classroom", "mode: classroom", "already used"),
    ("an alias", SECOND, "title: Dry hands", "title: &a Dry hands", "title: &a", "Anchors"),
    ("a tag", SECOND, "title: Dry hands", "title: !!python/name:os Dry", "title: !!", "Tags"),
    ("deep nesting", SECOND, "title: Dry hands", f"title: {'[' * 30}{']' * 30}", "title: [", "Too many levels"),
    ("slug used twice", SECOND, "title: Dry hands", "slug: clean-hands\ntitle: Dry hands", "---", "same address"),
    (
        "safety without its flag",
        SECOND,
        "Use a towel.",
        "Use a towel.\n\n:::{safety}\nDry.\n:::",
        ":::{safety}",
        "safety_critical",
    ),
    (
        "content note announced and absent",
        SECOND,
        "mode: field",
        "mode: field\nflags: [content_note]",
        "flags:",
        "no {content-note} block",
    ),
    (
        "content note too late",
        SECOND,
        "Use a towel.",
        "Use a towel.\n\n:::{content-note}\nHard.\n:::",
        ":::{content-note}",
        "comes first",
    ),
]

BODY = [
    ("HTML block", "<div>\nUse a towel.\n</div>", "<div>", "HTML is not used"),
    ("HTML in a line", "Use\na <b>dry</b> towel.", "a <b>", "HTML is not used"),
    ("HTML comment", "Use a towel.\n\n<!-- later -->", "<!--", "HTML is not used"),
    ("title as heading", "# Towels\n\nUse a towel.", "# Towels", "## or ###"),
    ("heading too deep", "#### Towels\n\nUse a towel.", "#### Towels", "## or ###"),
    ("heading by underline", "Towels\n---\n\nUse a towel.", "Towels", "Write ## before"),
    ("empty heading", "##\n\nUse a towel.", "##", "empty"),
    ("bold in a heading", "## *Towels*\n\nUse a towel.", "## *", "plain words"),
    ("line across", "Use a towel.\n\n***", "***", "line across"),
    ("code block", "Use a towel.\n\n```\nx\n```", "```", "code block"),
    ("code by spaces", "Use a towel.\n\n    x", "    x", "four spaces"),
    ("unknown block", ":::{warning}\nHot.\n:::", ":::{warning}", "no block named “warning”"),
    ("block without name", "Use a towel.\n\n:::", "\n:::", "without the name"),
    ("block not closed", "One.\n\n:::{try-it}\nDry your hands.", ":::{try-it}", "not closed"),
    ("empty block", ":::{try-it}\n\n:::", ":::{try-it}", "empty"),
    ("words behind a name", ":::{try-it} now\nDry.\n:::", ":::{try-it} now", "Nothing stands behind"),
    ("block in a block", "::::{try-it}\nDry.\n\n:::{safety}\nHot.\n:::\n::::", ":::{safety}\nHot", "inside another"),
    ("heading in a block", ":::{try-it}\nDry.\n\n## More\n:::", "## More", "heading cannot stand"),
    ("picture in a list", "- ![x](../../../images/drop.svg)", "- ![x]", "stands alone"),
    ("picture in a sentence", "See ![x](../../../images/drop.svg) here.", "See ![x]", "stands alone"),
    ("picture missing", "![x](../../../images/none.svg)", "![x]", "no file “../../../images/none.svg”"),
    ("picture from the web", "![x](https://example.org/x.png)", "![x]", "path in the package"),
    ("picture outside", "![x](../../../../../../x.svg)", "![x]", "leaves the folder"),
    ("picture of another curriculum", "![x](../../../../glossary.yaml)", "![x]", "leaves the folder"),
    ("link to nowhere", "One\n[two](A9.9.en.md).", "[two]", "leads nowhere"),
    ("link that runs", "[one](javascript:alert(1))", "[one]", "leads nowhere"),
    ("link with a title", '[one](https://example.org "Title")', "[one]", "cannot carry a title"),
    ("list from 3", "3. Three", "3. Three", "starts at 1"),
    ("two paragraphs in an item", "- one\n\n  two", "  two", "one paragraph"),
    ("two paragraphs in a quotation", "> one\n>\n> two", "> one", "one paragraph"),
    ("nested too deep", "> " * 30 + "x", "> >", "Too many"),
    ("table with a short row", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |", "| 3 |", "1 cells"),
    ("table with a long row", "| a | b |\n|---|---|\n| 1 | 2 | 3 |", "| 1 |", "3 cells"),
    ("table that is none", "| a | b | c |\n|---|---|\n| 1 | 2 |", "| a |", "looks like a table"),
    ("moved column", "| a | b |\n|--:|---|\n| 1 | 2 |", "|--:", "left or right"),
    ("bold column", "| **a** | b |\n|---|---|\n| 1 | 2 |", "| **a**", "plain words"),
    ("steps without numbers", ":::{steps}\n- Dry.\n:::", "- Dry.", "one numbered list"),
    ("words beside steps", ":::{steps}\n1. Dry.\n\nDone.\n:::", "Done.", "one numbered list"),
    ("list in a step", ":::{steps}\n1. Dry.\n   - well\n:::", "   - well", "words only"),
    ("check with one answer", ":::{check}\nDry?\n\n- [x] Yes\n:::", ":::{check}", "two answers"),
    ("check without right answer", ":::{check}\nDry?\n\n- [ ] Yes\n- [ ] No\n:::", ":::{check}", "marked as right"),
    ("answer without box", ":::{check}\nDry?\n\n- [x] Yes\n- No\n- [ ] Never\n:::", "- No\n", "no box"),
    ("last answer without box", ":::{check}\nDry?\n\n- [x] Yes\n- [ ] No\n- Never\n:::", "- Never", "no box"),
    ("check without question", ":::{check}\n- [x] Yes\n- [ ] No\n:::", ":::{check}", "its question"),
    ("scenario without end", ":::{scenario}\nThe towel is wet.\n:::", ":::{scenario}", "**What works:**"),
    ("caution without words", ":::{facilitator}\nConfirm before teaching:\n:::", "Confirm", "behind the colon"),
    ("caution in a list", ":::{facilitator}\n- Confirm before teaching: x\n:::", "- Confirm", "paragraph of its own"),
    (
        "caution with a wrong date",
        ":::{facilitator}\nOne.\n\nConfirm before teaching [confirmed: 2026-02-31 by Ana]: x\n:::",
        "Confirm",
        "In the brackets",
    ),
    ("film without words", ":::{video} ../../../media/film.mp4\n:::", ":::{video}", "transcript"),
    ("document missing", ":::{document} ../../../media/none.pdf\nA card.\n:::", ":::{document}", "no file"),
    ("link card without address", ":::{link-card} soap\nSoap.\n:::", ":::{link-card}", "https://"),
    ("unknown option", ":::{audio} ../../../media/a.mp3\n:loud: yes\nWords.\n:::", ":loud:", "“:loud:” is not known"),
]

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
    ("module without Spanish", MODULE, ", es: Manos}", "}", "title:", "A1.1.es.md is there in es"),
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


@pytest.mark.parametrize(("file", "old", "new", "at", "says"), [case[1:] for case in FRONT], ids=[c[0] for c in FRONT])
def test_front_matter(tmp_path, file, old, new, at, says):
    files = changed(file, old, new)
    ((where, line, message),) = problems_of(write_files(tmp_path, files))
    assert (where, line) == (file, line_of(files[file], at))
    assert says in message


@pytest.mark.parametrize(("body", "at", "says"), [case[1:] for case in BODY], ids=[case[0] for case in BODY])
def test_body(tmp_path, body, at, says):
    files = changed(SECOND, "Use a towel.", body)
    extra = {"demo/media/film.mp4": b"\0\0\0\x18ftypmp42", "demo/media/a.mp3": b"ID3"}
    start = files[SECOND].index("---\n", 4)
    ((where, line, message),) = problems_of(write_files(tmp_path, files | extra))
    at_line = files[SECOND][:start].count("\n") + line_of(files[SECOND][start:], at) + at.startswith("\n")
    assert (where, line) == (SECOND, at_line)
    assert says in message


@pytest.mark.parametrize(("file", "old", "new", "at", "says"), [case[1:] for case in YAML], ids=[c[0] for c in YAML])
def test_data_files(tmp_path, file, old, new, at, says):
    files = changed(file, old, new)
    found = problems_of(write_files(tmp_path, files))
    line = line_of(files[file], at) - (file == "standards/wash.json" and at.startswith("   "))
    assert {(where, number) for where, number, _message in found} == {(file, line)}
    assert any(says in message for _where, _line, message in found)


TRANSLATED = [
    (
        "another block",
        ":::{safety}\nNever",
        ":::{try-it}\nNever",
        ":::{try-it}",
        "Block 7 is try-it here and safety in English",
    ),
    (
        "a block more",
        "\n## When",
        "\nMore.\n\n+++\n\nAnd more.\n\n## When",
        "And more.",
        "Block 3 is text here and heading",
    ),
    (
        "a block less",
        ":::{link-card} https://example.org/soap\nAbout soap.\n:::\n",
        "",
        ":::{document}",
        "12 blocks here and 13",
    ),
    ("a step less", "2. Take **soap**.\n", "", ":::{steps}", "steps does not match"),
    (
        "another right answer",
        "- [ ] 5 seconds\n- [x] 20",
        "- [x] 5 seconds\n- [ ] 20",
        ":::{check}",
        "check does not match",
    ),
    ("a row less", "| After work | `20` \\| 30 |\n", "", "| When |", "table does not match"),
    ("another level", "### Before", "## Before", "## Before", "heading does not match"),
    ("hours", "hands_on: 0.50", "hands_on: 1", "hours:", "“hours” is not the same"),
    ("mode", "mode: hands_on", "mode: field", "mode:", "“mode” is not the same"),
    ("flags", "[safety_critical, content_note]", "[safety_critical, content_note, worker_voice]", "flags:", "“flags”"),
    ("glossary", "glossary: [soap]", "glossary: [towel]", "glossary:", "“glossary” is not the same"),
    ("alignments", "item: R1.a", "item: R1", "alignments:", "“alignments” is not the same"),
    ("tags", "minutes: 5", "minutes: 5\ntags: [agua]", "tags:", "“tags” is not the same"),
    ("slug", "minutes: 5", "minutes: 5\nslug: manos", "slug:", "slug of the English file"),
    ("uid", "minutes: 5", f"minutes: 5\nuid: {'0' * 8}-0000-4000-8000-{'0' * 12}", "uid:", "uid of the English file"),
]


@pytest.mark.parametrize(
    ("old", "new", "at", "says"), [case[1:] for case in TRANSLATED], ids=[c[0] for c in TRANSLATED]
)
def test_translations_that_do_not_match(tmp_path, old, new, at, says):
    files = changed(TRANSLATION, old, new)
    ((where, line, message),) = problems_of(write_files(tmp_path, files))
    at_line = line_of(files[TRANSLATION], at) + (at == "alignments:")
    assert (where, line) == (TRANSLATION, at_line)
    assert says in message


def test_titles_objectives_and_minutes_may_differ_between_languages(tmp_path):
    read_package(write_files(tmp_path, changed(TRANSLATION, "minutes: 5", "minutes: 6")))


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
