"""A package is read without leaving it, and without filling memory or disk."""

import stat
import warnings
import zipfile

import pytest

from interchange.package import source
from interchange.package.problems import PackageRefused
from interchange.package.read import read_package
from tests.interchange.small_package import (
    CURRICULUM,
    ENGLISH,
    FILES,
    SECOND,
    changed,
    line_of,
    problems_of,
    write_files,
    write_zip,
)


def names(package):
    return [(item.path, item.language) for item in package.items()]


def test_folder_zip_and_zip_of_the_folder_are_the_same(tmp_path):
    folder = read_package(write_files(tmp_path / "folder"))
    plain = read_package(write_zip(tmp_path / "plain.zip"))
    wrapped = read_package(
        write_zip(tmp_path / "wrapped.zip", {f"folder/{name}": text for name, text in FILES.items()})
    )
    assert names(folder) == names(plain) == names(wrapped)
    assert [curriculum.folder for curriculum in wrapped.curricula] == ["folder/demo"]


def test_what_computers_leave_behind_is_not_read(tmp_path):
    extra = {"__MACOSX/demo/._x.md": "x", "demo/.DS_Store": "x", "demo/modules/A1/lessons/.A1.1.en.md.swp": "x"}
    read_package(write_files(tmp_path / "folder", FILES | extra))
    read_package(write_zip(tmp_path / "a.zip", FILES | extra))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path, end):
    def typed(text):
        return b"\xef\xbb\xbf" + text.replace("\n", end).encode()

    files = {name: typed(text) if name.endswith((".md", ".yaml")) else text for name, text in FILES.items()}
    other = read_package(write_files(tmp_path / "other", files))
    same = read_package(write_files(tmp_path / "same"))
    assert [item.data for item in other.items() if item.file == SECOND] == [
        item.data for item in same.items() if item.file == SECOND
    ]


@pytest.mark.parametrize(
    "name",
    ["../evil.md", "demo/../../evil.md", "/etc/evil.md", "C:/evil.md", "demo\\..\\..\\evil.md", "demo//x", "./x"],
)
def test_zip_names_that_leave_the_package(tmp_path, name):
    path = write_zip(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        archive.writestr(info, "x")
    ((where, line, message),) = problems_of(path)
    assert (where, line) == (name, 1)
    assert "leaves the package" in message
    assert not (tmp_path.parent / "evil.md").exists()


def test_zip_links_are_refused(tmp_path):
    path = write_zip(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("demo/images/link.svg")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    ((where, _line, message),) = problems_of(path)
    assert (where, "This is a link" in message) == ("demo/images/link.svg", True)


def test_a_zip_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path):
    path = write_zip(tmp_path / "a.zip", {**FILES, "demo/media/zeros.txt": "\0" * 20_000_000})
    ((where, _line, message),) = problems_of(path)
    assert (where, "unpacks to far more" in message) == ("demo/media/zeros.txt", True)


@pytest.mark.parametrize(("limit", "value"), [("ZIP_FILES", 5), ("ZIP_LIMIT", 1000)])
def test_a_zip_of_too_many_files_or_bytes(tmp_path, monkeypatch, limit, value):
    monkeypatch.setattr(source, limit, value)
    ((where, _line, message),) = problems_of(write_zip(tmp_path / "a.zip"))
    assert (where, "more than a package may hold" in message) == ("a.zip", True)


def test_a_name_twice_in_a_zip(tmp_path):
    path = write_zip(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SECOND, "another text")
    ((where, _line, message),) = problems_of(path)
    assert (where, "twice" in message) == (SECOND, True)


def test_a_damaged_zip(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"demo/curriculum.yaml": FILES[CURRICULUM] * 50})
    data = bytearray(path.read_bytes())
    data[80:100] = b"\0" * 20
    path.write_bytes(data)
    ((where, _line, message),) = problems_of(path)
    assert (where, "damaged" in message) == (CURRICULUM, True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"just text"])
