"""Experience from before counts when two people confirm it, lately enough, and never for hours the law asks for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.actions import recognizing
from assessments.actions.trying import NotTaken, Signed
from assessments.enums import Capacity, EvidenceRule, Outcome
from assessments.models import Result, Words
from curriculum.review.workdays import later
from tests.assessments.work import assessment

BOSS = Signed("Bea Boss", "Supervisor", "Sample Hospital")
PEER = Signed("Pat Peer", "Custodian", "Sample Hospital")
ALL = tuple(EvidenceRule.values)


@pytest.fixture
def digest(cohort):
    return cohort.add(assessment("Before", method="prior_experience"))


@pytest.fixture
def claim(cohort, digest):
    told = "Three years of night shifts."
    return recognizing.claim(learner=cohort.learners["Rosa"], group_uid=cohort.uid, digest=digest, text=told)


def attest(claim, capacity, signed, days=100, text="Saw it every night."):
    day = timezone.localdate() - timedelta(days=days)
    return recognizing.attest(attempt=claim, capacity=capacity, signed=signed, last_seen_on=day, text=text)


def test_two_people_confirm_before_anything_is_recognized(cohort, digest, claim):
    with pytest.raises(NotTaken, match="tick"):
        cohort.sheet(digest)
    with pytest.raises(NotTaken, match="Two people"):
        cohort.sheet(digest, rules=ALL)
    attest(claim, Capacity.SUPERVISOR, BOSS)
    with pytest.raises(NotTaken, match="Two people"):
        cohort.sheet(digest, rules=ALL)
    with pytest.raises(NotTaken, match="somebody else"):
        attest(claim, Capacity.PEER, BOSS)
    attest(claim, Capacity.PEER, PEER)
    cohort.sheet(digest, rules=ALL)
    result = Result.objects.get()
    assert (result.attempt, result.outcome, result.rules) == (claim, Outcome.RECOGNIZED, sorted(ALL))


def test_what_is_too_old_is_shown_afresh(cohort, digest, claim):
    attest(claim, Capacity.SUPERVISOR, BOSS, days=4 * 365)
    attest(claim, Capacity.STEWARD, PEER, days=5 * 365)
    with pytest.raises(NotTaken, match="36 months"):
        cohort.sheet(digest, rules=ALL)
    assert not Result.objects.exists()


def test_lessons_that_are_still_missing_make_it_not_yet_and_are_named(cohort, digest, claim):
    attest(claim, Capacity.SUPERVISOR, BOSS)
    attest(claim, Capacity.PEER, PEER)
    cohort.sheet(digest, rules=ALL, more={"gaps": ["lesson-2"]})
    result = Result.objects.get()
    assert (result.outcome, result.met, result.basis["gaps"]) == (Outcome.NOT_YET, False, ["lesson-2"])


def test_a_claim_can_be_written_anew_until_somebody_looked(cohort, digest, claim):
    again = recognizing.claim(learner=cohort.learners["Rosa"], group_uid=cohort.uid, digest=digest, text="Four years.")
    assert again == claim and Words.objects.get(of=claim.pk).text == "Four years."
    with pytest.raises(NotTaken, match="lie ahead"):
        attest(claim, Capacity.PEER, PEER, days=-2)
    with pytest.raises(NotTaken, match="not in that course"):
        recognizing.claim(learner=cohort.learners["Rosa"], group_uid=claim.pk, digest=digest, text="x")
    other = cohort.add(assessment())
    with pytest.raises(NotTaken, match="not the place"):
        recognizing.claim(learner=cohort.learners["Kim"], group_uid=cohort.uid, digest=other, text="x")


def test_the_months_are_counted_by_the_calendar():
    assert later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert later(date(2026, 12, 5), 14) == date(2028, 2, 5)
