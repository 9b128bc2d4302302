"""What somebody could send to the screens of assessment, and what they could read there that is not theirs."""

import json
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.actions import appealing, moderating
from assessments.evidence import uploading
from assessments.models import Appeal, Attempt, Credential, Evidence, Result, Sheet, Upload, Witness, Words
from courses.assessing import learner_urls
from courses.cohorts import founding
from courses.cohorts.enums import Hat
from courses.cohorts.models import Teammate
from tests.courses import judged
from tests.courses.cohorts import joined
from tests.courses.judged import GLOVES, WHY
from users import learners
from users.learners import COOKIE

SIGNED = {"name": "Paula", "role": "Preceptor", "organization": "Sample Hospital", "saw": "on", "discipline": "no"}
KEPT_IN = (Attempt, Sheet, Result, Words, Evidence, Upload, Witness, Appeal, Credential)
ELSEWHERE = {"Origin": "https://elsewhere.example"}


@pytest.fixture
def course(released, cast):
    return judged.assessed(cast)


@pytest.fixture
def rosa(course):
    return joined(course, "Rosa")


@pytest.fixture
def phone(client, rosa):
    client.cookies[COOKIE] = learners.cookie_of(rosa.learner)
    return client


def skill(course):
    return judged.glove_check(course).uid


def counts():
    return [model.objects.count() for model in KEPT_IN]


def row_of(course, rosa, **more):
    said = judged.said(course, rosa)
    told = {"uid": str(said.uid), "learner": str(said.learner), "digest": said.digest, "marks": dict(said.marks)}
    return told | more


BAD = [
    {"marks": 5},
    {"marks": {GLOVES: "yes", WHY: True}},
    {"marks": {GLOVES: 1.5, WHY: True}},
    {"marks": {GLOVES: 10**40, WHY: True}},
    {"marks": {GLOVES: [], WHY: {}}},
    {"marks": None},
    {"learner": "nobody"},
    {"learner": 7},
    {"digest": None},
    {"digest": "\x00" * 64},
    {"number": 0},
    {"number": "1"},
    {"number": 10**9},
    {"seen_at": "yesterday"},
    {"seen_at": 5},
    {"stopped": [[]]},
    {"stopped": 5},
    {"notes": [1]},
    {"notes": {GLOVES: 5}},
    {"notes": {GLOVES: "x" * 5000}},
    {"notes": {"nothing": "x"}},
    {"noted": {GLOVES: 5}},
    {"rules": 5},
    {"rules": [None]},
    {"alternative": {}},
    {"alternative": "x" * 90},
    {"more": []},
    {"more": {"gaps": 5}},
    {"more": {"gaps": ["\x00"]}},
    {"more": {"gaps": [{}]}},
]


def test_a_sheet_that_is_none_waits_with_a_sentence_and_nothing_is_half_written(client, cast, course, rosa, caplog):
    client.force_login(cast["assessor1"])
    before = counts()
    rows = [row_of(course, rosa, **bad) for bad in BAD]
    answer = client.post(f"/teach/{course.code}/skills/sheets/", json.dumps({"sheets": rows}), "application/json")
    found = answer.json()["sheets"]
    assert [(one["state"], bool(one["sentence"])) for one in found] == [("waits", True)] * len(BAD)
    assert counts() == before
    assert "could not be kept" not in caplog.text, "each was understood, none was a mistake of ours"
    odd = {"seen_at": "0001-01-01T00:00:00+14:00", "noted": {GLOVES: {"seconds": "9" * 5000, "prompts": "²"}}}
    for more in (odd | {"noted": {}}, {"noted": {WHY: {"seconds": True, "prompts": -1}}}):
        told = json.dumps({"sheets": [row_of(course, rosa, **more)]})
        answer = client.post(f"/teach/{course.code}/skills/sheets/", told, "application/json")
        assert answer.json()["sheets"][0]["state"] == "kept", more
    assert all(timezone.localdate(sheet.seen_at) == timezone.localdate() for sheet in Sheet.objects.all())
    client.cookies[COOKIE] = learners.cookie_of(rosa.learner)
    assert client.get(f"/learn/{course.code}/skills/record/").status_code == 200
    assert client.get(f"/learn/{course.code}/me/data.json").status_code == 200


