"""What a learner sees of their own skills, sends, hands over, appeals, takes along, and has taken away."""

import re
import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import methods
from assessments.actions import appealing, talking, trying
from assessments.enums import Finding, TalkKind
from assessments.models import (
    Appeal,
    AssessmentPage,
    Attempt,
    Attestation,
    Credential,
    Evidence,
    Result,
    Sheet,
    Witness,
    Words,
)
from courses.assessing.views import record as record_view
from courses.cohorts import joining
from courses.cohorts.text import Text
from curriculum.models import LessonPage
from tests import signing
from tests.assessments import files
from tests.courses import judged
from tests.courses.judged import GLOVES, WHY, sheet
from tests.courses.pdf import Pdf
from tests.factories import add, assessment_data, release
from users import learners

LEVELS = [
    {"id": f"00000000-0000-4000-8000-0000000000f{n}", "value": {"level": n, "label": word, "descriptor": word}}
    for n, word in enumerate(("Prompted", "Assisted", "Independent"), 1)
]
SIGNED = {"name": "Paula Preceptor", "role": "Preceptor", "organization": "Sample Hospital", "saw": "on"}


@pytest.fixture(autouse=True)
def _ready(settings):
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_FORMER_KEYS = signing.key("ours"), []
    cache.clear()


def join(course, client, name="Rosa"):
    client.post(f"/join/{course.join_code}/", {"name": name, "pin": "2580", "again": "2580"})
    return course.enrollments.get(called=name)


@pytest.fixture
def course(released, cast):
    return judged.assessed(cast)


@pytest.fixture
def rosa(course, client):
    """Rosa's enrollment; `client` is her phone."""
    return join(course, client)


@pytest.fixture
def rich(module, curriculum, cast, committed):
    """A course whose text also asks for a spoken answer, tasks at work, a portfolio and experience from before."""
    kinds = {
        "oral_response": {"evidence": ["observation", "audio"]},
        "portfolio": {"evidence": ["text", "file"]},
        "worksite_sign_off": {"rubric": LEVELS, "passing": {"critical": "all", "others": "0", "consecutive": 1}},
        "prior_experience": {"evidence": ["text"], "passing": {"critical": "all", "others": "0", "consecutive": 1}},
        "self_assessment": {"graded": False, "passing": {}, "criteria": []},
    }
    for method, more in kinds.items():
        data = assessment_data() | {"slug": method.replace("_", "-"), "title": method, "method": method} | more
        add(module, AssessmentPage(), data, cast["designer"])
    committed(release, curriculum, cast)
    return judged.assessed(cast)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def text(soup):
    return re.sub(r"\s+", " ", soup.get_text(" "))


def uid_of(course, method="skills_demonstration"):
    return next(one.uid for one in Text(course).pages if one.method == method)


def at(course, below="", method="skills_demonstration", language=""):
    return f"{language}/learn/{course.code}/skills/{uid_of(course, method)}/{below}"


def handed(course, gloves="yes", why="yes", **more):
    told = {"uid": str(uuid.uuid4()), "number": "1", "discipline": "no", **SIGNED}
    return told | {f"mark-{GLOVES}": gloves, f"mark-{WHY}": why} | more


def test_the_list_says_where_somebody_stands_and_what_comes_next(course, cast, client, rosa):
    def told():
        return text(page(client, f"/learn/{course.code}/skills/").main)

    assert "Not tried" in told() and "Try it when you are ready." in told()
    sheet(course, cast["assessor1"], rosa)
    assert "Met once, one more" in told() and "1 more try that is enough" in told()
    bad = sheet(course, cast["assessor1"], rosa, gloves=False, number=2)
    assert "First somebody talks it over with you." in told()
    talking.write_talk(attempt=bad.attempt, by=cast["assessor1"], kind=TalkKind.COACHING, text="Check the left one.")
    assert "2 more tries in a row that are enough" in told()
    sheet(course, cast["assessor1"], rosa, number=3)
    sheet(course, cast["assessor1"], rosa, number=4)
    assert "to somebody who did not see the last try" in told()
    sheet(course, cast["assessor2"], rosa, number=5)
    found = page(client, f"/learn/{course.code}/skills/")
    assert found.select_one(".skill-state.is-there b").text == "Competent"
    assert not found.select(".skills-next, progress, meter") and "%" not in text(found.main)


