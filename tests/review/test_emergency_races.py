"""The last key and the clock at the same instant: one of them, never both. On PostgreSQL, like test_races."""

from datetime import timedelta

import pytest

from curriculum.review.actions.confirming import due_on, lapse_unratified
from curriculum.review.actions.hurting import close_report
from curriculum.review.actions.renewing import renew, watch_expiry
from curriculum.review.enums import NoticeKind, Outcome, Purpose
from curriculum.review.expiry import validities
from curriculum.review.models import PageNotice, Submission
from tests.factories import agree, make_curriculum, release
from tests.review.dangers import agreed, confirmation, corrected, reported
from tests.review.test_races import at_once, errors, intact, outcomes, signing

pytestmark = [pytest.mark.postgresql, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def taught(cast, module):
    release(make_curriculum(module, cast["designer"]), cast)
    return module


def test_the_last_key_of_a_confirmation_and_its_lapse_at_once(taught, cast):
    agreed(reported(taught, cast["labor2"]), cast)
    ratify = confirmation(taught)
    agree(ratify, cast["labor1"])
    after = due_on(ratify) + timedelta(days=1)
    results = at_once(signing(ratify, cast["management1"]), lambda: lapse_unratified(after))
    assert outcomes(ratify) in ({Outcome.RATIFIED}, {Outcome.LAPSED}) and intact()
    hidden = PageNotice.objects.filter(kind=NoticeKind.WITHDRAWN, lifted=None).exists()
    assert hidden == (outcomes(ratify) == {Outcome.LAPSED}) == bool(errors(results))


def test_two_clocks_at_once_take_a_page_away_once(taught, cast):
    agreed(reported(taught, cast["labor2"]), cast)
    after = due_on(confirmation(taught)) + timedelta(days=1)
    assert sum(at_once(*[lambda: lapse_unratified(after)] * 2)) == 1
    day = validities()[0].until + timedelta(days=40)
    at_once(*[lambda: watch_expiry(day)] * 2)
    assert PageNotice.objects.filter(kind=NoticeKind.UNDER_REVIEW).count() == 1 and intact()


def test_two_corrections_of_one_report_at_once_leave_one_open(taught, cast):
    report = reported(taught, cast["labor2"])
    at_once(*[lambda: corrected(report, cast["designer"])] * 2)
    assert Submission.objects.open().filter(purpose=Purpose.EMERGENCY).count() == 1 and intact()


def test_a_report_is_answered_once_and_a_renewal_asked_once(taught, cast):
    report = reported(taught, cast["labor2"])
    close = [lambda: close_report(report=report, by=cast["coordinator"], words="No danger.")] * 2
    assert len(errors(at_once(*close))) == 1
    assert len(errors(at_once(*[lambda: renew(module_uid=taught.uid, by=cast["designer"])] * 2))) == 1
