"""Agreements that run out, renewals, and reasons for a new look."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curriculum.models import LessonPage, ModulePage, StandardFramework, StandardItem
from curriculum.review import expiry, impact, queries, safety
from curriculum.review.actions import Refused, submit
from curriculum.review.actions.laying import warn
from curriculum.review.actions.looking_again import find_triggers, look_again, open_triggers, settle
from curriculum.review.actions.renewing import renew, watch_expiry
from curriculum.review.enums import NoticeKind, Outcome, Purpose, TriggerKind
from curriculum.review.letters import Told
from curriculum.review.models import Committee, Notification, Submission, Trigger
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from tests.factories import agree, change, make_curriculum, make_module, release, save
from tests.review.dangers import agreed, corrected, lesson_of, reported
from tests.review.screens import again, client_of, room, words

pytestmark = pytest.mark.usefixtures("screens_in_english")

TODAY = timezone.localdate


@pytest.fixture
def taught(curriculum, module, cast):
    lesson = lesson_of(module)
    lesson.flags = ["safety_critical"]
    save(lesson, cast["designer"])
    release(curriculum, cast)
    return module


@pytest.fixture
def until(taught):
    return expiry.validities()[0].until


def over(module):
    return {(one.kind, str(one.page_uid or "")) for one in safety.standing_over(module.uid)}


def aligned(module, cast, code="AB1572-1", **dates):
    """A module whose first lesson names an item of a standard."""
    framework, _made = StandardFramework.objects.get_or_create(key="water", defaults={"title": "Water rules"})
    item = StandardItem.objects.create(framework=framework, code=code, statement="No turf.", **dates)
    lesson = lesson_of(module)
    value = {"type": "alignment", "value": {"item": item.pk, "note": ""}}
    lesson.alignments = lesson.alignments.stream_block.to_python([value])
    save(lesson, cast["designer"])
    return item


# How long an agreement holds


@pytest.mark.parametrize(
    ("review", "months"),
    [({}, 24), ({"class": "safety"}, 12), ({"class": "safety", "valid_months": 6}, 6), ({"valid_months": 36}, 36)],
)
def test_a_year_for_safety_and_two_for_the_rest_unless_the_module_says_otherwise(review, months):
    assert expiry.months_of({"review": review}) == months


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_so_many_months_later(day, months):
    later = expiry.later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_people_are_told_once_90_60_and_30_days_before(taught, until, cast):
    for left, step in ((91, None), (90, "expires-90"), (89, "expires-90"), (60, "expires-60"), (30, "expires-30")):
        watch_expiry(until - timedelta(days=left))
        told = set(Notification.objects.filter(step__startswith="expires").values_list("step", flat=True))
        assert step is None or step in told
    assert Notification.objects.filter(step="expires-90").count() == 5
    assert over(taught) == set()


def test_after_it_ran_out_there_is_a_line_and_after_30_days_safety_lessons_are_hidden(taught, until, cast):
    lesson = str(lesson_of(taught).uid)
    assert watch_expiry(until) == 0
    assert watch_expiry(until + timedelta(days=1)) == 1 and watch_expiry(until + timedelta(days=1)) == 0
    assert over(taught) == {(NoticeKind.UNDER_REVIEW, "")}
    assert watch_expiry(until + timedelta(days=30)) == 0
    assert watch_expiry(until + timedelta(days=31)) == 1 and watch_expiry(until + timedelta(days=40)) == 0
    assert over(taught) == {(NoticeKind.UNDER_REVIEW, ""), (NoticeKind.WITHDRAWN, lesson)}


def test_a_charter_may_leave_safety_lessons_under_a_line(taught, until):
    Committee.objects.update(hide_expired=False)
    watch_expiry(until + timedelta(days=60))
    assert over(taught) == {(NoticeKind.UNDER_REVIEW, "")}


def test_still_right_renew_takes_both_keys_and_makes_no_version(taught, until, cast):
    watch_expiry(until + timedelta(days=60))
    number = queries.current_edition(taught.uid).number
    submission = renew(module_uid=taught.uid, by=cast["labor2"], words="Read with the crew.")
    agree(submission, cast["labor2"])
    assert again(submission).outcome is None and over(taught)
    agree(submission, cast["management1"])
    assert again(submission).outcome == Outcome.REAFFIRMED
    assert queries.current_edition(taught.uid).number == number
    assert over(taught) == set()
    assert expiry.validities()[0].agreed_on == TODAY()


def test_a_renewal_counts_from_the_day_both_sides_said_so(taught, until, cast, monkeypatch):
    later = timezone.now() + timedelta(days=300)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: later)
        submission = renew(module_uid=taught.uid, by=cast["labor2"], words="Same.")
        agree(submission, cast["labor2"], cast["management1"])
    assert expiry.validities()[0].agreed_on == timezone.localdate(later)


def test_who_asks_for_a_renewal_and_when_not(taught, module, cast):
    for name in ("instructor1", "learner1", "auditor", "outsider", "admin"):
        with pytest.raises(Refused, match="do not sit"):
            renew(module_uid=taught.uid, by=cast[name])
    other = make_module(cast["designer"], code="T9")
    with pytest.raises(Refused, match="not agreed"):
        renew(module_uid=other.uid, by=cast["designer"])
    renew(module_uid=taught.uid, by=cast["designer"])
    with pytest.raises(Refused, match="asked already"):
        renew(module_uid=taught.uid, by=cast["designer"])


def test_a_correction_comes_first_and_newer_text_makes_a_renewal_stale(taught, cast):
    submission = renew(module_uid=taught.uid, by=cast["designer"])
    correction = corrected(reported(taught, cast["labor1"]), cast["designer2"])
    with pytest.raises(Refused, match="comes first"):
        renew(module_uid=taught.uid, by=cast["designer"])
    agree(correction, cast["labor1"], cast["management1"])
    with pytest.raises(CannotSign, match="newer course text"):
        agree(submission, cast["labor1"])


def test_any_newer_agreement_ends_what_ran_out(taught, curriculum, until, cast):
    watch_expiry(until + timedelta(days=60))
    last = LessonPage.objects.child_of(taught).last()
    change(last, "Take off both gloves.", cast["designer"])
    newer = submit(page=taught, by=cast["designer"], proposal=Proposal(note="Both.", releases=(curriculum.uid,)))
    agree(newer, cast["labor1"], cast["management1"])
    assert over(taught) == set()


def test_a_warning_of_a_danger_outlives_a_renewal(taught, cast):
    texts = {"en": "Ask.", "es": "Pregunte."}
    warn(module_uid=taught.uid, page_uid=lesson_of(taught).uid, by=cast["coordinator"], texts=texts)
    submission = renew(module_uid=taught.uid, by=cast["designer"])
    agree(submission, cast["labor1"], cast["management1"])
    assert {kind for kind, _page in over(taught)} == {NoticeKind.BANNER}


# Reasons for a new look


def test_scenario_4_an_item_with_a_date_is_superseded_pages_listed_banners_both_sides_notified(
    curriculum, module, cast
):
    aligned(module, cast)
    release(curriculum, cast)
    lesson = lesson_of(module)
    found = impact.impact_of([("water", "AB1572-1")], "en")
    [touched] = found.modules
    assert [page.code for page in touched.pages] == ["T1.1"] and touched.pages[0].languages == ("en", "es")
    assert touched.courses == (f"Curriculum TST {queries.current_release(curriculum.uid).label}",)
    trigger = look_again(
        kind=TriggerKind.STANDARD,
        text="The date has come.",
        by=cast["coordinator"],
        framework="water",
        item="AB1572-1",
    )
    assert over(module) == {(NoticeKind.UNDER_REVIEW, str(lesson.uid))}
    told = {row.person.user.username for row in Notification.objects.filter(step="triggered")}
    assert told == {"labor1", "labor2", "management1", "management2", "coordinator"}
    for name in ("labor1", "management1", "designer", "auditor"):
        client = client_of(cast[name])
        assert "The date has come." in words(client.get(reverse("review_desk")))
        shown = words(client.get(f"{reverse('review_impact')}?framework=water&item=AB1572-1"))
        assert ("T1.1 Lesson T1.1" in shown or "T1.1 Lección T1.1" in shown) and "Curriculum TST" in shown
    settle(trigger=trigger, by=cast["coordinator"], words="The lesson says it right.")
    assert over(module) == set() and open_triggers(cast["auditor"]) == []


def test_scenario_5_an_updated_item_leads_to_a_correction_or_a_change_that_weighs_as_safety(curriculum, module, cast):
    aligned(module, cast, code="2025-FBAO-ADULT")
    release(curriculum, cast)
    look_again(
        kind=TriggerKind.STANDARD,
        text="Back blows come first now.",
        by=cast["coordinator"],
        framework="water",
        item="2025-FBAO-ADULT",
    )
    agreed(reported(module, cast["assessor1"]), cast)
    kinds = {kind for kind, _page in over(module)}
    assert kinds == {NoticeKind.UNDER_REVIEW, NoticeKind.CORRECTION}
    [trigger] = open_triggers(cast["coordinator"])
    settle(trigger=trigger, by=cast["coordinator"], words="Corrected.")
    assert {kind for kind, _page in over(module)} == {NoticeKind.CORRECTION}


def test_a_clock_finds_standards_that_changed_since_both_sides_agreed_and_files_them_once(curriculum, module, cast):
    soon = TODAY() + timedelta(days=40)
    aligned(module, cast, starts=soon)
    release(curriculum, cast)
    assert find_triggers(soon - timedelta(days=1)) == 0
    assert find_triggers(soon) == 1 and find_triggers(soon + timedelta(days=9)) == 0
    assert Trigger.objects.get().person is None and over(module)


def test_scenario_9_a_translation_behind_for_more_than_30_days_says_so_in_that_language(
    taught, curriculum, cast, monkeypatch
):
    change(lesson_of(taught), "Wear two pairs of gloves.", cast["designer"])
    newer = submit(
        page=taught,
        by=cast["designer"],
        proposal=Proposal(note="Two.", releases=(curriculum.uid,), change_class="3"),
    )
    agree(newer, cast["labor1"], cast["management1"])
    assert find_triggers(TODAY() + timedelta(days=30)) == 0
    assert find_triggers(TODAY() + timedelta(days=31)) == 1 and find_triggers(TODAY() + timedelta(days=99)) == 0
    [notice] = safety.standing_over(taught.uid)
    assert (notice.kind, notice.language, set(notice.texts)) == (NoticeKind.OLDER, "es", {"es"})
    spanish = LessonPage.objects.get(translation_key=lesson_of(taught).uid, locale__language_code="es")
    change(spanish, "Use dos pares de guantes.", cast["designer"])
    caught_up = submit(
        page=ModulePage.objects.get(pk=taught.pk),
        by=cast["designer"],
        proposal=Proposal(note="Spanish follows.", releases=(curriculum.uid,), change_class="3"),
    )
    agree(caught_up, cast["labor1"], cast["management1"])
    assert safety.standing_over(taught.uid) == []


def test_three_people_who_report_the_same_module_are_a_reason(taught, cast):
    for name in ("instructor1", "assessor1"):
        reported(taught, cast[name])
    reported(taught, cast["assessor1"])
    assert find_triggers() == 0
    reported(taught, cast["mentor1"])
    assert find_triggers() == 1 and find_triggers() == 0
    assert Trigger.objects.get().kind == TriggerKind.LEARNERS


def test_only_a_coordinator_files_and_settles(taught, cast):
    acts = {"kind": TriggerKind.INCIDENT, "text": "A splash.", "modules": [taught.uid]}
    for name in set(cast) - {"coordinator"}:
        with pytest.raises(Refused):
            look_again(**acts, by=cast[name])
        assert client_of(cast[name]).post(reverse("review_look_again"), {"text": "x"}).status_code == 404
    trigger = look_again(**acts, by=cast["coordinator"])
    assert over(taught) == {(NoticeKind.UNDER_REVIEW, "")}
    for name in set(cast) - {"coordinator"}:
        with pytest.raises(Refused):
            settle(trigger=trigger, by=cast[name], words="Fine.")
        url = reverse("review_look_again_done", args=[trigger.pk])
        assert client_of(cast[name]).post(url, {"words": "Fine."}).status_code == 404
    with pytest.raises(ValueError):
        settle(trigger=trigger, by=cast["coordinator"], words=" ")


def test_nothing_that_is_taught_rests_on_it(taught, cast):
    with pytest.raises(ValueError, match="Nothing that is taught"):
        look_again(kind=TriggerKind.STANDARD, text="?", by=cast["coordinator"], framework="water", item="none")
    client = client_of(cast["coordinator"])
    assert client.get(f"{reverse('review_impact')}?framework=water&item=none").status_code == 404
    assert not Trigger.objects.exists()


# Screens


def test_a_coordinator_files_and_settles_on_screen(curriculum, module, cast):
    aligned(module, cast)
    release(curriculum, cast)
    client = client_of(cast["coordinator"])
    listed = client.get(reverse("review_impact"))
    assert "AB1572-1" in words(listed)
    said = {"framework": "water", "item": "AB1572-1", "text": "The date has come."}
    assert client.post(reverse("review_look_again"), said).status_code == 302
    assert client.post(reverse("review_look_again"), said).status_code == 422
    other = {"kind": TriggerKind.CONTRACT, "text": "A new contract.", "modules": [module.uid]}
    client.post(reverse("review_look_again"), other)
    shown = words(client.get(reverse("review_look_again")))
    assert "The date has come." in shown and "A new contract." in shown
    for trigger in Trigger.objects.all():
        client.post(reverse("review_look_again_done", args=[trigger.pk]), {"words": "Read again."})
    assert "Nothing needs a new look" in words(client.get(reverse("review_look_again")))


def test_renewing_on_screen_and_its_room(taught, cast):
    client = client_of(cast["management2"])
    assert "Module T1" in words(client.get(reverse("review_renewals")))
    client.post(reverse("review_renew", args=[taught.uid]), {"words": "Nothing new."})
    submission = Submission.objects.get(purpose=Purpose.REAFFIRM)
    shown = words(client.get(room(submission)))
    assert "Nothing has changed in this text" in shown and "I agree" in shown
    assert "both sides are asked" in words(client.get(reverse("review_renewals")))


def test_the_desk_names_what_runs_out_within_90_days_and_nothing_before(taught, until, cast, monkeypatch):
    client = client_of(cast["labor1"])
    assert "Needs a new look" not in words(client.get(reverse("review_desk")))
    later = timezone.now() + (until - TODAY()) - timedelta(days=80)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Needs a new look" in words(client_of(cast["labor1"]).get(reverse("review_desk")))


def test_screens_cost_the_same_for_one_module_and_for_three(curriculum, module, cast):
    aligned(module, cast)
    release(curriculum, cast)
    look_again(kind=TriggerKind.STANDARD, text="Now.", by=cast["coordinator"], framework="water", item="AB1572-1")
    urls = [
        reverse("review_desk"),
        reverse("review_renewals"),
        reverse("review_look_again"),
        reverse("review_impact"),
        f"{reverse('review_impact')}?framework=water&item=AB1572-1",
    ]
    client = client_of(cast["coordinator"])
    before = [count(client, url) for url in urls]
    for number in (2, 3):
        other = make_module(cast["designer"], code=f"T{number}")
        aligned(other, cast, code=f"other-{number}")
        release(make_curriculum(other, cast["designer"], code=f"TST{number}"), cast)
        look_again(kind=TriggerKind.INCIDENT, text=f"Number {number}.", by=cast["coordinator"], modules=[other.uid])
    after = [count(client, url) for url in urls]
    assert after[1:] == before[1:]
    # The list of ended reviews on the desk has its own test.
    assert after[0] <= before[0]


def count(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_letters_name_the_page_or_module_and_lead_to_where_something_can_be_done(taught, until, curriculum, cast):
    reported(taught, cast["instructor1"])
    watch_expiry(until - timedelta(days=60))
    look_again(kind=TriggerKind.INCIDENT, text="A splash.", by=cast["coordinator"], modules=[taught.uid])
    rows = list(Notification.objects.filter(person=cast["coordinator"].person, step__in=("urgent", "expires-60")))
    rows += Notification.objects.filter(person=cast["coordinator"].person, step="triggered")
    lines = {str(line.step): line for line in Told(rows).lines(rows)}
    assert "Lesson T1.1" in lines["urgent"].sentence and "/hurt/" in lines["urgent"].url
    assert "Module T1" in lines["expires-60"].sentence and "/review/renew/" in lines["expires-60"].url
    assert "Module T1" in lines["triggered"].sentence and "/review/look-again/" in lines["triggered"].url


def test_two_reports_of_one_module_are_two_lines(taught, cast):
    for name in ("instructor1", "assessor1"):
        reported(taught, cast[name])
    rows = list(Notification.objects.filter(person=cast["coordinator"].person, step="urgent"))
    assert len(Told(rows).lines(rows)) == 2