def test_one_skill_shows_what_was_said_and_what_the_result_rests_on(course, cast, client, rosa):
    bad = sheet(course, cast["assessor1"], rosa, gloves=False)
    talking.write_talk(attempt=bad.attempt, by=cast["assessor1"], kind=TalkKind.COACHING, text="Check the left one.")
    found = page(client, at(course))
    told = text(found.main)
    assert "The left glove was torn." in told and "An assessor" in told and "Check the left one." in told
    assert cast["assessor1"].person.name not in told
    details = text(found.select_one(".try .provenance"))
    assert bad.digest in details and "How many people decided 1" in details and "What must be right 0 of 1" in details
    assert Text(course).decision.label in details
    assert str(methods.of("skills_demonstration").privacy) in told
    link = found.find("a", string="What you do, and what is looked at")
    assessment = page(client, link["href"])
    assert assessment.select_one(".course-end a")["href"] == at(course), "and back again from where it is read"
    spanish = page(client, at(course, language="/es"))
    assert spanish.html["lang"] == "es"


def test_one_sheet_of_two_is_closed_until_both_are_in(course, cast, client, rosa):
    sheet(course, cast["assessor1"], rosa, why=False, may_discipline=True)
    told = text(page(client, at(course)).main)
    assert "not decided yet" in told and "1 of 2 people wrote down what they saw" in told
    assert judged.NOTE not in told
    data = client.get(f"/learn/{course.code}/me/data.json")
    assert judged.NOTE not in data.content.decode() and "marks" not in data.json()["tries"][0]["sheets"][0]
    sheet(course, cast["assessor2"], rosa, why=False)
    assert judged.NOTE in text(page(client, at(course)).main)
    assert judged.NOTE in client.get(f"/learn/{course.code}/me/data.json").content.decode()