@pytest.mark.parametrize(
    "body", ["", "[]", "5", '{"sheets": 5}', '{"sheets": {"uid": 1}}', '{"sheets": [{}]}', "{" * 9999]
)
def test_what_is_no_list_of_sheets_is_refused_in_a_sentence(client, cast, course, body):
    client.force_login(cast["assessor1"])
    answer = client.post(f"/teach/{course.code}/skills/sheets/", body, "application/json")
    assert answer.status_code == 400 and answer.json()["sentence"]


def test_what_is_too_large_is_not_read_and_a_phone_is_told_so(client, cast, course):
    client.force_login(cast["assessor1"])
    answer = client.post(f"/teach/{course.code}/skills/sheets/", " " * 3_000_000, "application/json")
    assert answer.status_code == 413 and "Send fewer" in answer.json()["sentence"]


def test_forms_take_nothing_odd(client, phone, cast, course, rosa):
    at, own = f"/learn/{course.code}/skills/{skill(course)}/", judged.sheet(course, cast["assessor1"], rosa, why=False)
    told = {"uid": str(uuid.uuid4()), f"mark-{GLOVES}": "yes", f"mark-{WHY}": "yes", **SIGNED}
    odd = {"number": "99999999", "seen_at": "0001-01-01T00:00:00+14:00", "note": "Good\x00.", f"mark-{WHY}": "yes"}
    before = counts()
    for more in ({"uid": str(own.pk)}, {f"mark-{WHY}": "9" * 5000}, {"name": "Pau\x00la"}, {"alternative": "\x00"}):
        assert phone.post(f"{at}hand/", told | more).status_code == 422, more
    assert counts() == before
    assert phone.post(f"{at}hand/", told | odd).status_code == 302
    assert Words.objects.get(of=told["uid"]).text == "Good."
    assert phone.get(at).status_code == 200
    appeal = f"/learn/{course.code}/skills/appeal/{Result.objects.get().pk}/"
    assert phone.post(appeal, {"text": "I\x00 did."}).status_code == 302
    client.force_login(cast["assessor2"])
    form = {"uid": str(uuid.uuid4()), "learner": str(rosa.learner_id), f"m-{GLOVES}": "9" * 5000, f"m-{WHY}": "met"}
    assert client.post(f"/teach/{course.code}/skills/station/{skill(course)}/", form).status_code == 422


def test_every_form_of_a_learner_asks_where_it_stood(phone, course, rosa, cast):
    result = judged.sheet(course, cast["assessor1"], rosa, why=False).attempt.results.get()
    at = {"code": course.code, "uid": skill(course), "result": result.pk, "what": "all", "language": "en"}
    before, asked = counts(), set()
    for pattern in learner_urls.urlpatterns:
        told = {name: at.get(name, uuid.uuid4()) for name in pattern.pattern.converters}
        address = reverse(pattern.callback, kwargs=told | pattern.default_args)
        for headers in (ELSEWHERE, {"Sec-Fetch-Site": "cross-site"}):
            assert phone.post(address, {"text": "x", "sure": "on"}, headers=headers).status_code == 403, address
        asked.add(address)
    assert len(asked) == len(learner_urls.urlpatterns) and counts() == before


def test_a_hat_without_its_role_reads_nothing(client, cast, course, rosa):
    """Somebody who taught here once speaks for labor now: the hat was forgotten, and the firewall must not be."""
    sheet = judged.sheet(course, cast["assessor1"], rosa, why=False)
    Teammate.objects.create(course=course, person=cast["labor1"].person, hat=Hat.INSTRUCTOR)
    client.force_login(cast["labor1"])
    team = f"/teach/{course.code}/skills/"
    for below in ("", "table/", "table.csv", f"try/{sheet.attempt_id}/", f"station/{skill(course)}/", "sheets/"):
        assert client.get(f"{team}{below}").status_code == 404, below
    assert "skills/" not in client.get(f"/teach/{course.code}/plan/").content.decode()


