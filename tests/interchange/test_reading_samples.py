"""The sample curricula are read with nothing dropped. The files are counted here by crude patterns, on
purpose.
"""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from curriculum.codec.richtext import one_form
from curriculum.sanitize import clean_html
from interchange.package.identity import INNER_LISTS
from interchange.package.model import media_of
from interchange.package.read import read_package
from tests.interchange.small_package import write_zip

SAMPLES = Path(settings.BASE_DIR) / "samples"
HOURS = {"emt": 234, "green-custodial": 148, "grounds-measure-w": 153, "clerical": 165}
OUTLINES = {"community-health-worker", "crafts-pre-apprenticeship", "fire-fighter-trainee"}
DIRECTIVE = re.compile(r"^:::+\s*\{([a-z-]+)\}", re.M)


@pytest.fixture(scope="module")
def package():
    return read_package(SAMPLES)


def files(pattern):
    return {path.relative_to(SAMPLES).as_posix(): path.read_text() for path in SAMPLES.glob(pattern)}


def test_every_lesson_assessment_module_and_curriculum_is_there(package):
    lessons = {(item.file, item.language) for item in package.items() if item.kind == "lesson"}
    assert lessons == {(name, name.rsplit(".", 2)[1]) for name in files("*/modules/*/lessons/*.md")}
    for kind, pattern in (
        ("assessment", "*/modules/*/assessments/*.yaml"),
        ("module", "*/modules/*/module.yaml"),
        ("curriculum", "*/curriculum.yaml"),
    ):
        counted = Counter(item.file for item in package.items() if item.kind == kind)
        # A language is named in the title, on its line or on the lines below it.
        titles = {
            name: len(re.findall(r"\b(?:en|es): ", re.search(r"^title:((?:.*\n)(?:  .*\n)*)", text, re.M)[1]))
            for name, text in files(pattern).items()
        }
        assert counted == titles


def test_every_block_is_there_and_none_is_made_up(package):
    bodies = {item.file: item.data["body"] for item in package.items() if item.kind == "lesson"}
    for name, text in files("*/modules/*/lessons/*.md").items():
        body = text.split("---\n", 2)[2]
        outside = re.sub(r"^:::.*?^:::$", "", body, flags=re.M | re.S)
        expected = Counter(found.replace("-", "_") for found in DIRECTIVE.findall(body))
        expected["heading"] = len(re.findall(r"^## ", outside, re.M))
        expected["image"] = len(re.findall(r"^!\[", outside, re.M))
        expected["table"] = len(re.findall(r"^\|[ :|-]+\|$", outside, re.M))
        counted = Counter(block["type"] for block in bodies[name])
        del counted["text"]
        assert counted == +expected, name


def test_every_word_is_there(package):
    """The letters and digits of a lesson's body, without its signs, are those of its blocks."""
    bodies = {item.file: item.data["body"] for item in package.items() if item.kind == "lesson"}
    for name, text in files("*/modules/*/lessons/*.md").items():
        body = text.split("---\n", 2)[2]
        body = re.sub(r"^:::.*$|\]\([^\s)]*", "", body, flags=re.M)
        body = re.sub(r"^\s*(?:[0-9]+\. |- \[[ x]\] )", "", body, flags=re.M)
        body = re.sub(r"\*\*(What works|Lo que funciona):\*\*", "", body)
        body = re.sub(r"Confirm before teaching:|Confirme antes de enseñar:", "", body)
        assert Counter(letters(body)) == Counter(letters(" ".join(strings(bodies[name])))), name


def letters(text):
    return re.sub(r"&\w+;|<[^>]*>|[\W_]", "", text)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, dict) and "sha256" not in value:
        for name, part in value.items():
            if name not in ("id", "type"):
                yield from strings(part)


def test_steps_answers_and_cautions(package):
    entries, expected = Counter(), Counter()
    for item in package.items():
        for block in item.data.get("body", []):
            if block["type"] in INNER_LISTS:
                name = INNER_LISTS[block["type"]]
                found = block["value"] if name is None else block["value"].get(name, [])
                entries[block["type"]] += len(found)
                entries["right"] += sum(entry["value"]["correct"] for entry in found if block["type"] == "check")
                entries["feedback"] += "feedback" in block["value"]
    for text in files("*/modules/*/lessons/*.md").values():
        expected["check"] += len(re.findall(r"^- \[[ x]\] ", text, re.M))
        expected["right"] += len(re.findall(r"^- \[x\] ", text, re.M))
        expected["feedback"] += text.count(":::{check}")
        expected["facilitator"] += len(re.findall(r"Confirm before teaching:|Confirme antes de enseñar:", text))
        for steps in re.findall(r"^:::\{steps\}\n(.*?)^:::$", text, re.M | re.S):
            expected["steps"] += len(re.findall(r"^\d+\. ", steps, re.M))
    assert entries == expected


