"""What the team of a course sees of skills: what waits, the table of everybody, one try, how those who assess agree."""

import csv
import io
from datetime import date
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import moderating, talking, trying
from assessments.enums import Outcome, TalkKind
from assessments.models import GroupRule, Moderated, Result
from courses.assessing.cells import Cell, Decided, State, Tried, cell
from courses.assessing.suppressing import shown
from tests.assessments.work import NURSE
from tests.courses import judged
from tests.courses.cohorts import joined
from tests.courses.judged import GLOVES, NOTE, WHY

TODAY = date(2026, 6, 1)


@pytest.fixture
def course(released, cast):
    return judged.assessed(cast)


@pytest.fixture
def rosa(course):
    return joined(course, "Rosa")


def screen(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return BeautifulSoup(response.content, "html.parser").main


def text_of(client, url, status=200):
    return " ".join(screen(client, url, status).get_text(" ").split())


def skills(course, below=""):
    return f"/teach/{course.code}/skills/{below}"


def a_try(course, sheet, below=""):
    return skills(course, f"try/{sheet.attempt_id}/{below}")


def queue(client, course):
    part = screen(client, skills(course)).select_one("#queue").parent
    lines = [(one.find_previous("h3").text, one.text) for one in part.select("li")]
    return [f"{what}: {line}" for what, line in lines]


def coached(sheet, by):
    talking.write_talk(attempt=sheet.attempt, by=by, kind=TalkKind.COACHING, text="Look at each glove first.")


def decided(outcome, *, met=None, uid="t", raters=("a",), until=None):
    met = outcome in (Outcome.COMPETENT, Outcome.RECOGNIZED) if met is None else met
    return Tried(uid, Decided(outcome, met, frozenset(raters), "y", until))


@pytest.mark.parametrize(
    "tries, expected",
    [
        ([], Cell(State.NONE)),
        ([Tried("t")], Cell(State.WAITS, "t")),
        ([Tried("t", differs=True)], Cell(State.DIFFERENT, "t")),
        ([decided("not_yet", met=False)], Cell(State.NOT_YET, "t")),
        ([decided("not_yet", met=True)], Cell(State.ONE_MORE, "t", 1)),
        ([decided("not_yet", met=True), decided("not_yet", met=False, uid="u")], Cell(State.NOT_YET, "u")),
        ([decided("competent")], Cell(State.COMPETENT, "t")),
        ([decided("competent"), decided("not_yet", met=False, uid="u")], Cell(State.COMPETENT, "t")),
        ([decided("recognized", until=TODAY)], Cell(State.RECOGNIZED, "t")),
        ([decided("competent", until=date(2026, 5, 31))], Cell(State.RAN_OUT, "t")),
        ([decided("competent", until=date(2026, 5, 31)), Tried("u")], Cell(State.WAITS, "u")),
        ([decided("void", met=False)], Cell(State.NONE, "t")),
        ([decided("not_yet", met=True), decided("void", met=False, uid="u")], Cell(State.ONE_MORE, "t", 1)),
        ([decided("not_yet", met=True), decided("not_yet", met=True, uid="u")], Cell(State.ONE_MORE, "u", 1)),
    ],
)
def test_a_cell_says_where_somebody_stands(tries, expected):
    assert cell(tries, 2, TODAY) == cell(tries, 2, TODAY, "y") == expected


def test_a_try_by_another_yardstick_is_no_time_in_a_row():
    assert cell([decided("not_yet", met=True)], 2, TODAY, "z") == Cell(State.NOT_YET, "t")
    assert cell([decided("competent")], 2, TODAY, "z") == Cell(State.COMPETENT, "t"), "what was shown stays shown"


def test_no_hidden_number_can_be_worked_out():
    """Of every row of three numbers up to twelve: whatever is hidden could be any number below five."""
    behind: dict = {}
    for row in product(range(13), repeat=3):
        behind.setdefault(shown(row), []).append(row)
    for told, rows in behind.items():
        for place, count in enumerate(told.counts):
            possible = {row[place] for row in rows}
            assert possible == (set(range(5)) if count is None else {count})
        if told.total is None:
            assert len({sum(row) for row in rows}) > 4
        else:
            assert {sum(row) for row in rows} == {told.total}


def test_a_rater_sees_nothing_of_the_other_before_both_have_sent(client, cast, course, rosa):
    GroupRule.objects.create(group=course.pk, raters=2)
    first = judged.sheet(course, cast["assessor1"], rosa, why=False)
    url = a_try(course, first)
    for who in ("assessor2", "instructor1", "coordinator"):
        client.force_login(cast[who])
        for address in (url, skills(course), skills(course, "table/")):
            words = text_of(client, address)
            assert NOTE not in words and "Not yet" not in words and "Aisha" not in words, (who, address)
        assert "One sheet is in" in text_of(client, url)
    client.force_login(cast["assessor2"])
    assert queue(client, course) == ["One person saw this try; a second is wanted: Rosa: Glove check"]
    client.force_login(cast["assessor1"])
    assert NOTE in text_of(client, url) and queue(client, course) == []
    judged.sheet(course, cast["assessor2"], rosa)
    for who in ("assessor1", "assessor2", "instructor1", "coordinator"):
        client.force_login(cast[who])
        words = text_of(client, url)
        assert all(one in words for one in (NOTE, "Aisha Coleman", "Andrés Villa", "Seen differently")), who


def test_the_third_look_is_somebody_elses(client, cast, course, rosa):
    GroupRule.objects.create(group=course.pk, raters=2)
    sheet = judged.sheet(course, cast["assessor1"], rosa, gloves=False)
    judged.sheet(course, cast["assessor2"], rosa)
    url, look = a_try(course, sheet), a_try(course, sheet, "look/")
    data = {f"mark-{GLOVES}": "no", f"reason-{GLOVES}": "The photo shows the tear."}
    for who, status in (("mentor1", 404), ("outsider", 404), ("coordinator", 403), ("assessor1", 422)):
        client.force_login(cast[who])
        assert client.post(look, data).status_code == status, who
        assert not screen(client, url).select("#look") if status not in (404,) else True
    assert not Result.objects.exists()
    client.force_login(cast["instructor1"])
    assert queue(client, course) == ["Two people saw it differently: take the third look: Rosa: Glove check"]
    assert text_of(client, skills(course, "table/")).count("Seen differently") == 1
    refused = client.post(look, {f"mark-{GLOVES}": "no", f"reason-{GLOVES}": ""})
    assert refused.status_code == 422 and not Result.objects.exists()
    assert client.post(look, data).status_code == 302
    words = text_of(client, url)
    assert "Not yet competent" in words and "The photo shows the tear." in words
    assert queue(client, course) == ["A talk comes before the next try: Rosa: Glove check"]
    assert client.post(look, data).status_code == 302, "decided already: told so, and nothing changes"
    assert Result.objects.count() == 1


def test_a_talk_opens_the_next_try_and_is_kept_with_what_was_said(client, cast, course, rosa):
    sheet = judged.sheet(course, cast["assessor1"], rosa, gloves=False)
    client.force_login(cast["assessor2"])
    url = a_try(course, sheet, "talk/")
    plan = client.post(url, {"kind": "plan", "text": "Twice a week.", "present": ["instructor"]})
    assert plan.status_code == 422 and "Twice a week." in plan.content.decode() and not sheet.attempt.talks.exists()
    assert client.post(url, {"kind": "coaching", "text": "Look at each glove first."}).status_code == 302
    assert "Look at each glove first." in text_of(client, a_try(course, sheet)) and queue(client, course) == []


def test_who_signed_is_confirmed_with_name_role_and_license(client, cast, course, rosa):
    sheet = trying.take_signed(group_uid=course.pk, learner=rosa.learner, said=judged.said(course, rosa), signed=NURSE)
    client.force_login(cast["assessor1"])
    assert queue(client, course) == ["Confirm who signed: Rosa: Glove check"]
    words = text_of(client, a_try(course, sheet))
    assert all(one in words for one in (NURSE.name, NURSE.role, NURSE.organization, "Paramedic P-000"))
    url = a_try(course, sheet, f"confirm/{sheet.pk}/")
    client.force_login(cast["coordinator"])
    assert client.post(url).status_code == 403 and not Result.objects.exists()
    client.force_login(cast["assessor1"])
    assert client.post(url).status_code == 302 and Result.objects.get().met
    assert queue(client, course) == []


def test_only_the_coordinator_corrects_and_the_old_result_stays(client, cast, course, rosa):
    sheet = judged.sheet(course, cast["assessor1"], rosa)
    result, url = Result.objects.get(), a_try(course, sheet, "correct/")
    data = {"result": result.pk, "ruling": "void", "text": "It was written down for the wrong person."}
    client.force_login(cast["instructor1"])
    assert client.post(url, data).status_code == 404
    client.force_login(cast["coordinator"])
    assert client.post(url, data | {"text": " "}).status_code == 422 and Result.objects.count() == 1
    assert client.post(url, data).status_code == 302
    words = text_of(client, a_try(course, sheet))
    assert data["text"] in words and "Does not count" in words and Result.objects.count() == 2
    assert client.post(url, data | {"ruling": "not_met"}).status_code == 422, "another result came meanwhile"


def test_the_table_is_by_name_and_never_by_result(client, cast, course):
    people = [joined(course, name) for name in ("Terrence", "=Kim", "Rosa")]
    for by in ("assessor1", "assessor2"):
        judged.sheet(course, cast[by], people[0], number=1)
    judged.sheet(course, cast["assessor1"], people[2], why=False)
    client.force_login(cast["assessor1"])
    found = screen(client, skills(course, "table/"))
    rows = [[one.get_text() for one in row.select("th, td")] for row in found.select("tbody tr")]
    assert rows == [["=Kim", "Not tried"], ["Rosa", "Not yet"], ["Terrence", "Competent"]]
    assert [one["scope"] for one in found.select("th")] == ["col", "colgroup", "col", "row", "row", "row"]
    assert found.select("[data-label='Glove check'].is-competent a")[0]["href"].startswith(skills(course, "try/"))
    answer = client.get(skills(course, "table.csv")).content.decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(answer)))
    assert written == [["Name", "Glove check"], ["'=Kim", "Not tried"], ["Rosa", "Not yet"], ["Terrence", "Competent"]]
    other = screen(client, skills(course, "table/?module=00000000-0000-4000-8000-000000000000"))
    assert not other.select("td")