def test_whoever_lost_the_hat_between_seeing_and_sending_keeps_the_sheet_on_the_phone(client, cast, course, rosa):
    client.force_login(cast["assessor1"])
    row, before = row_of(course, rosa), counts()
    upload = uploading.begin(
        learner=rosa.learner,
        group=course.pk,
        assessment_uid=skill(course),
        kind="audio",
        size=9,
        consented=True,
        by=cast["assessor1"].person,
    )
    founding.remove_teammate(teammate=course.team.get(person=cast["assessor1"].person), by=cast["instructor1"])
    at, body = f"/teach/{course.code}/skills/", json.dumps({"sheets": [row]})
    assert client.get(f"{at}sheets/").status_code == 404, "read as signed out: nothing is thrown away"
    assert client.post(f"{at}sheets/", body, "application/json").status_code == 404
    assert client.head(f"{at}evidence/{upload.pk}/").status_code == 404
    upload.delete()
    assert counts() == before


@pytest.mark.parametrize("who", ["assessor2", "instructor1", "coordinator", "Rosa"])
def test_no_door_tells_the_second_what_the_first_saw(client, cast, course, rosa, who):
    """Whatever the first wrote, everything the second is given is the same to the letter."""
    moderating.ask_for_raters(group_uid=course.pk, raters=2, by=cast["instructor1"])
    kim = joined(course, "Kim")
    judged.sheet(course, cast["assessor1"], rosa)
    judged.sheet(course, cast["assessor1"], kim, gloves=False, why=False, note="Tore the left one.")
    if who == "Rosa":
        pages = [_own(client, course, one) for one in (rosa, kim)]
    else:
        client.force_login(cast[who])
        pages = [_team(client, course, one) for one in (rosa, kim)]
    assert pages[0] == pages[1]


def _plain(answer, course, one):
    assert answer.status_code == 200
    attempt = Attempt.objects.get(learner=one.learner_id)
    said = answer.content.decode().replace(one.called, "NAME")
    said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", said)
    for uid in (one.learner_id, one.pk, attempt.pk, *attempt.sheets.values_list("pk", flat=True)):
        said = said.replace(str(uid), "UID")
    return said


def _own(client, course, one):
    client.cookies[COOKIE] = learners.cookie_of(one.learner)
    below = ("skills/", f"skills/{skill(course)}/", "skills/record/", "credentials/", "me/")
    found = [_plain(client.get(f"/learn/{course.code}/{one_}"), course, one) for one_ in below]
    told = client.get(f"/learn/{course.code}/me/data.json").json()["tries"]
    for sheet in told[0]["sheets"]:
        sheet.pop("seen_at")
    return [*found, told]


def _team(client, course, one):
    attempt = Attempt.objects.get(learner=one.learner_id)
    team = f"/teach/{course.code}/skills/"
    page = _plain(client.get(f"{team}try/{attempt.pk}/"), course, one)
    table = client.get(f"{team}table.csv").content.decode().splitlines()
    line = next(row.partition(",")[2] for row in table if row.startswith(one.called))
    sent = client.get(f"{team}station/{skill(course)}/?learner={one.learner_id}").content.decode()
    row = sent[sent.index(f'data-learner="{one.learner_id}"') :]
    row = row[: row.index("</li>")].replace(one.called, "NAME").replace(str(one.learner_id), "UID")
    return page, line, row


def test_the_answer_to_the_second_says_no_more_than_that_they_differ(client, cast, course, rosa):
    moderating.ask_for_raters(group_uid=course.pk, raters=2, by=cast["instructor1"])
    judged.sheet(course, cast["assessor1"], rosa, why=False)
    client.force_login(cast["assessor2"])
    told = {"sheets": [row_of(course, rosa)]}
    answer = client.post(f"/teach/{course.code}/skills/sheets/", json.dumps(told), "application/json").json()
    assert answer["sheets"][0]["sentence"].startswith("Kept.") and judged.NOTE not in json.dumps(answer)


def test_appeals_are_as_many_queries_for_three_as_for_one(client, cast, course):
    counted = []
    for names in (["Rosa"], ["Kim", "Lee"]):
        for name in names:
            one = joined(course, name)
            result = judged.sheet(course, cast["assessor1"], one, why=False).attempt.results.get()
            appeal = appealing.appeal(result=result, learner=one.learner, text="I did it.")
            appealing.name_hearer(appeal=appeal, user=cast["labor1"], by=cast["coordinator"])
        for who, address in (("coordinator", f"/teach/{course.code}/skills/appeals/"), ("labor1", "/hear/")):
            client.force_login(cast[who])
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counted.append((address, len(asked)))
    assert counted[:2] == counted[2:]