def test_criteria_and_what_belongs_to_them(package):
    counted, expected = Counter(), Counter()
    for item in package.items():
        if item.kind == "assessment" and item.language == "en":
            for name in ("criteria", "set_up", "critical_failures", "alternatives", "rubric"):
                counted[name] += len(item.data.get(name, []))
            counted["critical"] += sum(one["value"]["critical"] for one in item.data["criteria"])
            counted["passing"] += "passing" in item.data
    for text in files("*/modules/*/assessments/*.yaml").values():
        expected["criteria"] += len(re.findall(r"^ *- \{?code:", text, re.M))
        expected["critical"] += len(re.findall(r"critical: true", text))
        expected["passing"] += len(re.findall(r"^passing: *(?:\{|\n)", text, re.M))
        expected["rubric"] += len(re.findall(r"- \{?level:", text))
        for name in ("set_up", "critical_failures", "alternatives"):
            part = re.search(rf"^{name}:(.*?)(?=^\w)", text, re.M | re.S)[1]
            expected[name] += len(re.findall(r"^ *- ", part, re.M))
    assert counted == expected


@pytest.mark.parametrize(("folder", "hours"), HOURS.items())
def test_hours(package, folder, hours):
    (curriculum,) = [one for one in package.curricula if one.folder == folder]
    read = sum(
        Decimal(number)
        for item in curriculum.of_kind("lesson")
        if item.language == "en"
        for number in item.data["hours"].values()
    )
    counted = sum(
        Decimal(number)
        for text in files(f"{folder}/modules/*/lessons/*.en.md").values()
        for number in re.findall(r"[\d.]+", re.search(r"^hours: (.*)$", text, re.M)[1])
    )
    assert read == counted == hours


def test_outlines_have_hours_and_no_lessons(package):
    outlines = [curriculum for curriculum in package.curricula if curriculum.folder in OUTLINES]
    assert {curriculum.folder for curriculum in outlines} == OUTLINES
    for curriculum in outlines:
        assert curriculum.items[0].data["status"] == "outline"
        assert {item.kind for item in curriculum.items} == {"curriculum", "module"}
        assert all(item.data["hours"] for item in curriculum.of_kind("module"))


def test_pictures_have_bytes_sizes_and_words(package):
    shown = [
        block["value"] for item in package.items() for block in item.data.get("body", []) if block["type"] == "image"
    ]
    assert len(shown) == sum(
        len(re.findall(r"^!\[", text, re.M)) for text in files("*/modules/*/lessons/*.md").values()
    )
    for picture in shown:
        media = picture["image"]
        assert picture["alt"] and picture["caption"]
        assert (media["ext"], media["width"] > 0, media["height"] > 0) == ("svg", True, True)
        assert len(package.read_media(media)) == media["size"]


def test_html_passes_the_sanitizer_unchanged(package):
    """What is read is already in the form in which the library keeps it."""
    for item in package.items():
        for text in strings(item.data.get("body", [])):
            if text.startswith("<"):
                assert one_form(clean_html(text)) == text, item.file


def test_every_uid_is_stable_and_shared_by_the_languages_of_an_item_only(package):
    paths = {}
    for item in package.items():
        assert paths.setdefault(item.uid, item.path) == item.path
    assert len(set(paths.values())) == len(paths)


def test_glossary_and_standards_are_read_whole(package):
    assert len(package.glossary) == len(re.findall(r"^  - en: ", (SAMPLES / "glossary.yaml").read_text(), re.M))
    assert set(package.frameworks) == {path.stem for path in (SAMPLES / "standards").glob("*.json")}
    for key, framework in package.frameworks.items():
        text = (SAMPLES / "standards" / f"{key}.json").read_text()
        assert len(framework.items) == text.count('"fullStatement"')
    old = package.frameworks["cpr-guidelines"].by_code()
    assert any(item.replaced_by and item.ends for item in old.values())


def test_one_curriculum_finds_what_stands_beside_it_and_is_the_same_as_among_others(package):
    alone = read_package(SAMPLES / "green-custodial")
    (among,) = [one for one in package.curricula if one.folder == "green-custodial"]
    assert alone.curricula == [among]
    assert alone.glossary == package.glossary


def test_a_zip_is_read_as_the_folder(package, tmp_path):
    text = {
        path.relative_to(SAMPLES.parent).as_posix(): path.read_bytes() for path in SAMPLES.rglob("*") if path.is_file()
    }
    zipped = read_package(write_zip(tmp_path / "samples.zip", text))
    for item, other in zip(package.items(), zipped.items(), strict=True):
        assert (item.kind, item.uid, item.language, item.path) == (other.kind, other.uid, other.language, other.path)
        for media, twin in zip(media_of(item.data), media_of(other.data), strict=True):
            assert media.pop("file") != twin.pop("file")
            assert media == twin
        assert item.data == other.data