def test_nobody_else_sees_any_of_it(course, cast, client, rosa):
    result = Result.objects.filter(attempt=sheet(course, cast["assessor1"], rosa).attempt).get()
    other = type(client)()
    join(course, other, "Terrence")
    told = text(page(other, at(course)).main)
    assert "Try 1" not in told and "Not tried" in told
    below = f"/learn/{course.code}/skills/appeal/{result.pk}/"
    assert other.get(below).status_code == 404 and other.post(below, {"text": "Mine"}).status_code == 404
    for who in ("outsider", "instructor1", "labor1", "coordinator"):
        account = type(client)()
        account.force_login(cast[who])
        for address in (f"/learn/{course.code}/skills/", at(course), below, f"/learn/{course.code}/credentials/"):
            assert account.get(address).status_code in (302, 404), (who, address)
        assert account.post(at(course, "hand/"), handed(course)).status_code == 404
    assert client.post(below, {"text": "x"}, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert not Appeal.objects.exists() and Sheet.objects.count() == 1


def test_an_appeal_and_its_answer(course, cast, client, rosa):
    result = Result.objects.get(attempt=sheet(course, cast["assessor1"], rosa, gloves=False).attempt)
    below = f"/learn/{course.code}/skills/appeal/{result.pk}/"
    assert any(link["href"] == below for link in page(client, at(course)).select("a[href]"))
    assert client.post(below, {"text": " "}).status_code == 422 and not Appeal.objects.exists()
    assert client.post(below, {"text": "My gloves were whole."}).status_code == 302
    told = text(page(client, at(course)).main)
    assert "My gloves were whole." in told and "choosing who" in told
    appeal = Appeal.objects.get()
    for who, finding in (("labor1", Finding.CHANGES), ("management1", Finding.CHANGES)):
        appealing.name_hearer(appeal=appeal, user=cast[who], by=cast["coordinator"])
        assert "Spare gloves lay there." not in text(page(client, at(course)).main)
        appealing.find(appeal=appeal, by=cast[who], finding=finding, text="Spare gloves lay there.")
    told = text(page(client, at(course)).main)
    assert "Spare gloves lay there." in told and "It said “Not yet competent” before." in told
    assert "It was heard again." in told
    assert client.post(below, {"text": "Once more."}).status_code == 422


def test_after_the_last_day_nobody_is_asked(course, cast, client, rosa, monkeypatch):
    result = Result.objects.get(attempt=sheet(course, cast["assessor1"], rosa, gloves=False).attempt)
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    below = f"/learn/{course.code}/skills/appeal/{result.pk}/"
    assert not [link for link in page(client, at(course)).select("a[href]") if link["href"] == below]
    answer = client.post(below, {"text": "My gloves were whole."})
    assert answer.status_code == 422 and "ten working days are over" in answer.content.decode()


def test_evidence_only_of_kinds_that_are_taken_and_with_consent(course, cast, client, rosa):
    below = at(course, "evidence/")

    def send(kind, **more):
        photo = SimpleUploadedFile("x.jpg", files.photo())
        return client.post(below, {"kind": kind, "file": photo, **more})

    found = page(client, below)
    assert [one["value"] for one in found.select("[name=kind]")] == ["photo", "video"]
    assert "Everybody who can be seen said yes" in text(found) and "Where it was taken is removed" in text(found)
    for answer in (send("audio"), send("file"), send("text", text="x"), send("photo")):
        assert answer.status_code == 422
    assert not Evidence.objects.exists()
    assert send("photo", consented="on").status_code == 302
    row = Evidence.objects.get()
    assert (row.kind, row.consented, str(row.learner_id)) == ("photo", True, str(rosa.learner_id))
    assert client.get(f"/evidence/{row.pk}/")["Content-Type"] == "image/jpeg"
    other = type(client)()
    join(course, other, "Terrence")
    assert (
        other.post(f"{below}{row.pk}/back/").status_code == 404 and other.get(f"/evidence/{row.pk}/").status_code == 404
    )
    assert client.post(f"{below}{row.pk}/back/").url.endswith("?back=1")
    assert client.get(f"/evidence/{row.pk}/").status_code == 404
    assert "You took it back." in text(page(client, below))


def test_a_file_comes_piece_by_piece(course, client, rosa):
    photo, below = files.photo(), at(course, "evidence/files/")
    head = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(photo))}

    def begin(metadata):
        return client.post(below, headers=head | {"Upload-Metadata": metadata})

    assert begin("kind YXVkaW8=").status_code == 422, "no sound is asked for"
    begun = begin("kind cGhvdG8=,consented")
    assert begun.status_code == 201
    for offset in (0, 700):
        answer = client.patch(
            begun["Location"],
            photo[offset : 700 if not offset else None],
            content_type="application/offset+octet-stream",
            headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)},
        )
    assert answer["Highroad-Evidence"] == str(Evidence.objects.get().pk)
    other = type(client)()
    join(course, other, "Terrence")
    assert other.head(begun["Location"], headers={"Tus-Resumable": "1.0.0"}).status_code == 404


def test_the_phone_is_handed_over_and_a_sheet_sent_twice_is_one(course, cast, client, rosa):
    below = at(course, "hand/")
    found = page(client, below)
    assert "This is for learning only." in text(found)
    links = [link["href"] for link in found.select("a[href]")]
    assert [link for link in links if link.endswith("/hand/") or link == at(course)] == links, "nothing else of Rosa's"
    assert client.post(below, handed(course, gloves="no")).status_code == 422, "a note is missing"
    without = handed(course)
    del without["saw"]
    assert client.post(below, without).status_code == 422 and not Witness.objects.exists()
    for answer in (client.post(below, handed(course, name="N" * 201)), client.post(below, handed(course, why=""))):
        assert answer.status_code == 422
    told = handed(course, **{f"note-{GLOVES}": "Both hands, at once.", "license_number": "P-12"})
    for _time in range(2):
        assert client.post(below, told).url == at(course, "hand/thanks/")
    assert client.post(below, told, headers={"X-Handed": "script"}).json() == {"kept": True}
    one = Sheet.objects.get()
    assert (one.witness.name, one.witness.license_number, str(one.pk)) == ("Paula Preceptor", "P-12", told["uid"])
    assert "An assessor of the course confirms who signed" in text(page(client, at(course, "hand/thanks/")))
    assert "now confirms who signed" in text(page(client, at(course)).main)
    trying.confirm(sheet=one, by=cast["assessor1"])
    assert "Paula Preceptor, Preceptor, Sample Hospital" in text(page(client, at(course)).main)
    record = text(page(client, f"/learn/{course.code}/skills/record/").main)
    assert "Paula Preceptor" in record and "P-12" in record
    printed = Pdf(client.get(f"/learn/{course.code}/skills/record.pdf").content).text
    assert printed.startswith("Sample. No union") and "Paula Preceptor" in printed


