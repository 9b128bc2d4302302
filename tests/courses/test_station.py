"""The station: what an assessor sees of learners and tries, and what becomes of the sheets that phones send."""

import json
import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import talking
from assessments.enums import Outcome, TalkKind
from assessments.models import AssessmentPage, Attempt, Evidence, Result, Sheet, Upload, Words
from courses.assessing import sheets
from courses.cohorts.enums import Hat
from courses.cohorts.models import Teammate
from courses.cohorts.text import Text
from tests.courses.cohorts import a_course, another_instructor, joined
from tests.factories import add, assessment_data, release

A, B = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
STOP = "00000000-0000-4000-8000-00000000000f"
FACTS = "The strap was loose."


def _of(slug, title, **more):
    return assessment_data() | {"slug": slug, "title": title} | more


MORE = (
    _of(
        "two-look",
        "Two look",
        passing={"critical": "all", "others": "0.5", "consecutive": 1, "raters": 2},
        critical_failures=[{"id": STOP, "value": "Leaves the load unsafe"}],
        alternatives=[{"id": STOP[:-1] + "e", "value": "Says it aloud"}],
    ),
    _of(
        "crew-work",
        "Crew work",
        method="team_project",
        passing={"critical": "all", "others": None, "consecutive": 1, "raters": 1},
        criteria=[
            {"id": A, "value": {"code": "a", "text": "The plan is complete", "critical": True}},
            {"id": B, "value": {"code": "b", "text": "Explains own part", "critical": True, "individual": True}},
        ],
    ),
    _of(
        "rounds",
        "Rounds",
        method="worksite_sign_off",
        rubric=[
            {"id": f"00000000-0000-4000-8000-0000000000d{n}", "value": {"level": n, "label": name, "descriptor": name}}
            for n, name in enumerate(("With prompts", "With help", "Alone"), 1)
        ],
    ),
)


@pytest.fixture
def course(curriculum, module, cast, committed):
    """A course whose text has four assessments; Inés teaches, Aisha and Andrés assess, Moses is a mentor."""
    for data in MORE:
        add(module, AssessmentPage(), data, cast["designer"])
    committed(release, curriculum, cast)
    made = a_course(cast["instructor1"])
    for name, hat in (("assessor1", Hat.ASSESSOR), ("assessor2", Hat.ASSESSOR), ("mentor1", Hat.MENTOR)):
        Teammate.objects.create(course=made, person=cast[name].person, hat=hat)
    return made


@pytest.fixture
def rosa(course):
    return joined(course, "Rosa").learner


@pytest.fixture
def act(course, cast, client):
    """act(who) is somebody in front of the course."""

    class Acting:
        def __init__(self, who):
            self.who = who

        def get(self, title, **query):
            client.force_login(cast[self.who])
            return client.get(station(course, title), query)

        def page(self, title, **query):
            answer = self.get(title, **query)
            assert answer.status_code == 200
            return BeautifulSoup(answer.content, "html.parser").main

        def post(self, title, **form):
            client.force_login(cast[self.who])
            return client.post(station(course, title), form)

        def send(self, *rows, **headers):
            client.force_login(cast[self.who])
            body = rows[0] if rows and isinstance(rows[0], str) else json.dumps({"sheets": rows})
            return client.post(f"/teach/{course.code}/skills/sheets/", body, "application/json", headers=headers)

    return Acting


def uid_of(course, title):
    return next(page for page in Text(course).pages if page.titles["en"] == title).uid


def digest_of(course, title):
    return next(page for page in Text(course).pages if page.titles["en"] == title).digests["en"]


def station(course, title):
    return f"/teach/{course.code}/skills/station/{uid_of(course, title)}/"


def sheet(course, of, title="Two look", met=(A, B), **more):
    told = {
        "uid": str(uuid.uuid4()),
        "learner": str(of.pk),
        "digest": digest_of(course, title),
        "number": 1,
        "marks": {one: one in met for one in (A, B)},
        "notes": {one: FACTS for one in (A, B) if one not in met},
        "seen_at": "2026-01-05T10:00:00.000Z",
        "nobody-knows": {"this": 1},
    }
    return told | more


def bare(main):
    """A page without what is new each time it is asked for."""
    return re.sub(r'value="[\w-]{30,}"', "", str(main))


def test_an_open_sheet_shows_to_nobody_else(course, rosa, act):
    before = bare(act("assessor2").page("Two look", learner=rosa.pk))
    told = act("assessor1").send(sheet(course, rosa, met=(B,), stopped=[STOP], notes={A: FACTS, STOP: "It fell."}))
    assert told.json()["sheets"][0]["sentence"] == "Kept. Waiting for the second person."
    assert bare(act("assessor2").page("Two look", learner=rosa.pk)) == before
    assert "Your sheet is here" in act("assessor1").page("Two look").text
    told = act("assessor2").send(sheet(course, rosa)).json()["sheets"][0]
    assert told["sentence"].startswith("Kept. Third look needed") and FACTS not in json.dumps(told)
    assert Sheet.objects.count() == 2 and not Result.objects.exists()