def test_the_same_number_of_queries_for_one_learner_and_for_three(client, cast, course):
    urls = [skills(course), skills(course, "table/"), skills(course, "agreement/"), skills(course, "appeals/")]
    GroupRule.objects.create(group=course.pk, raters=2)
    client.force_login(cast["coordinator"])
    counts = []
    for names in (["Rosa"], ["Kim", "Terrence"]):
        for name in names:
            person = joined(course, name)
            judged.sheet(course, cast["assessor1"], person)
            judged.sheet(course, cast["assessor2"], person, gloves=name == "Kim")
            judged.sheet(course, cast["instructor1"], joined(course, f"{name} the second"), why=False)
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(url).status_code == 200
            found.append(len(counted))
        counts.append(found)
    assert counts[0] == counts[1], counts
    client.force_login(cast["assessor2"])
    client.get(skills(course))
    with CaptureQueriesContext(connection) as counted:
        assert len(queue(client, course)) == 3
    assert len(counted) <= 40


def test_how_raters_agree_is_told_from_ten_sheets_on_and_to_the_coordinator_alone(client, cast, course):
    GroupRule.objects.create(group=course.pk, raters=2)
    url = skills(course, "agreement/")
    for who in ("instructor1", "assessor1", "mentor1", "auditor", "outsider"):
        client.force_login(cast[who])
        assert client.get(url).status_code == 404, who
    client.force_login(cast["coordinator"])
    assert "once there are ten sheets" in text_of(client, url)
    people = [joined(course, f"Learner {number}") for number in range(12)]
    for person in people:
        judged.sheet(course, cast["assessor1"], person)
        judged.sheet(course, cast["assessor2"], person, why=person is people[0])
    with CaptureQueriesContext(connection) as counted:
        found = screen(client, url)
    words = " ".join(found.get_text(" ").split())
    assert found.select_one("svg[role=img] title") and "12 of 12" in words
    assert "Both said the same of everything" in words, "no kappa where one word explains it"
    assert not found.select("[style]") and "Nobody misses it: “Wears gloves”" in words
    sample = moderating.sample(course.pk)
    link = found.select_one("#sample").parent.select_one("a")["href"]
    page = text_of(client, link)
    assert "Aisha" not in page and "Andrés" not in page
    data = {f"mark-{GLOVES}": "yes", f"mark-{WHY}": "no"}
    assert client.post(link, {f"mark-{GLOVES}": "yes"}).status_code == 422
    assert client.post(link, data).status_code == 302 and Moderated.objects.get().sheet in sample
    assert client.get(link).status_code == 404 and "Looked at 1 so far" in text_of(client, url)
    for by in ("assessor1", "assessor2"):
        judged.sheet(course, cast[by], joined(course, f"Somebody for {by}"))
    with CaptureQueriesContext(connection) as more:
        screen(client, url)
    assert len(more) == len(counted)


def test_a_course_asks_for_two_people_a_try(client, cast, course, rosa):
    client.force_login(cast["mentor1"])
    assert client.post(skills(course, "raters/"), {"raters": "2"}).status_code == 404
    client.force_login(cast["instructor1"])
    assert client.post(skills(course, "raters/"), {"raters": "9"}).status_code == 422
    assert client.post(skills(course, "raters/"), {"raters": "2"}).status_code == 302
    assert judged.sheet(course, cast["assessor1"], rosa).attempt.raters == 2