@pytest.mark.parametrize(
    ("outcome", "said"), [("not_yet", "Met. More times in a row to come."), ("competent", "Competent")]
)
def test_the_record_calls_a_try_that_was_met_never_not_yet_competent(outcome, said):
    result = Result(outcome=outcome, met=True, at=timezone.now())
    assert record_view._line(SimpleNamespace(title="Gloves"), None, result).result == said


def test_tasks_at_work_are_signed_by_two_and_never_for_discipline(rich, cast, client):
    join(rich, client)
    method, below = "worksite_sign_off", at(rich, "hand/", "worksite_sign_off")
    assert "Not for discipline, scheduling or performance reviews." in text(page(client, below))
    assert client.post(below, handed(rich, "", "")).status_code == 422, "no task was named"
    assert client.post(below, handed(rich, "3", "")).status_code == 302
    one = Sheet.objects.get()
    assert one.marks == [{"criterion": GLOVES, "met": True, "level": 3}]
    second = at(rich, f"hand/{one.pk}/", method)
    assert "Independent" in text(page(client, second))
    told = {"uid": str(uuid.uuid4()), **SIGNED}
    assert client.post(second, told).status_code == 422, "the same person again"
    for _time in range(2):
        assert client.post(second, told | {"name": "Stew Ward"}).status_code == 302
    assert Sheet.objects.filter(cosigns=one).count() == 1
    assert not Result.objects.exists(), "nobody with an account was there"
    trying.confirm(sheet=one, by=cast["assessor1"])
    assert Result.objects.get().outcome == "competent"
    other = type(client)()
    join(rich, other, "Terrence")
    assert other.get(second).status_code == 404


def test_experience_from_before_is_claimed_and_confirmed(rich, cast, client):
    join(rich, client)
    below = at(rich, "before/", "prior_experience")
    told = text(page(client, below))
    assert "never shortens hours" in told and "convictions, immigration or health" in told
    assert client.post(below, {"text": "Two years of cleaning in Oaxaca."}).status_code == 302
    confirm = f"{below}confirm/"
    seen = {"capacity": "supervisor", "text": "She did it daily.", "last_seen_on": timezone.localdate().isoformat()}
    assert client.post(confirm, SIGNED | seen).status_code == 302
    assert "Still missing: Co-worker / Steward" in text(page(client, below))
    assert client.post(confirm, SIGNED | seen | {"capacity": "peer"}).status_code == 422, "one person, one word"
    assert client.post(confirm, SIGNED | seen | {"capacity": "peer", "name": "Ana"}).status_code == 302
    assert Attestation.objects.count() == 2 and "An assessor looks at it now." in text(page(client, below))
    assert client.get(at(rich, "before/")).status_code == 404, "elsewhere there is no such thing"
    lesson = LessonPage.objects.live().first() or LessonPage.objects.first()
    judged_ = judged.said(rich, rich.enrollments.get(), digest=Attempt.objects.get().instrument)
    rules = ("valid", "sufficient", "authentic", "current")
    more = {"rules": rules, "more": {"gaps": [str(lesson.uid)]}}
    trying.take(group_uid=rich.pk, by=cast["assessor1"], said=type(judged_)(**(vars(judged_) | more)))
    assert lesson.title in text(page(client, at(rich, "", "prior_experience")).main)


def test_a_spoken_answer_is_recorded_only_where_sound_is_asked_for(rich, client):
    join(rich, client)
    found = page(client, at(rich, "evidence/", "oral_response"))
    assert found.select_one("[data-record]") and found.select_one("[name=kind]")["value"] == "audio"
    assert "in the language you choose" in text(found)
    below = at(rich, "evidence/", "portfolio")
    assert client.post(below, {"kind": "text", "text": "A map of our river."}).status_code == 302
    assert "A map of our river." in text(page(client, below))
    alone = at(rich, "", "self_assessment")
    assert "nothing you write in it is sent" in text(page(client, alone))
    assert client.get(f"{alone}evidence/").status_code == client.get(f"{alone}hand/").status_code == 404


