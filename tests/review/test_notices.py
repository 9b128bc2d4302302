"""Who is told what and when, one letter a day in the reader's language, and a tick that may run twice."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from curriculum.models import LessonPage
from curriculum.review import mailing, queries, ticking, workdays
from curriculum.review.actions import put_newer_text, sign, submit, withdraw
from curriculum.review.actions.noticing import tell
from curriculum.review.actions.reminding import remind
from curriculum.review.enums import SeatRole
from curriculum.review.letters import SHORT, Told
from curriculum.review.models import Committee, Holiday, Letter, Notification, Seat, Submission
from curriculum.review.proposal import Proposal
from curriculum.review.steps import Step
from tests.factories import agree, change, make_module
from tests.review.screens import again
from users.people import erase


@pytest.fixture
def submission(module, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def day(submission, days):
    """So many working days after it was sent."""
    opened = timezone.localdate(submission.opened_at)
    return workdays.add(opened, days, queries.holidays_of(submission.committee))


def told(step, submission=None):
    """Usernames of whoever is told of `step`, and sides of principals."""
    rows = Notification.objects.filter(step=step).select_related("person__user")
    rows = rows if submission is None else rows.filter(submission=submission)
    return sorted(row.principal or row.person.user.username for row in rows)


def ask(submission, user, words="Which gloves?"):
    return sign(submission=submission, by=user, position="request_changes", digest=submission.digest, words=words)


def letters():
    """{username or address: (subject, text)} of what was mailed."""
    return {message.to[0].removesuffix("@demo.invalid"): message for message in mail.outbox}


def make_chair(user):
    Seat.objects.filter(representative__person=user.person).update(role=SeatRole.CO_CHAIR)


# Events


def test_both_sides_hear_at_the_same_time_that_a_text_was_sent(submission):
    assert told(Step.SENT) == ["labor1", "labor2", "management1", "management2"]


def test_an_author_and_an_alternate_nobody_named_are_not_asked(module, cast):
    change(LessonPage.objects.child_of(module).first(), "Labor wrote this.", cast["labor2"])
    Seat.objects.filter(representative__person=cast["management2"].person).update(role=SeatRole.ALTERNATE)
    submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    assert told(Step.SENT) == ["labor1", "management1"]


def test_a_request_reaches_the_designer_and_the_coordinator_each_time(submission, cast):
    ask(submission, cast["labor1"])
    ask(submission, cast["labor1"], "And which boxes?")
    assert told(Step.CHANGE_ASKED) == ["coordinator", "coordinator", "designer", "designer"]


def test_whoever_answered_hears_of_newer_text_and_the_others_of_a_text(submission, module, cast):
    ask(submission, cast["labor1"])
    change(LessonPage.objects.child_of(module).first(), "Wear clean gloves.", cast["designer"])
    newer = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    assert told(Step.NEWER, newer) == ["labor1"]
    assert told(Step.SENT, newer) == ["labor2", "management1", "management2"]
    assert told(Step.ENDED) == []


def test_everybody_but_whoever_agreed_last_hears_that_both_sides_agreed(submission, cast):
    agree(submission, cast["labor1"], cast["management1"])
    assert told(Step.AGREED) == ["designer", "labor1", "labor2", "management2"]


def test_taking_back_is_told_to_those_who_answered(submission, cast):
    agree(submission, cast["labor2"])
    withdraw(submission=submission, by=cast["designer"])
    assert told(Step.ENDED) == ["labor2"]


def test_telling_twice_tells_once(submission, cast):
    for _time in range(2):
        tell(Step.SEALED, submission, [cast["labor1"].person], about="a" * 64)
    tell(Step.SEALED, submission, [cast["labor1"].person], about="b" * 64)
    assert told(Step.SEALED) == ["labor1", "labor1"]


def test_a_step_nobody_knows_is_refused(submission, cast):
    with pytest.raises(ValueError, match="no-such-step"):
        tell("no-such-step", submission, [cast["labor1"].person])


# Clocks


def test_reminders_go_to_those_who_have_not_answered_on_the_side_that_is_waited_for(submission, cast):
    agree(submission, cast["labor1"])
    assert remind(day(submission, 4)) == 0
    remind(day(submission, 5))
    assert told(Step.HALF) == ["management1", "management2"]
    remind(day(submission, 8))
    assert told(Step.SOON) == ["management1", "management2"]


def test_on_the_day_the_coordinator_and_both_co_chairs_then_the_principals(submission, cast):
    make_chair(cast["labor2"])
    Committee.objects.update(labor_principal="officer@union.example", management_principal="head@county.example")
    remind(day(submission, 10))
    # Management has no co-chair: everybody who answers for it hears.
    assert told(Step.DUE) == ["coordinator", "labor2", "management1", "management2"]
    assert told(Step.PRINCIPALS) == []
    remind(day(submission, 20))
    assert told(Step.PRINCIPALS) == ["labor", "management"]
    mailing.write_letters()
    principal = letters()["officer@union.example"]
    assert "waiting for labor, waiting for management" in principal.body
    assert "http" not in principal.body and "Lucía" not in principal.body


def test_a_committee_without_principals_has_nobody_further_to_write_to(submission):
    remind(day(submission, 40))
    assert told(Step.PRINCIPALS) == []


def test_a_holiday_moves_every_step(submission):
    Holiday.objects.create(committee=submission.committee, day=day(submission, 2))
    assert remind(workdays.add(timezone.localdate(submission.opened_at), 5)) == 0
    assert remind(workdays.add(timezone.localdate(submission.opened_at), 6)) == 4


def test_a_request_that_waits_too_long_reminds_the_designer(submission, cast):
    ask(submission, cast["labor1"])
    assert remind(day(submission, 10)) and told(Step.CHANGES_LATE) == []
    remind(day(submission, 11))
    assert told(Step.CHANGES_LATE) == ["designer"]


def test_a_stop_nobody_settles_is_the_coordinators_to_bring_help_for(module, cast):
    Committee.objects.update(more_answers=True)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    sign(
        submission=submission, by=cast["labor1"], position="block", digest=submission.digest,
        words="It hurts.", ground="safety", alternative="Goggles.",
    )  # fmt: skip
    # Nobody holds a chair, so everybody else on both sides hears, as each may speak for theirs.
    assert told(Step.STOPPED) == ["coordinator", "designer", "labor2", "management1", "management2"]
    remind(day(submission, 16))
    assert told(Step.INTEREST_LATE) == ["coordinator"]


def test_a_tick_never_agrees_for_anybody(submission, cast):
    """Silence is never consent, however long it lasts and however often the clock is asked."""
    agree(submission, cast["labor1"])
    entries = again(submission).entries.count()
    for days in (5, 8, 10, 20, 60, 400):
        remind(day(submission, days))
        mailing.write_letters()
        call_command("tick")
    after = again(submission)
    assert after.outcome is None and after.entries.count() == entries
    assert queries.tally_of(after).keys == 1 and not after.decisions.exists()


def test_reminding_twice_makes_each_notice_once(submission):
    for days in (5, 10):
        assert remind(day(submission, days)) > 0
        assert remind(day(submission, days)) == 0


def test_reminding_costs_the_same_with_one_review_and_with_three(
    submission, cast, django_assert_num_queries, django_assert_max_num_queries
):
    today = day(submission, 30)
    with django_assert_max_num_queries(20) as counted:
        remind(today)
    Notification.objects.all().delete()
    for code in ("T2", "T3"):
        submit(page=make_module(by=cast["designer"], code=code), by=cast["designer"], proposal=Proposal(note="New."))
    with django_assert_num_queries(len(counted)):
        remind(today)


# Letters


def test_one_letter_a_day_with_what_to_do_in_the_first_line(submission, cast):
    other = submit(page=make_module(by=cast["designer"], code="T2"), by=cast["designer"], proposal=Proposal(note="."))
    remind(day(submission, 8))
    assert mailing.write_letters() == 4
    assert mailing.write_letters() == 0 and len(mail.outbox) == 4
    letter = letters()["management1"]
    first = letter.body.strip().splitlines()[0]
    assert re.fullmatch(r"“Module T[12]” waits for your answer\. Please answer by .+\.", first)
    assert letter.subject == f"{first} And 1 more"
    # One line a review, though each was told twice.
    assert letter.body.count("Module T1") == letter.body.count("Module T2") == 1
    for one in (submission, other):
        assert f"http://127.0.0.1:8000/review/{one.pk}/" in letter.body
    html, kind = letter.alternatives[0][:2]
    assert kind == "text/html" and first in html and "style=" not in html
    ask(submission, cast["labor1"])
    assert mailing.write_letters() == 2 and set(letters()) >= {"designer", "coordinator"}


def test_what_comes_later_waits_for_the_next_day(submission, cast):
    mailing.write_letters()
    mail.outbox.clear()
    agree(submission, cast["labor1"], cast["management1"])
    assert mailing.write_letters() == 1 and list(letters()) == ["designer"]
    tomorrow = timezone.now() + timedelta(days=1)
    assert mailing.write_letters(tomorrow) == 3
    assert letters()["labor2"].subject == "Both sides agreed on “Module T1”."


def test_each_letter_is_in_its_readers_language(submission):
    mailing.write_letters()
    found = letters()
    assert "“Module T1”" in found["labor2"].body and 'lang="en"' in found["labor2"].alternatives[0][0]
    assert "“Módulo T1”" in found["labor1"].body and 'lang="es"' in found["labor1"].alternatives[0][0]


def test_before_the_hour_of_letters_nothing_goes_out(submission, settings):
    settings.HIGHROAD_LETTERS_FROM = 7
    assert mailing.write_letters(timezone.localtime().replace(hour=6)) == 0
    assert mailing.write_letters(timezone.localtime().replace(hour=7)) == 4


def test_what_was_answered_meanwhile_is_not_asked_for(submission, cast):
    agree(submission, cast["labor1"])
    mailing.write_letters()
    assert set(letters()) == {"management1", "management2"}
    assert Notification.objects.filter(over_at=None, letter=None).count() == 0


def test_what_was_taken_back_or_settled_meanwhile_is_not_told(module, cast):
    Committee.objects.update(more_answers=True)
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    ask(submission, cast["labor1"])
    sign(
        submission=submission, by=cast["management1"], position="block", digest=submission.digest,
        words="It hurts.", ground="safety", alternative="Goggles.",
    )  # fmt: skip
    agree(submission, cast["labor1"])
    mailing.write_letters()
    body = letters()["designer"].body
    assert "is stopped" in body and "asks for a change" not in body
    mail.outbox.clear()
    Notification.objects.update(letter=None)
    Letter.objects.all().delete()
    sign(submission=submission, by=cast["management1"], position="stand_aside", digest=submission.digest)
    mailing.write_letters()
    assert "designer" not in letters()


def test_who_has_left_is_told_nothing(submission, cast):
    Seat.objects.filter(representative__person=cast["labor1"].person).update(until=timezone.localdate())
    erase(person=cast["labor2"].person)
    cast["management1"].is_active = False
    cast["management1"].save()
    tell(Step.SENT, submission, [cast["outsider"].person])
    mailing.write_letters()
    assert set(letters()) == {"management2"}
    assert not mailing.untold().exists()


def test_somebody_without_an_address_stays_for_the_coordinator(submission, cast):
    cast["labor1"].email = ""
    cast["labor1"].save()
    mailing.write_letters()
    assert "labor1" not in letters()
    assert [row.person for row in mailing.untold()] == [cast["labor1"].person]


def test_without_a_mail_server_nothing_is_claimed_as_sent(submission, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert mailing.write_letters() == 0
    assert mailing.untold().count() == 4 and not Letter.objects.exists()


class Broken(BaseEmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server here")


def test_a_letter_that_could_not_be_sent_is_tried_again(submission, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    with pytest.raises(mailing.NotSent, match="4 of 4"):
        mailing.write_letters()
    settings.EMAIL_BACKEND = working
    assert mailing.write_letters() == 0
    later = timezone.now() + mailing.LEASE + timedelta(minutes=1)
    Letter.objects.update(attempted_at=timezone.now() - mailing.LEASE - timedelta(minutes=1))
    assert mailing.write_letters(later) == 4 and len(mail.outbox) == 4
    assert mailing.write_letters(later) == 0


def test_what_could_hurt_someone_goes_out_at_once(submission, cast, settings, django_capture_on_commit_callbacks):
    settings.HIGHROAD_LETTERS_FROM = 24
    with django_capture_on_commit_callbacks(execute=True):
        tell(Step.URGENT, submission, [cast["labor2"].person, cast["management1"].person])
    assert set(letters()) == {"labor2", "management1"}
    assert letters()["labor2"].subject == "This could hurt someone: “Module T1”. Please open it now."
    # The letter of the day still comes.
    settings.HIGHROAD_LETTERS_FROM = 0
    assert mailing.write_letters() == 4


@pytest.mark.parametrize("title", ["M", "Chemical safety " * 12, "\u201cGloves\u201d \u2603 " * 20])
@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://training.a-long-name-of-a-county.example.org"])
def test_every_notice_fits_a_text_message(submission, title, address, settings):
    settings.WAGTAILADMIN_BASE_URL = address
    notices = [Notification(submission=submission, step=step, made_at=timezone.now()) for step in Step]
    told = Told(notices)
    told._titles = {"en": {submission.pk: title}}
    for notice in notices:
        short = told.line(notice).short
        assert len(short) <= SHORT and title[:10].strip() in short


# The command


def test_the_command_says_what_it_did(submission, capsys):
    call_command("tick")
    said = capsys.readouterr().out
    assert "reminders: 0 new notices" in said and said.strip().splitlines()[-1] == "letters: 4 letters"
    call_command("tick")
    assert "letters: 0 letters" in capsys.readouterr().out


def test_one_job_that_stops_does_not_stop_the_rest(submission, capsys, monkeypatch):
    def stops():
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(ticking, "_jobs", {"a": stops, **ticking._jobs})
    with pytest.raises(CommandError, match="These jobs stopped: a") as stopped:
        call_command("tick")
    assert stopped.value.returncode == 1
    said = capsys.readouterr().out
    assert "a: ZeroDivisionError: by nothing" in said and "letters: 4 letters" in said


def test_two_jobs_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="named reminders already"):
        ticking.register("reminders", lambda: "")


def test_two_ticks_at_once_send_each_letter_once(transactional_db, cast):
    submission = submit(page=make_module(by=cast["designer"]), by=cast["designer"], proposal=Proposal(note="New."))
    barrier = Barrier(2)

    def run(_number):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            remind(day(Submission.objects.with_record().get(pk=submission.pk), 10))
            return mailing.write_letters()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(run, range(2)))
    people = {"coordinator", "labor1", "labor2", "management1", "management2"}
    assert set(letters()) == people and len(mail.outbox) == len(people)
    assert Letter.objects.filter(sent_at__isnull=False).count() == len(people) and sum(counts) == len(people)
    assert told(Step.DUE) == sorted(people)
