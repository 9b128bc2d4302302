"""A list of names: every line that cannot be taken is told with its number, and all come in or nobody does."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.cohorts import roster
from courses.cohorts.models import Enrollment
from tests.courses.cohorts import a_course, another_instructor, joined
from users import learners
from users.models import Learner, LearnerCode


@pytest.fixture
def course(released, cast):
    return a_course(cast["instructor1"])


def names(found):
    return [(one.name, one.language, one.email) for one in found.people]


ROSA, NOEL = ("Rosa Martínez", "es", ""), ("Noël", "en", "noel@example.org")


@pytest.mark.parametrize(
    "data",
    [
        "name,language,email\nRosa Martínez,es,\nNoël,en,noel@example.org\n".encode(),
        "\ufeffNombre;Idioma;Correo electrónico\r\nRosa  Martínez;español;\r\n\r\nNoël;EN;noel@example.org".encode(),
        "E-mail\tNAME\tLanguage\n\tRosa Martínez\tSpanish\nnoel@example.org\tNoël\tEnglish".encode("cp1252"),
        'name,email,language\n"Rosa\nMartínez",,es\r"Noël",noel@example.org,EN'.encode(),
    ],
    ids=["commas", "semicolons, mark, Spanish", "tabs, Windows", "quotes, old line ends"],
)
def test_what_spreadsheets_save_is_read(course, data):
    found = roster.read(data, course)
    assert names(found) == [ROSA, NOEL] and not found.problems and found.is_good
    assert names(roster.read(found.text.encode(), course)) == [ROSA, NOEL]


@pytest.mark.parametrize(
    "line, reason",
    [
        (",en,", "no name"),
        ("x" * 61 + ",,", "longer than 60"),
        ("=HYPERLINK(1),,", "not look like a name"),
        ("555 123,,", "not look like a name"),
        ("Ana\u200b,,", "not look like a name"),
        ("Ana,klingon,", "klingon"),
        ("Ana,,ana@", "not an e-mail"),
        ("Ana,,a@b.org,Room 5", "more cells"),
        ("rosa,,", "already"),
        ("BEN,,", "line 2"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_with_its_number(course, line, reason):
    joined(course, "Rosa")
    found = roster.read(f"name,language,email\nBen,en,\n\n{line}\nCarla,,\n".encode(), course)
    assert [problem.line for problem in found.problems] == [4]
    assert reason in found.problems[0].reason and not found.is_good
    assert [one.name for one in found.people] == ["Ben", "Carla"]


@pytest.mark.parametrize(
    "data, line",
    [
        (b"", 0),
        (b"name\n", 0),
        (b"PK\x03\x04\0\0", 0),
        (b"\xff\xfen\0a\0m\0e\0", 0),
        (b"Rosa\nBen\n", 1),
        (b"name,nombre\nRosa,Ben\n", 1),
        (b'name\nRosa\n"Ben\n', 3),
        (b"name\n" + b"".join(b"P%s\n" % bytes([97 + n % 26] * (n // 26 + 1)) for n in range(501)), 502),
        (b"name\n" + b"x" * roster.MOST_BYTES, 0),
    ],
)
def test_a_file_that_is_no_list_is_told_once(course, data, line):
    found = roster.read(data, course)
    assert [problem.line for problem in found.problems] == [line] and not found.is_good


def test_no_bytes_whatever_make_it_stumble_and_it_counts_every_line_once(course):
    dice = random.Random(4)
    pieces = [
        b"name",
        b"language",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r\n",
        b'"',
        b"Rosa",
        b"\xe9",
        b"\xc3\xa9",
        b"\x81",
        b" ",
    ]
    for _round in range(300):
        data = b"name,email\n" * dice.randint(0, 1) + b"".join(dice.choices(pieces, k=dice.randint(0, 25)))
        found = roster.read(data, course)
        lines = [one.line for one in [*found.people, *found.problems]]
        assert len(lines) == len(set(lines)) and (found.people or found.problems)
        if found.is_good:
            assert names(roster.read(found.text.encode(), course)) == names(found)


def test_columns_that_nobody_asked_for_are_not_kept(course):
    found = roster.read(b"name,address,language\nRosa,12 Elm St,es\n", course)
    assert names(found) == [("Rosa", "es", "")] and found.left_aside == ["address"]
    assert "Elm" not in found.text


def test_all_come_in_with_a_code_each_or_nobody_does(course, cast):
    people = roster.take(course=course, data=b"name,language\nRosa,es\nBen,\n", by=cast["instructor1"])
    assert [one.enrollment.called for one in people] == ["Rosa", "Ben"]
    assert learners.use_code(typed=people[0].code, pin="2580", again="2580").person.name == "Rosa"
    assert {row.made_by for row in LearnerCode.objects.all()} == {cast["instructor1"].person}
    with pytest.raises(roster.NotTaken, match="Nobody was added"):
        roster.take(course=course, data=b"name\nCarla\nRosa\n", by=cast["instructor1"])
    with pytest.raises(PermissionDenied):
        roster.take(course=course, data=b"name\nCarla\n", by=cast["mentor1"])
    with pytest.raises(PermissionDenied):
        roster.take(course=course, data=b"name\nCarla\n", by=another_instructor())
    assert Enrollment.objects.count() == 2 and Learner.objects.count() == 2


def test_an_instructor_reads_first_what_the_file_says_and_prints_the_codes_once(course, cast, client):
    url = f"/teach/{course.code}/roster/"
    client.force_login(cast["instructor1"])
    assert client.get(url).status_code == 200
    bad = client.post(url, {"file": SimpleUploadedFile("names.csv", b"name\nRosa\n,\n=1+1\n")})
    assert (
        bad.status_code == 422 and "Line 4" in bad.content.decode() and "Add these people" not in bad.content.decode()
    )
    good = client.post(url, {"file": SimpleUploadedFile("names.csv", b"name;idioma\nRosa;es\nBen;\n")})
    assert "2 people will be added" in good.content.decode() and not Enrollment.objects.exists()
    text = good.context["found"].text
    slips = client.post(url, {"list": text})
    page = slips.content.decode()
    assert "no-store" in slips["Cache-Control"]
    assert page.count("<svg") >= 2 and 'lang="es"' in page and "/es/back" in page
    assert Enrollment.objects.count() == 2
    again = client.post(url, {"list": text})
    assert again.status_code == 422 and "Nobody was added" in again.content.decode()
    assert Enrollment.objects.count() == 2
