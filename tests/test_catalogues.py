"""The words of the screens: Spanish says everything English says, and what is compiled is what is written."""

import ast
import re
import subprocess
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import formats, translation

CATALOGUES = {code: Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES" / "django.po" for code in ("en", "es")}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
TAG = re.compile(r"</?[a-z][^<>]*>")


def entries(code):
    """Every entry but the header: {"flags": {...}, "msgid": ..., "msgstr": ..., "msgstr[0]": ...}."""
    for text in CATALOGUES[code].read_text().split("\n\n")[1:]:
        entry, current = {"flags": set()}, None
        for line in text.splitlines():
            if line.startswith("#,"):
                entry["flags"] |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith('"'):
                entry[current] += ast.literal_eval(line)
            elif line and not line.startswith("#"):
                current, words = line.split(" ", 1)
                entry[current] = ast.literal_eval(words)
        if "msgid" in entry:
            yield entry


def said(entry):
    """The translations of an entry: one, or one for each plural form."""
    return [words for name, words in entry.items() if name.startswith("msgstr")]


def test_both_catalogues_hold_the_same_words():
    english, spanish = ({(one.get("msgctxt"), one["msgid"]) for one in entries(code)} for code in ("en", "es"))
    assert english == spanish
    assert len(english) > 500


def test_spanish_says_everything():
    assert [one["msgid"] for one in entries("es") if not all(words.strip() for words in said(one))] == []


@pytest.mark.parametrize("code", CATALOGUES)
def test_nothing_is_a_guess(code):
    assert [one["msgid"] for one in entries(code) if "fuzzy" in one["flags"]] == []


@pytest.mark.parametrize("found", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_placeholders_and_tags_are_those_of_the_english(found):
    """Where the singular leaves the number out in English, Spanish may say it; never the other way."""
    wrong = []
    for entry in entries("es"):
        allowed = [sorted(found.findall(entry[name])) for name in ("msgid", "msgid_plural") if name in entry]
        wrong += [entry["msgid"] for words in said(entry) if sorted(found.findall(words)) not in allowed]
    assert wrong == []


def test_a_sentence_ends_as_in_english():
    """What stands at the end joins it to what follows. A greeting alone differs: Spanish puts a colon behind it."""
    ends = [
        (one["msgid"], words)
        for one in entries("es")
        for words in said(one)
        for mark in (" ", ".", ":", "?")
        if one["msgid"].endswith(mark) != words.endswith(mark) and not one["msgid"].endswith(",")
    ]
    assert ends == []
    asked = re.compile(r"(?<!<)\?(?!>)")
    assert [
        words for one in entries("es") for words in said(one) if len(asked.findall(words)) != words.count("¿")
    ] == []


def test_people_are_named_without_signs():
    """Neutral words, or (a): never @, x or e in the place of an ending."""
    signs = re.compile(r"\b\w+[@]s?\b(?!\.)|\b(?:todxs|tod[@]s|todes|amig[x@]s|compañer[x@]s|elles)\b", re.I)
    assert [words for one in entries("es") for words in said(one) if signs.search(words)] == []


@pytest.mark.parametrize("code", CATALOGUES)
def test_what_is_compiled_is_what_is_written(code, tmp_path):
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", made, CATALOGUES[code]], check=True)
    assert made.read_bytes() == CATALOGUES[code].with_suffix(".mo").read_bytes()


def test_both_sides_are_called_the_same_everywhere():
    spanish = {one["msgid"]: one["msgstr"] for one in entries("es") if "msgstr" in one}
    assert (spanish["Labor"], spanish["Management"]) == ("Sindicato", "Gerencia")
    others = re.compile(r"\b(?:la administración|la patronal|la empresa|los trabajadores)\b", re.I)
    assert [words for words in spanish.values() if others.search(words)] == []


def test_days_times_and_numbers_are_written_as_spanish_is_written_here():
    moment = datetime(2026, 11, 21, 14, 15)
    with translation.override("es"):
        assert formats.date_format(moment) == "21 de noviembre de 2026"
        assert formats.time_format(moment, "TIME_FORMAT") == "2:15 p.m."
        assert formats.date_format(moment, "DATETIME_FORMAT") == "21 de noviembre de 2026, 2:15 p.m."
        assert formats.localize(Decimal("1.5")) == "1.5"
    with translation.override("en"):
        assert formats.date_format(moment) == "Nov. 21, 2026"
        assert formats.localize(Decimal("1.5")) == "1.5"