def test_what_is_no_zip(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    ((where, _line, message),) = problems_of(tmp_path / "a.zip")
    assert (where, "neither a folder nor a zip" in message) == ("a.zip", True)


def test_nothing_there_at_all(tmp_path):
    with pytest.raises(PackageRefused):
        read_package(tmp_path / "nowhere")


def test_links_that_leave_the_folder_are_refused(tmp_path):
    (tmp_path / "secret.md").write_text(FILES[SECOND])
    folder = write_files(tmp_path / "folder")
    (folder / SECOND).unlink()
    (folder / SECOND).symlink_to(tmp_path / "secret.md")
    found = problems_of(folder)
    assert [(where, line) for where, line, _message in found] == [(SECOND, 1)]
    assert "leaves the folder" in found[0][2]


def test_links_into_another_curriculum_or_to_themselves_are_refused(tmp_path):
    folder = write_files(tmp_path / "folder")
    picture = folder / "demo/images/drop.svg"
    line = line_of(FILES[ENGLISH], "![A drop")
    for target in (folder / "glossary.yaml", picture):
        picture.unlink()
        picture.symlink_to(target)
        found = problems_of(folder)
        assert [(where, number) for where, number, _message in found] == [
            (ENGLISH, line),
            (ENGLISH.replace(".en.", ".es."), line),
        ]


def test_links_that_stay_inside_are_followed(tmp_path):
    folder = write_files(tmp_path / "folder")
    (folder / "demo/images/drop.svg").rename(folder / "demo/images/real.svg")
    (folder / "demo/images/drop.svg").symlink_to("real.svg")
    read_package(folder)


def test_files_that_are_too_large(tmp_path, monkeypatch):
    body = "Use a towel. " * 100_000
    ((where, line, message),) = problems_of(write_files(tmp_path, changed(SECOND, "Use a towel.", body)))
    assert (where, line) == (SECOND, 1)
    assert "too large" in message and "1 MB" in message


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("card.pdf", b"no pdf", "What is in this file is not pdf"),
        ("card.exe", b"MZ", "A file of this kind cannot stand here"),
        ("card.zip", b"GIF89a", "What is in this file is not zip"),
    ],
)
def test_files_are_what_their_names_say(tmp_path, name, content, says):
    files = changed(SECOND, "Use a towel.", f":::{{document}} ../../../media/{name}\nA card.\n:::")
    ((where, line, message),) = problems_of(write_files(tmp_path, files | {f"demo/media/{name}": content}))
    assert (where, line) == (f"demo/media/{name}", 1)
    assert says in message


@pytest.mark.parametrize(
    ("name", "content", "line", "says"),
    [
        ("x.png", b"GIF89a", 1, "not a png picture"),
        ("x.bmp", b"BM", 1, "A file of this kind"),
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<script/></svg>', 2, "<script>"),
    ],
)
def test_pictures_are_what_their_names_say(tmp_path, name, content, line, says):
    files = changed(SECOND, "Use a towel.", f"![x](../../../images/{name})")
    ((where, number, message),) = problems_of(write_files(tmp_path, files | {f"demo/images/{name}": content}))
    assert (where, number) == (f"demo/images/{name}", line)
    assert says in message


def test_a_file_of_media_may_be_named_without_its_path(tmp_path):
    files = changed(SECOND, "Use a towel.", ":::{document} card.txt\nA card.\n:::")
    package = read_package(write_files(tmp_path, files))
    (lesson,) = [item for item in package.items() if item.file == SECOND]
    assert package.read_media(lesson.data["body"][0]["value"]["file"]) == b"20 seconds\n"


def test_media_of_a_zip_are_read_from_it(tmp_path):
    package = read_package(write_zip(tmp_path / "a.zip"))
    lesson = next(item for item in package.items() if item.file == ENGLISH)
    (picture,) = [block["value"]["image"] for block in lesson.data["body"] if block["type"] == "image"]
    assert picture["file"] == "demo/images/drop.svg"
    assert package.read_media(picture).decode() == FILES["demo/images/drop.svg"]
