"""A learner asks for a result to be heard again; one person of each side hears it, and then knows nothing any more."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from django.utils.formats import date_format

from assessments.actions import appealing
from assessments.enums import Finding
from assessments.models import AppealHearer, Result, Words
from assessments.permissions import hears
from courses.assessing import counting, hearing
from tests.courses import judged
from tests.courses.cohorts import joined
from tests.courses.judged import NOTE
from users.grants import take_role
from users.models import User
from users.roles import Role

WHY = "My glove was whole when we began."


@pytest.fixture
def course(released, cast):
    return judged.assessed(cast)


@pytest.fixture
def rosa(course):
    return joined(course, "Rosa")


@pytest.fixture
def appeal(course, rosa, cast):
    judged.sheet(course, cast["assessor1"], rosa, why=False)
    return appealing.appeal(result=Result.objects.get(), learner=rosa.learner, text=WHY)


def words_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def asked(appeal, cast, *names):
    for name in names:
        appealing.name_hearer(appeal=appeal, user=cast[name], by=cast["coordinator"])


def test_the_coordinator_asks_one_person_a_side_who_did_not_see_it(client, cast, course, appeal):
    url = f"/teach/{course.code}/skills/appeals/"
    client.force_login(cast["coordinator"])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    offered = [[one.text for one in select.select("option")[1:]] for select in page.select("select")]
    assert offered == [["Lamar Jefferson", "Lucía Herrera"], ["Marcus Bell", "Mei Nakamura"]]
    name = f"{url}{appeal.pk}/labor/"
    for user, status in (("instructor1", 404), ("assessor1", 404), ("labor1", 404), ("outsider", 404)):
        client.force_login(cast[user])
        assert client.get(url).status_code == status
        assert client.post(name, {"person": cast["labor1"].pk}).status_code == status, user
    client.force_login(cast["coordinator"])
    client.post(name, {"person": cast["designer"].pk})
    assert not AppealHearer.objects.exists()
    client.post(name, {"person": cast["labor1"].pk})
    assert [row.person for row in AppealHearer.objects.all()] == [cast["labor1"].person]
    assert "Lucía Herrera was asked." in words_of(client, url) and "10 working days left" in words_of(client, url)


def test_a_hearer_reads_it_while_it_is_open_answers_once_and_then_sees_only_that_it_is_closed(
    client, cast, course, appeal
):
    asked(appeal, cast, "labor1", "labor2", "management1")
    url = f"/hear/{appeal.pk}/"
    for who in ("labor1", "management2", "coordinator", "instructor1", "designer", "auditor", "outsider"):
        client.force_login(cast[who])
        assert client.get(url).status_code == 404, f"{who} was not asked, or somebody else was after them"
    client.logout()
    assert client.get(url).status_code == 302
    for who, finding in (("labor2", "changes"), ("management1", "changes")):
        client.force_login(cast[who])
        assert client.get("/hear/").content.decode().count(url) == 1
        assert '<a href="/hear/"' in client.get("/review/").content.decode()
        page = words_of(client, url)
        assert all(one in page for one in (WHY, NOTE, "Rosa", "Not yet competent", "Aisha Coleman")), who
        assert "it holds" not in page, "one side does not read the other's answer"
        assert client.post(url, {"finding": finding, "text": " "}).status_code == 422
        assert client.post(url, {"finding": finding, "text": "As I see it holds."}).status_code == 302
        again = client.post(url, {"finding": "stands", "text": "No."})
        assert again.status_code in (200, 422) and appeal.findings.filter(person=cast[who].person).count() == 1
    assert Result.objects.latest("at").met
    for who in ("labor2", "management1"):
        client.force_login(cast[who])
        for address in (url, "/hear/"):
            page = words_of(client, address)
            assert "Closed" in page
            assert not any(one in page for one in (WHY, NOTE, "Rosa", "Aisha", "competent", "holds")), address
    client.force_login(cast["coordinator"])
    assert "As I see it holds." in words_of(client, f"/teach/{course.code}/skills/appeals/")


def test_who_is_asked_is_told_without_a_word_about_whom(
    client, cast, course, appeal, mailoutbox, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=cast["labor1"].pk).update(email="lucia@example.org", preferred_language="es")
    User.objects.filter(pk=cast["management1"].pk).update(email="")
    client.force_login(cast["coordinator"])
    url = f"/teach/{course.code}/skills/appeals/{appeal.pk}"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{url}/labor/", {"person": cast["labor1"].pk})
        client.post(f"{url}/management/", {"person": cast["management1"].pk})
    (mail,) = mailoutbox
    assert mail.to == ["lucia@example.org"] and "http://testserver/hear/" in mail.body
    with translation.override("es"):
        assert date_format(appeal.due_on, "DATE_FORMAT") in mail.body and "Hola" in mail.body
    assert not any(one in f"{mail.subject} {mail.body}" for one in ("Rosa", WHY, NOTE, course.title))


def test_whoever_speaks_for_a_side_no_longer_does_not_hear_for_it(client, cast, course, appeal):
    asked(appeal, cast, "labor1", "management1")
    take_role(user=cast["labor1"], role=Role.LABOR_REVIEWER, by=cast["coordinator"])
    former = User.objects.get(pk=cast["labor1"].pk)
    assert not hearing.of_hearer(former) and not hears(former, appeal.result.attempt)
    with pytest.raises(PermissionDenied):
        appealing.find(appeal=appeal, by=former, finding=Finding.STANDS, text="As it was.")
    client.force_login(former)
    assert client.get(f"/hear/{appeal.pk}/").status_code == 404
    client.force_login(cast["coordinator"])
    page = words_of(client, f"/teach/{course.code}/skills/appeals/")
    assert page.count("They cannot answer any more. Ask somebody else.") == 1
    asked(appeal, cast, "labor2")
    assert "cannot answer" not in words_of(client, f"/teach/{course.code}/skills/appeals/")


def test_what_is_late_is_said_in_working_days(client, cast, course, appeal, monkeypatch):
    asked(appeal, cast, "labor1")
    late = appeal.due_on + timedelta(days=7)
    monkeypatch.setattr(timezone, "localdate", lambda *args: late)
    found = hearing.of_hearer(cast["labor1"])[0]
    assert found.is_late and found.days_late == 5


def test_nobody_else_has_a_list(client, cast, appeal):
    for who, status in (("labor1", 200), ("designer", 404), ("instructor1", 404), ("outsider", 404)):
        client.force_login(cast[who])
        assert client.get("/hear/").status_code == status, who


def test_numbers_are_those_of_finished_quarters_and_name_nobody(client, cast, course, appeal):
    for number in range(5):
        judged.sheet(course, cast["assessor1"], joined(course, f"Learner {number}"), why=False)
    for who in ("labor1", "management1", "designer", "auditor", "coordinator"):
        client.force_login(cast[who])
        assert b"<table" not in client.get("/results/").content, "what was decided this quarter is not counted yet"
    for who in ("instructor1", "assessor1", "mentor1", "outsider"):
        client.force_login(cast[who])
        assert client.get("/results/").status_code == 404, who
    (text,) = counting.counts(timezone.localdate() + timedelta(days=1), "en")
    (row,) = text.rows
    assert (row.shown.counts, row.shown.total) == ((None, None, 6), None)
    asked(appeal, cast, "labor1", "management1")
    for who in ("labor1", "management1"):
        appealing.find(appeal=appeal, by=cast[who], finding=Finding.AGAIN, text="Two others look.")
    (text,) = counting.counts(timezone.localdate() + timedelta(days=1), "en")
    assert text.rows[0].shown.counts == (None, None, 5) and Words.objects.exists()


def test_each_person_counts_once_in_a_module():
    told = {
        ("r", 1): "competent",
        ("r", 2): "not_yet",
        ("k", 1): "recognized",
        ("k", 2): "competent",
        ("t", 1): "competent",
    }
    assert counting.by_person(told.items()) == {"not_yet": 1, "recognized": 1, "competent": 1}
