"""A package that is written is read back as it was: content, ids, uids, files."""

import json
import re
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
import yaml
from django.conf import settings

from interchange.package import markdown_out
from interchange.package.compare import differences
from interchange.package.identity import item_uid
from interchange.package.model import media_of
from interchange.package.problems import PackageRefused
from interchange.package.read import read_package
from interchange.package.write import in_use, write_package
from tests.interchange.small_package import (
    ASSESSMENT,
    CURRICULUM,
    DRAWING,
    ENGLISH,
    FILES,
    OUTLINE,
    SECOND,
    changed,
    problems_of,
    write_files,
)

SAMPLES = Path(settings.BASE_DIR) / "samples"


@pytest.fixture
def small(tmp_path):
    return read_package(write_files(tmp_path / "small"))


def plain(package):
    """Everything a package says, without where its files lie on disk."""
    items = [vars(item) | {"data": _without_place(item.data)} for item in package.items()]
    return items, [(c.folder, c.uid, c.reused) for c in package.curricula], package.glossary, package.frameworks


def _without_place(value):
    if isinstance(value, dict):
        return {key: _without_place(part) for key, part in value.items() if not (key == "file" and "sha256" in value)}
    return [_without_place(part) for part in value] if isinstance(value, list) else value


def give_new_ids(package):
    """Ids as an editor gives them: a random one for each block and entry, the same in every language."""
    given = {}
    for item in package.items():
        for position, entry in enumerate(_with_ids(item.data)):
            entry["id"] = given.setdefault((item.uid, position), str(uuid4()))


def _with_ids(value):
    if isinstance(value, dict):
        if "id" in value:
            yield value
        for part in value.values():
            yield from _with_ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from _with_ids(part)


def test_samples_come_back_as_they_were(tmp_path):
    package = read_package(SAMPLES)
    give_new_ids(package)
    write_package(package, tmp_path / "out")
    assert plain(read_package(tmp_path / "out")) == plain(in_use(package))


def test_one_of_everything_comes_back_as_it_was(small, tmp_path):
    write_package(small, tmp_path / "out")
    assert plain(read_package(tmp_path / "out")) == plain(in_use(small))
    write_package(read_package(tmp_path / "out"), tmp_path / "again")
    assert files_in(tmp_path / "out") == files_in(tmp_path / "again")


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_ids_come_back_in_every_language(small, tmp_path):
    give_new_ids(small)
    write_package(small, tmp_path / "out")
    again = read_package(tmp_path / "out")
    assert plain(again) == plain(in_use(small))
    assert all(entry["id"] for item in again.items() for entry in _with_ids(item.data))


def test_without_ids_and_uids_the_content_is_the_same(small, tmp_path):
    give_new_ids(small)
    out = write_package(small, tmp_path / "out")
    for path in out.rglob("*.ids.yaml"):
        path.unlink()
    for path in [*out.rglob("*.yaml"), *out.rglob("*.md")]:
        path.write_text(re.sub(r"^uid: .*\n", "", path.read_text(), flags=re.M))
    again = read_package(out)
    for item in small.items():
        for entry in _with_ids(item.data):
            entry["id"] = None
    assert plain(again) == plain(in_use(small))


def test_uids_of_the_library_are_kept(small, tmp_path):
    """Items made in the library have uids of their own, and everything that names them follows."""
    new = {item.uid: str(uuid4()) for item in small.items()}
    text = json.dumps([item.data for item in small.items()])
    for old, uid in new.items():
        text = text.replace(old, uid)
    for item, data in zip(small.items(), json.loads(text), strict=True):
        item.uid, item.data = new[item.uid], data
    small.curricula[0].uid = new[small.curricula[0].uid]
    write_package(small, tmp_path / "out")
    assert plain(read_package(tmp_path / "out")) == plain(in_use(small))
    assert "[the next lesson](A1.2.en.md)" in (tmp_path / "out" / ENGLISH).read_text()


def test_a_link_to_a_page_outside_the_package_is_kept_by_uid(tmp_path):
    uid = item_uid("GRC/G1/G1.1")
    package = read_package(write_files(tmp_path / "small", changed(SECOND, "Use a towel.", f"See [there](uid:{uid}).")))
    write_package(package, tmp_path / "out")
    assert f"See [there](uid:{uid})." in (tmp_path / "out" / SECOND).read_text()


def test_only_words_and_standards_in_use_are_written(small, tmp_path):
    out = write_package(small, tmp_path / "out")
    terms = yaml.safe_load((out / "glossary.yaml").read_text())["terms"]
    assert terms == [{"en": "soap", "es": "jabón", "meaning": {"en": "What takes dirt off"}, "curricula": ["DEM"]}]
    standard = json.loads((out / "standards" / "wash.json").read_text())
    # R1.a is used; R1 is what it stands under, R2 has replaced it; nobody uses R9.
    assert [item["humanCodingScheme"] for item in standard["CFItems"]] == ["R1", "R1.a", "R2"]
    assert [link["identifier"] for link in standard["CFAssociations"]] == ["link-0", "link-1", "link-2"]


def test_pictures_of_one_name_and_credits(tmp_path):
    other = DRAWING.replace("Drop", "Other")
    names = ("drop.svg", "more/drop.svg", "drop.svg")
    body = "\n\n".join(f"![a drop](../../../images/{name})" for name in names)
    files = changed(SECOND, "Use a towel.", body) | {
        "demo/images/more/drop.svg": other,
        "demo/credits.yaml": "images/drop.svg: Drawn by Ana\n",
    }
    package = read_package(write_files(tmp_path / "small", files))
    out = write_package(package, tmp_path / "out")
    assert (out / "demo/images/drop.svg").read_text() == DRAWING
    assert (out / "demo/images/drop-2.svg").read_text() == other
    assert plain(read_package(out)) == plain(in_use(package))
    credits = [
        media.get("credit") for item in package.items() for media in media_of(item.data) if media["ext"] == "svg"
    ]
    assert credits == ["Drawn by Ana", "Drawn by Ana", "Drawn by Ana", None, "Drawn by Ana"]