def test_the_page_is_enough_for_a_phone(course, rosa, act, cast):
    main = act("assessor1").page("Two look")
    assert main.h1.text == "Two look" and "Write what you see, not what you expect." in main.text
    assert main.select_one("[data-learner]")["data-number"] == "1"
    assert [bool(one.select(".point-must")) for one in main.select(".point")] == [True, False]
    assert "2 people watch each try" in main.text and main.select_one("form")["hidden"] == ""
    assert str(cast["assessor1"].person_id) not in str(main), "a phone knows an account by a token alone"
    mine, other = (
        act(who).page("Two look").select_one("[data-account]")["data-account"] for who in ("assessor1", "assessor2")
    )
    assert mine != other
    assert "Not for discipline, scheduling" in act("assessor1").page("Rounds").text
    assert "Not for discipline" not in main.text
    act("assessor1").send(sheet(course, rosa, "Glove check", met=(B,)))
    assert act("assessor2").page("Glove check").select_one("[data-learner]")["data-before"] == "A talk comes first."
    talking.write_talk(attempt=Attempt.objects.get(), by=cast["assessor1"], kind=TalkKind.COACHING, text="Slower.")
    assert act("assessor2").page("Glove check").select_one("[data-learner]")["data-number"] == "2"


def test_it_speaks_the_language_of_the_screen(course, rosa, act, client):
    client.cookies["django_language"] = "es"
    found = act("assessor1").page("Glove check")
    assert found.h1.get("lang") in ("es", "en") and found.h1.text in ("Revisión de guantes", "Glove check")


def test_whoever_has_no_business_there_learns_nothing(course, rosa, act, cast, client):
    another_instructor()
    for who in ("mentor1", "outsider", "labor1", "learner1"):
        assert act(who).get("Two look").status_code == 404, who
        assert act(who).send(sheet(course, rosa)).status_code == 404, who
    other = a_course(another_instructor("instructor3", "Ida"), title="Other")
    client.force_login(cast["assessor1"])
    assert client.get(station(course, "Two look").replace(course.code, other.code)).status_code == 404
    assert client.post(f"/teach/{other.code}/skills/sheets/", "{}", "application/json").status_code == 404
    client.logout()
    assert client.get(f"/teach/{course.code}/skills/sheets/").status_code == 302
    assert act("coordinator").get("Two look").status_code == 200
    told = act("coordinator").send(sheet(course, rosa)).json()["sheets"][0]
    assert told["state"] == "waits" and "Only assessors of this course" in told["sentence"]
    assert not Sheet.objects.exists()


def test_sent_twice_is_sent_once_and_each_sheet_stands_for_itself(course, rosa, act):
    good, stranger = sheet(course, rosa), sheet(course, rosa, learner=str(uuid.uuid4()))
    lazy = sheet(course, rosa, notes={}, met=(B,))
    rows = [act("assessor1").send(good, stranger, lazy).json()["sheets"] for _time in range(2)]
    assert rows[0] == rows[1]
    assert [one["state"] for one in rows[0]] == ["kept", "waits", "waits"]
    assert "not in the course" in rows[0][1]["sentence"] and "only the facts" in rows[0][2]["sentence"]
    assert (Sheet.objects.count(), Attempt.objects.count()) == (1, 1)
    assert act("assessor2").send(good).json()["sheets"][0]["state"] == "waits", "a uid is its writer's"


def test_what_cannot_be_read_is_refused_whole(course, rosa, act, client):
    for body in ("", "[", "[]", '{"sheets": 3}', '{"sheets": [{"uid": "x"}]}', '{"sheets": {"a": 1}}'):
        answer = act("assessor1").send(body)
        assert (answer.status_code, "still on your phone" in answer.json()["sentence"]) == (400, True), body
    assert act("assessor1").send(" " * (sheets.MOST_BYTES + 1)).status_code == 413
    told = act("assessor1").send(sheet(course, rosa), **{"Highroad-Account": "somebody-else"})
    assert told.status_code == 409 and not Sheet.objects.exists()
    for more in (
        {"marks": [1]},
        {"marks": {A: "yes"}},
        {"number": "1"},
        {"digest": 5},
        {"notes": {A: 7}},
        {"seen_at": "soon"},
    ):
        (told,) = act("assessor1").send(sheet(course, rosa, **more)).json()["sheets"]
        assert told["state"] == "waits" and "damaged" in told["sentence"], more
    (told,) = act("assessor1").send(sheet(course, rosa, notes={A: "x" * 4001})).json()["sheets"]
    assert "longer than 4000" in told["sentence"]
    assert not Sheet.objects.exists() and not Words.objects.exists()
    fresh = client.get(f"/teach/{course.code}/skills/sheets/").json()
    assert set(fresh) == {"csrf", "account"}


