"""The firewall of assessment: everybody of the cast against every kind of record, at the addresses where they stand.

`assessments.permissions.SEES` says who sees what; everybody here asks every address there is and reads all they are
given, and that must come to the same table.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from assessments.actions import appealing, talking
from assessments.enums import Finding, TalkKind
from assessments.evidence import uploading
from assessments.models import Result
from assessments.permissions import SEES, Record, Viewer
from courses.cohorts import founding
from courses.cohorts.enums import Hat
from tests.courses import judged
from tests.courses.cohorts import a_course, another_instructor, joined
from users import learners
from users.learners import COOKIE

#: Words that stand in one kind of record and nowhere else.
WORDS = {
    Record.SHEET: "The left glove was torn at the thumb.",
    Record.RESULT: "Not yet competent",
    Record.EVIDENCE: "I always check them at the sink.",
    Record.TALK: "Blow into each glove before you put it on.",
    Record.APPEAL: "My glove was whole when we began.",
}
#: Who of the cast is what; everybody who is not here is nobody to this learner's records.
VIEWERS = {
    "Rosa": {Viewer.LEARNER},
    "instructor1": {Viewer.ASSESSOR},
    "assessor1": {Viewer.ASSESSOR},
    "assessor2": {Viewer.ASSESSOR},
    "coordinator": {Viewer.COORDINATOR},
    "labor2": {Viewer.HEARER, Viewer.READER},
    "management1": {Viewer.HEARER, Viewer.READER},
    **dict.fromkeys(("labor1", "management2", "designer", "designer2", "auditor"), {Viewer.READER}),
}
NOBODY = {
    "admin",
    "mentor1",
    "learner1",
    "learner2",
    "outsider",
    "Terrence, of the same course",
    "Kim, of another course",
    "teaches another course",
    "assesses another course",
    "anonymous",
}


def as_markdown() -> str:
    """The table as docs/assessment.md has it: a row a record, a column a viewer."""
    head = ["", *(str(one.label) for one in Viewer)]
    rows = [[str(record.label), *("yes" if one in SEES[record] else "" for one in Viewer)] for record in Record]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


class Story:
    """Rosa's try with everything that there is of one: two sheets would add nothing that one does not show."""

    def __init__(self, cast):
        self.cast = cast
        self.course = judged.assessed(cast)
        self.rosa, self.terrence = joined(self.course, "Rosa"), joined(self.course, "Terrence")
        other = another_instructor()
        elsewhere = a_course(other, "Somewhere else")
        self.kim = joined(elsewhere, "Kim")
        assessor = another_instructor("assessor3", "Ann Other")
        founding.add_teammate(course=elsewhere, by=other, user=assessor, hat=Hat.ASSESSOR)
        self.elsewhere = {"teaches another course": other, "assesses another course": assessor}
        sheet = judged.sheet(self.course, cast["assessor1"], self.rosa, gloves=False, note=WORDS[Record.SHEET])
        self.attempt = sheet.attempt
        self.evidence = uploading.add_text(
            learner=self.rosa.learner,
            group=self.course.pk,
            assessment_uid=self.attempt.assessment_uid,
            attempt=self.attempt,
            text=WORDS[Record.EVIDENCE],
            by=self.rosa.learner.person,
        )
        talking.write_talk(attempt=self.attempt, by=cast["assessor2"], kind=TalkKind.COACHING, text=WORDS[Record.TALK])
        self.result = Result.objects.get()
        self.appeal = appealing.appeal(result=self.result, learner=self.rosa.learner, text=WORDS[Record.APPEAL])
        for one in ("labor2", "management1"):
            appealing.name_hearer(appeal=self.appeal, user=cast[one], by=cast["coordinator"])

    def addresses(self):
        team, skill = f"/teach/{self.course.code}/skills/", self.attempt.assessment_uid
        yield from (
            f"{team}{one}" for one in ("", "table/", "table.csv", "agreement/", "appeals/", f"station/{skill}/")
        )
        yield f"{team}try/{self.attempt.pk}/"
        yield from ("/hear/", f"/hear/{self.appeal.pk}/", "/results/", f"/evidence/{self.evidence.pk}/")
        own = f"/learn/{self.course.code}/skills/"
        yield from (own, f"{own}record/", f"{own}{skill}/", f"{own}appeal/{self.result.pk}/")

    def client(self, who):
        client = Client()
        phones = {"Rosa": self.rosa, "Terrence, of the same course": self.terrence, "Kim, of another course": self.kim}
        if who in phones:
            client.cookies[COOKIE] = learners.cookie_of(phones[who].learner)
        elif who != "anonymous":
            client.force_login(self.elsewhere.get(who) or self.cast[who])
        return client

    def seen(self, who) -> set[Record]:
        """What somebody can read of Rosa, from all that any address gives them."""
        client, given = self.client(who), {}
        for url in self.addresses():
            answer = client.get(url)
            if answer.status_code == 200:
                given[url] = b"".join(answer).decode()
        every, found = "".join(given.values()), set()
        for record, words in WORDS.items():
            if words in every:
                found.add(record)
        urls = {url.removeprefix(f"/teach/{self.course.code}/skills/") for url in given}
        pages = {Record.GROUP: "table/", Record.RATERS: "agreement/", Record.COUNTS: "/results/"}
        return found | {record for record, url in pages.items() if url in urls}


@pytest.fixture
def story(released, cast):
    return Story(cast)


def expected(who) -> set[Record]:
    return {record for record, viewers in SEES.items() if viewers & VIEWERS.get(who, set())}


def test_everybody_is_in_the_table(story, cast):
    assert set(cast) | set(story.elsewhere) < set(VIEWERS) | NOBODY and not set(VIEWERS) & NOBODY


def test_everybody_sees_what_the_table_says_and_no_more(story):
    found = {who: story.seen(who) for who in (*VIEWERS, *sorted(NOBODY))}
    assert found == {who: expected(who) for who in found}


def test_whoever_heard_it_sees_nothing_once_it_is_closed(story, cast):
    for who in ("labor2", "management1"):
        appealing.find(appeal=story.appeal, by=cast[who], finding=Finding.STANDS, text="The note is clear.")
    for who in ("labor2", "management1"):
        assert story.seen(who) == {Record.COUNTS}


def test_whoever_left_the_team_sees_nothing_any_more(story, cast):
    founding.remove_teammate(teammate=story.course.team.get(person=cast["assessor2"].person), by=cast["instructor1"])
    assert story.seen("assessor2") == set()


def test_the_docs_show_the_same_table():
    page = (Path(settings.BASE_DIR) / "docs" / "assessment.md").read_text()
    written = page.partition("<!-- sees -->\n")[2].partition("<!-- /sees -->")[0]
    assert written == as_markdown()
