"""Every mistake a lesson can hold is refused, with the file, the exact line and what to do."""

import pytest

from interchange.package.read import read_package
from tests.interchange.small_package import (
    SECOND,
    TRANSLATION,
    changed,
    line_of,
    problems_of,
    write_files,
)

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
