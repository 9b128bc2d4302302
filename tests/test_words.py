"""Words of the inside that people never read: looked for in both catalogues and in the text of every template."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)

NEVER = {
    "en": r"edition|candidate|freez\w*|froze\w*|quorum|digest|disposition|upstream|variant|instrument|adjudicat\w*"
    r"|workflow|submission|joint review|release|snapshot|successfully|fail(?:s|ed|ure|ures)?|soft skills|low-skilled",
    "es": r"edición|ediciones|candidat[oa]s?|congel\w*|quórum|digest|disposición|variante|instrumento|adjudicaci\w*"
    r"|flujo de trabajo|exitosamente|con éxito|reprob\w*|fracas\w*",
}

#: Files whose text may come to a screen.
SHOWN = {".html", ".py", ".po", ".svg", ".js", ".css", ".txt"}

#: Sentences that may hold such a word, and why. Each is looked at as a whole.
ALLOWED: dict[str, str] = {}


def catalogue(language):
    """(msgid, msgstr) of every entry, plural forms joined."""
    text = (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").read_text()
    for entry in text.split("\n\n")[1:]:
        parts = {"msgid": "", "msgstr": ""}
        current = None
        for line in entry.splitlines():
            match = re.match(r'(msgid|msgid_plural|msgstr)(?:\[\d\])? "(.*)"$', line)
            if match:
                current = "msgstr" if match[1] == "msgstr" else "msgid"
                parts[current] += " " + match[2]
            elif line.startswith('"') and current:
                parts[current] += line[1:-1]
        yield parts["msgid"].strip(), parts["msgstr"].strip()


def without_placeholders(text):
    return re.sub(r"%\(\w+\)[sd]|\{\w+\}", "", text)


@pytest.mark.parametrize("language, side", [("en", 0), ("es", 1)])
def test_the_catalogue_has_no_word_of_the_inside(language, side):
    pattern = re.compile(rf"\b(?:{NEVER[language]})\b", re.I)
    found = [
        entry[side]
        for entry in catalogue("es")
        if pattern.search(without_placeholders(entry[side])) and entry[0] not in ALLOWED
    ]
    assert found == []


def test_the_plain_text_of_templates_has_none_either():
    pattern = re.compile(rf"\b(?:{NEVER['en']})\b", re.I)
    found = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = re.sub(
            r"{% comment %}.*?{% endcomment %}|{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", path.read_text(), flags=re.S
        )
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_what_templates_say_in_attributes_has_none_either():
    pattern = re.compile(rf"\b(?:{NEVER['en']})\b", re.I)
    said = re.compile(r'\b(?:alt|title|aria-label|placeholder)="([^"{]*)')
    found = [
        f"{path.relative_to(ROOT)}: {words}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for words in said.findall(path.read_text())
        if pattern.search(words)
    ]
    assert found == []


def test_no_flag_stands_for_a_language():
    """A flag is a country's; languages are named in themselves."""
    flag = re.compile("[\U0001f1e6-\U0001f1ff]|🏳|🏴|flag[-_](?:icon|us|mx|es)", re.I)
    folders = ("templates", "static", "locale", "home", "users", "courses", "curriculum")
    shown = [path for folder in folders for path in (ROOT / folder).rglob("*.*") if path.suffix in SHOWN]
    assert shown and [str(path.relative_to(ROOT)) for path in shown if flag.search(path.read_text())] == []


def test_the_pattern_would_find_one():
    assert re.search(rf"\b(?:{NEVER['en']})\b", "You failed: the quorum was not met", re.I)
    assert re.search(rf"\b(?:{NEVER['es']})\b", "No hay quórum", re.I)