def test_modules_of_other_curricula(tmp_path):
    reuse = FILES[CURRICULUM].replace("code: DEM", "code: OTH").replace("slug: demo", "slug: other")
    reuse = reuse.replace("  - A1\n  - {code: A2, elective: true}\n", "  - {from: demo, code: A2, elective: true}\n")
    package = read_package(write_files(tmp_path / "small", {**FILES, "other/curriculum.yaml": reuse}))
    a2 = item_uid("DEM/A2")
    (other,) = [one for one in package.curricula if one.folder == "other"]
    assert other.reused == {a2: {"from": "demo", "code": "A2"}}
    out = write_package(package, tmp_path / "out")
    assert plain(read_package(out)) == plain(in_use(package))
    alone = read_package(out / "other")
    assert alone.curricula[0].items[0].data["modules"] == [{"id": None, "value": {"module": a2, "elective": True}}]
    (out / "other" / "curriculum.yaml").write_text(reuse)
    known = read_package(out / "other", known_modules={("demo", "A2"): a2})
    assert known.curricula[0].items[0].data["modules"] == alone.curricula[0].items[0].data["modules"]


def test_a_folder_that_holds_something_is_left_alone(small, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_package(small, tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("steps", [{"id": None, "value": "<ul><li>a list</li></ul>"}]),
        ("table", {"columns": ["a"], "rows": [["<blockquote>a quotation</blockquote>"]]}),
        ("text", "<h1>a title</h1>"),
        ("safety", ""),
        ("image", {"alt": "no picture"}),
        ("table", {"columns": ["a", "b"], "rows": [["<p>one cell</p>"]]}),
    ],
)
def test_what_could_not_be_read_back_is_refused_and_leaves_nothing_behind(small, tmp_path, kind, value):
    lesson = next(item for item in small.items() if item.file == SECOND)
    lesson.data["body"].append({"id": None, "type": kind, "value": value})
    with pytest.raises(PackageRefused) as refused:
        write_package(small, tmp_path / "out")
    assert {problem.file for problem in refused.value.problems} == {SECOND}
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


def test_a_loss_that_nobody_foresaw_is_refused_too(small, tmp_path, monkeypatch):
    """The last wall: what was written is read and compared before it is handed over."""
    monkeypatch.setattr(markdown_out, "_reads_back", lambda *details: True)
    lesson = next(item for item in small.items() if item.file == SECOND)
    lesson.data["body"].append({"id": None, "type": "text", "value": "<p>a<b>!</b>b</p>"})
    with pytest.raises(PackageRefused, match="would not be read back"):
        write_package(small, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_differences_names_what_is_missing_or_other(small, tmp_path):
    other = read_package(tmp_path / "small")
    assert list(differences(small, other)) == []
    next(item for item in other.items() if item.kind == "lesson").data["title"] = "Other"
    assert [item.path for item in differences(small, other)] == ["DEM/A1/A1.1"]


IDS = ENGLISH.replace(".en.md", ".ids.yaml")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        (IDS, "type: heading", "type: text", 5, "Block 3 is heading in the lesson and text here"),
        (IDS, "- {type: link_card", "# {type: link_card", 16, "12 blocks and the lesson has 13"),
        (IDS, "type: steps", "type: steps, colour: red", 10, "“colour” is not known"),
        (
            ASSESSMENT.replace(".yaml", ".ids.yaml"),
            "criteria:\n",
            f"criteria:\n- {item_uid('x')}\n",
            5,
            "more or fewer",
        ),
        (CURRICULUM.replace(".yaml", ".ids.yaml"), "modules:\n", "modules:\n- seven\n", 3, "not an id"),
    ],
)
def test_ids_that_do_not_fit_are_refused(small, tmp_path, file, old, new, line, says):
    give_new_ids(small)
    out = write_package(small, tmp_path / "out")
    text = (out / file).read_text()
    assert old in text
    (out / file).write_text(text.replace(old, new, 1))
    found = problems_of(out)
    assert any((where, number) == (file, line) and says in message for where, number, message in found), found


def test_an_id_twice_is_refused(small, tmp_path):
    give_new_ids(small)
    out = write_package(small, tmp_path / "out")
    text = (out / IDS).read_text()
    first, second = re.findall(r"id: ([0-9a-f-]{36})", text)[:2]
    (out / IDS).write_text(text.replace(second, first))
    ((where, line, message),) = problems_of(out)
    assert (where, line) == (IDS, 2)
    assert "stands here twice" in message


def test_uids_where_none_are_given_follow_from_the_codes(small):
    namespace = uuid5(NAMESPACE_URL, "https://highroad.invalid/package")
    assert {item.uid for item in small.items()} == {str(uuid5(namespace, item.path)) for item in small.items()}
    assert "DEM/A1/show-it" in {item.path for item in small.items()}


def test_data_files_are_readable(small, tmp_path):
    out = write_package(small, tmp_path / "out")
    assert (out / OUTLINE).read_text() == (
        f"uid: {item_uid('DEM/A2')}\ncode: A2\nslug: floors\ntitle:\n  en: Floors\nstatus: outline\n"
        "hours: {classroom: 2, hands_on: 1, field: 0}\nprerequisites: [A1]\n"
        "review: {class: substantive, valid_months: 24}\nrights:\n  kind: own_work\n"
    )