def test_tasks_at_work_are_a_log(course, rosa, act):
    one = sheet(course, rosa, "Rounds", marks={A: 3}, notes={})
    two = sheet(course, rosa, "Rounds", marks={A: 1, B: 2}, notes={})
    told = act("instructor1").send(one, two).json()["sheets"]
    assert [row["sentence"] for row in told] == ["Kept in the task log."] * 2
    assert Attempt.objects.count() == 1 and Sheet.objects.count() == 2
    optional = act("instructor1").page("Rounds").select("input[name^=m-][value='']")
    assert len(optional) == 2 and all(box.has_attr("checked") for box in optional)


def test_a_team_is_looked_at_once_and_each_for_what_is_theirs(course, rosa, act):
    kim = joined(course, "Kim").learner
    joined(course, "Lee")
    form = {"uid": str(uuid.uuid4()), "member": [rosa.pk, kim.pk], f"m-{A}": "met"}
    form |= {f"m-{rosa.pk}-{B}": "met", f"m-{kim.pk}-{B}": "not"}
    answer = act("assessor1").post("Crew work", **form)
    assert answer.status_code == 422 and "Kim: Write what you saw" in answer.content.decode()
    answer = act("assessor1").post("Crew work", **form, **{f"n-{kim.pk}-{B}": FACTS})
    assert answer.status_code == 302
    found = {row.attempt.learner_id: row.outcome for row in Result.objects.select_related("attempt")}
    assert found == {rosa.pk: Outcome.COMPETENT, kim.pk: Outcome.NOT_YET}
    assert Sheet.objects.count() == 2, "what was kept the first time came once"


def test_without_a_script_it_is_a_form_that_keeps_what_was_typed(course, rosa, act):
    main = act("assessor1").page("Two look", learner=rosa.pk)
    assert not main.select_one("form").has_attr("hidden") and main.select_one("form h2").text == "Rosa"
    form = {"uid": main.select_one("[name=uid]")["value"], "learner": rosa.pk, f"m-{A}": "not", f"n-{B}": "A note"}
    form |= {"may_discipline": "on", f"s-{STOP}": "on", f"n-{STOP}": "It fell."}
    answer = act("assessor1").post("Two look", **form)
    page = BeautifulSoup(answer.content, "html.parser").main
    assert answer.status_code == 422 and "only the facts" in page.select_one("[role=alert][data-refusals]").text
    assert page.select_one("[name=uid]")["value"] == form["uid"]
    assert page.select_one(f"[name=m-{A}][checked]")["value"] == "not"
    assert page.select_one(f"[name=n-{B}]").text == "A note" and page.select_one("[name=may_discipline][checked]")
    assert not Sheet.objects.exists()
    for _time in range(2):
        assert act("assessor1").post("Two look", **form, **{f"n-{A}": FACTS}).status_code == 302
    kept = Sheet.objects.get()
    assert kept.stopped == [STOP] and kept.may_discipline and kept.marks == [{"criterion": A, "met": False}]
    assert "Choose who you saw" in act("assessor1").post("Two look", uid=form["uid"]).content.decode()


def test_as_many_queries_for_three_as_for_one(course, rosa, act):
    def count():
        with CaptureQueriesContext(connection) as seen:
            act("assessor2").page("Two look", learner=rosa.pk)
        return len(seen)

    act("assessor1").send(sheet(course, rosa))
    act("assessor2").page("Two look")
    one = count()
    for name in ("Kim", "Lee"):
        learner = joined(course, name).learner
        act("assessor1").send(sheet(course, learner))
    act("assessor2").send(sheet(course, learner))
    assert count() == one


def test_evidence_comes_in_only_where_it_is_taken(course, rosa, act, cast, client):
    assert act("assessor1").page("Two look").select_one("[data-files-part]")
    assert not act("assessor1").page("Rounds").select_one("[data-files-part]")

    def begin(title, kind, who="assessor1", learner=rosa.pk):
        client.force_login(cast[who])
        where = f"/teach/{course.code}/skills/evidence/?learner={learner}&assessment={uid_of(course, title)}"
        said = {"Upload-Length": "12", "Upload-Metadata": f"kind {kind},consented", "Tus-Resumable": "1.0.0"}
        return client.post(where, headers=said)

    photo, sound = "cGhvdG8=", "YXVkaW8="
    assert begin("Rounds", photo).status_code == 422 and begin("Two look", sound).status_code == 422
    assert begin("Two look", photo, "coordinator").status_code == 403
    assert begin("Two look", photo, learner=uuid.uuid4()).status_code == 404
    assert not Upload.objects.exists()
    begun = begin("Two look", photo)
    assert begun.status_code == 201
    client.force_login(cast["assessor2"])
    assert client.head(begun["Location"], headers={"Tus-Resumable": "1.0.0"}).status_code == 404
    client.force_login(cast["assessor1"])
    piece = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    answer = client.patch(begun["Location"], b"no photo at!", "application/offset+octet-stream", headers=piece)
    assert answer.status_code == 422 and not Evidence.objects.exists()