def test_a_credential_with_the_name_one_chooses(course, cast, client, rosa):
    here = f"/learn/{course.code}/credentials/"
    module = Text(course).modules[0].uid
    assert "None yet." in text(page(client, here)) and client.get(f"{here}{module}/").status_code == 404
    sheet(course, cast["assessor1"], rosa)
    sheet(course, cast["assessor2"], rosa, number=2)
    looked = client.post(f"{here}{module}/", {"act": "look", "which": "other", "name": "Rosa Quintanilla"})
    assert "Rosa Quintanilla" in looked.content.decode() and not Credential.objects.exists()
    assert client.post(f"{here}{module}/", {"act": "take", "which": "other", "name": ""}).status_code == 422
    for what in (module, "all"):
        answer = client.post(f"{here}{what}/", {"act": "take", "which": "none"})
        assert answer.status_code == 302, answer.content.decode()
    assert client.post(f"{here}{module}/", {"act": "take", "which": "none"}).status_code == 422, "there is one"
    assert [row.name for row in Credential.objects.all()] == ["", ""]
    row = Credential.objects.get(subject="module")
    found = page(client, here)
    assert found.select_one(f"#c-{row.pk} .qr svg") and row.title in text(page(client, f"/learn/{course.code}/skills/"))
    assert client.get(f"/credentials/{row.pk}.jwt").content.decode() == row.token
    assert client.post(f"{here}{row.pk}/end/").status_code == 302 and not hasattr(
        Credential.objects.get(pk=row.pk), "end"
    )
    client.post(f"{here}{row.pk}/end/", {"sure": "on"})
    assert "It ended" in text(page(client, here))


def test_erasing_keeps_results_and_takes_words_and_evidence(course, cast, client, rosa):
    one = sheet(course, cast["assessor1"], rosa, gloves=False)
    appealing.appeal(result=one.attempt.results.get(), learner=rosa.learner, text="My gloves were whole.")
    client.post(
        at(course, "evidence/"),
        {"kind": "photo", "consented": "on", "file": SimpleUploadedFile("x.jpg", files.photo())},
    )
    me = f"/learn/{course.code}/me/"
    told = text(page(client, me))
    assert "Not yet competent" in told and "Photo" in told and "the answer is still to come" in told
    data = client.get(f"{me}data.json").json()
    assert data["tries"][0]["appeal"]["words"] == {"": "My gloves were whole."}
    assert data["evidence"][0]["kind"] == "Photo" and data["credentials"] == []
    client.post(me, {"act": "erase", "sure": "on"})
    assert Result.objects.count() == 1 and not Words.objects.exists()
    assert Evidence.objects.get().erased_at and Evidence.objects.get().name == ""
    rosa.learner.person.refresh_from_db()
    assert rosa.learner.person.name == "" and client.get(me).status_code == 302


def test_as_many_queries_for_three_as_for_one(course, cast, client, rosa):
    """Tries, sheets, words and evidence of one learner."""
    addresses = [f"/learn/{course.code}/skills/", at(course), f"/learn/{course.code}/me/data.json"]
    addresses += [at(course, "evidence/"), f"/learn/{course.code}/skills/record/"]

    def more(number):
        bad = sheet(course, cast["assessor1"], rosa, gloves=False, number=number)
        present = ["instructor", "advocate"]
        talking.write_talk(attempt=bad.attempt, by=cast["assessor1"], kind=TalkKind.PLAN, text="So.", present=present)
        appealing.appeal(result=bad.attempt.results.get(), learner=rosa.learner, text="No.")
        photo = SimpleUploadedFile("x.jpg", files.photo())
        client.post(at(course, "evidence/"), {"kind": "photo", "consented": "on", "file": photo})

    def counted():
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    more(1)
    before = counted()
    more(2)
    more(3)
    assert counted() == before


def test_what_was_shown_in_another_course_counts_here(course, cast, client, rosa):
    other = judged.assessed(cast, title="Gloves, spring")
    enrollment = joining.enroll(course=other, learner=rosa.learner, called="Rosa")
    sheet(other, cast["assessor1"], enrollment)
    assert "1 more try that is enough" in text(page(client, f"/learn/{course.code}/skills/").main)


def test_an_account_that_learns_has_them_too(course, cast, client):
    learner = learners.new_learner(name="", account=cast["learner1"])
    joining.enroll(course=course, learner=learner, called="Rosa")
    client.force_login(cast["learner1"])
    assert "Not tried" in text(page(client, f"/learn/{course.code}/skills/"))
