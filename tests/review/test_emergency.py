"""A danger is reported, corrected, confirmed, or the page is taken away."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curriculum.editions.diff import compare, text_of
from curriculum.editions.freeze import read_draft
from curriculum.editions.read import read_editions
from curriculum.enums import FrozenKind
from curriculum.models import Contribution, LessonPage
from curriculum.review import chain, corrections, plainly, queries, safety, unsafe
from curriculum.review.actions import Refused, put_newer_text, sign, submit
from curriculum.review.actions.confirming import due_on, lapse_unratified, say_what_was_learned
from curriculum.review.actions.correcting import correct_danger, drop_correction
from curriculum.review.actions.hurting import close_report, report_danger
from curriculum.review.actions.laying import take_away, warn
from curriculum.review.actions.reaching import CannotStandIn, log_contact, stand_in
from curriculum.review.corrections import Fix
from curriculum.review.enums import ChangeClass, EntryKind, NoticeKind, Outcome, Position, Purpose, Repair
from curriculum.review.models import Decision, Entry, Notification, PageNotice, SafetyReport, Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from curriculum.review.reprints import reprints
from curriculum.review.safety import CannotReport
from tests.factories import agree, change, lesson_data, release
from tests.review.dangers import (
    BLOCK,
    OTHER,
    RIGHT,
    SAFE,
    UNSAFE,
    WRONG,
    agreed,
    confirmation,
    corrected,
    lesson_of,
    reported,
    rewrite,
)

MAY_REPORT = {"admin", "designer", "designer2", "coordinator", "labor1", "labor2", "management1", "management2"} | {
    "instructor1", "mentor1", "assessor1", "assessor2", "auditor"
}  # fmt: skip


@pytest.fixture
def taught(curriculum, module, cast):
    """A module that learners read."""
    release(curriculum, cast)
    return module


def again(row):
    return Submission.objects.with_record().get(pk=row.pk)


def texts_of(module, language="en"):
    """The parts of the first lesson as taught now: {id: words}."""
    digest = queries.current_edition(module.uid).frozen_id
    page = next(page for page in read_editions([digest])[digest].pages if page.uid == lesson_of(module).uid)
    return {id_: text_of(entry["value"]) for id_, entry in corrections.entries_of(page.versions[language]).items()}


# Reporting


def test_whoever_teaches_or_reads_reports_and_everybody_else_is_told_whom_to_tell(taught, cast):
    for name, user in cast.items():
        if name in MAY_REPORT:
            assert reported(taught, user).person == user.person
        else:
            with pytest.raises(CannotReport, match="tell your instructor"):
                reported(taught, user)
    assert SafetyReport.objects.count() == len(MAY_REPORT)


def test_a_report_is_told_to_both_sides_and_the_coordinators_at_once(taught, cast):
    reported(taught, cast["instructor1"])
    told = {row.person.user.username for row in Notification.objects.filter(step="urgent")}
    assert told == {"labor1", "labor2", "management1", "management2", "coordinator"}


def test_a_report_says_why_and_names_parts_that_are_there(taught, cast):
    with pytest.raises(ValueError, match="what could happen"):
        reported(taught, cast["labor1"], reason=" ")
    with pytest.raises(ValueError, match="not on this page"):
        reported(taught, cast["labor1"], blocks=["nowhere"])
    assert not SafetyReport.objects.exists()


def test_a_page_that_is_under_review_and_not_taught_can_be_reported_but_not_corrected(module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    place = safety.under_review_at(lesson_of(module).uid, again(submission))
    report = report_danger(place=place, by=cast["labor1"], reason="Too short.", blocks=[BLOCK])
    assert report.edition == "" and report.committee == submission.committee
    with pytest.raises(Refused, match="not taught yet"):
        corrected(report, cast["designer"])


def test_a_coordinator_answers_a_report_once_and_with_words(taught, cast):
    report = reported(taught, cast["assessor1"])
    with pytest.raises(Refused):
        close_report(report=report, by=cast["labor1"], words="Fine.")
    with pytest.raises(ValueError):
        close_report(report=report, by=cast["coordinator"], words="")
    close_report(report=report, by=cast["coordinator"], words="The gloves are long. We looked together.")
    assert safety.open_reports(cast["coordinator"]) == []
    with pytest.raises(Refused, match="already"):
        close_report(report=report, by=cast["coordinator"], words="Again.")


# Correcting


@pytest.mark.parametrize(
    ("repair", "words", "there"),
    [
        (Repair.WRITE, SAFE, {BLOCK: SAFE["en"], OTHER: "The second paragraph."}),
        (Repair.REMOVE, {"en": "", "es": ""}, {OTHER: "The second paragraph."}),
    ],
)
def test_a_correction_changes_the_reported_part_and_nothing_else(repair, words, there, taught, cast):
    before = queries.current_edition(taught.uid)
    fixes = [Fix(BLOCK, language, repair, text) for language, text in words.items()]
    submission = agreed(reported(taught, cast["labor2"]), cast, fixes)
    after = queries.current_edition(taught.uid)
    old, new = read_editions([before.frozen_id, after.frozen_id]).values()
    if old.digest != before.frozen_id:
        old, new = new, old
    changed = {
        (change.name, change.id)
        for was, now in zip(old.all_pages, new.all_pages, strict=True)
        for language in was.versions
        for change in compare(was.versions[language], now.versions[language]).changed
    }
    assert changed == {("body", BLOCK)}
    assert texts_of(taught) == there
    assert after.number == before.number + 1 and submission.change_class == ChangeClass.EMERGENCY
    assert chain.problems(submission) == []


def test_a_warning_stands_before_the_part(taught, cast):
    fixes = [Fix(BLOCK, code, Repair.WARN, words) for code, words in SAFE.items()]
    agreed(reported(taught, cast["labor2"]), cast, fixes)
    assert list(texts_of(taught).values()) == [SAFE["en"], UNSAFE["en"], "The second paragraph."]
    assert list(texts_of(taught)) == [corrections.warning_id(BLOCK), BLOCK, OTHER]
    assert [block.block_type for block in lesson_of(taught).body] == ["safety", "text", "text"]


@given(
    parts=st.lists(st.text("abc é.", min_size=1), min_size=1, max_size=6),
    picked=st.sets(st.integers(0, 5)),
    repair=st.sampled_from(list(Repair)),
    words=st.text("xyz -*\n1.", min_size=1),
)
def test_whatever_is_corrected_nothing_outside_the_flagged_parts_changes(parts, picked, repair, words):
    blocks = [
        {"id": f"00000000-0000-4000-8000-{number:012d}", "type": "text", "value": f"<p>{text}</p>"}
        for number, text in enumerate(parts)
    ]
    snapshot = {**lesson_data(), "body": blocks}
    flagged = {blocks[number]["id"] for number in picked if number < len(blocks)}
    fixed = corrections.apply(snapshot, [Fix(id_, "en", repair, words) for id_ in flagged])
    warnings = {corrections.warning_id(id_) for id_ in flagged}
    assert {name: fixed[name] for name in fixed if name != "body"} == {
        name: snapshot[name] for name in snapshot if name != "body"
    }
    kept = [block for block in fixed["body"] if block["id"] not in flagged | warnings]
    assert kept == [block for block in blocks if block["id"] not in flagged]
    touched = {one.id for one in compare(snapshot, fixed).changed}
    assert touched <= flagged | warnings


@given(st.text("ab *_-1.[]()\n<>&é", max_size=60))
def test_plain_words_come_back_as_they_were_typed(text):
    html = plainly.to_html(text)
    assert plainly.to_html(plainly.to_text(html)) == plainly.to_html(
        plainly.to_text(plainly.to_html(plainly.to_text(html)))
    )
    assert "<script" not in html


def test_a_correction_of_anything_else_is_refused(taught, cast):
    report = reported(taught, cast["labor2"])
    with pytest.raises(Refused, match="only what was reported"):
        corrected(report, cast["designer"], rewrite(OTHER))
    with pytest.raises(Refused, match="only what was reported"):
        corrected(report, cast["designer"], [Fix(BLOCK, "fr", Repair.REMOVE)])
    with pytest.raises(ValueError, match="one part at least"):
        correct_danger(report=report, by=cast["designer"], fixes=[], wrong=WRONG, right=RIGHT)
    with pytest.raises(ValueError, match="Write the words"):
        corrected(report, cast["designer"], [Fix(BLOCK, "en", Repair.WRITE, " ")])
    with pytest.raises(Refused, match="already say"):
        corrected(report, cast["designer"], [Fix(BLOCK, "en", Repair.WRITE, UNSAFE["en"])])
    for name in ("labor1", "instructor1", "auditor", "outsider", "admin"):
        with pytest.raises(Refused, match="designer or a coordinator"):
            corrected(report, cast[name])
    assert not Submission.objects.filter(purpose=Purpose.EMERGENCY).exists()


def test_the_next_label_stays_in_its_line_and_the_agreement_needs_one_a_side(taught, curriculum, cast):
    label = queries.current_release(curriculum.uid).label
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    with pytest.raises(CannotSign):
        sign(submission=submission, by=cast["designer2"], position="support", digest=submission.digest)
    agree(submission, cast["labor1"])
    assert again(submission).outcome is None
    agree(submission, cast["management2"])
    assert again(submission).outcome == Outcome.APPROVED
    assert queries.current_release(curriculum.uid).label == f"{label}.1"


def test_a_correction_written_anew_replaces_the_one_before_both_sides(taught, cast):
    report = reported(taught, cast["labor2"])
    first = corrected(report, cast["designer"])
    second = corrected(report, cast["designer"], [Fix(BLOCK, code, Repair.REMOVE) for code in SAFE])
    assert again(first).outcome == Outcome.SUPERSEDED and second.round == 2
    other = reported(taught, cast["labor1"], blocks=[OTHER])
    with pytest.raises(Refused, match="Another correction"):
        corrected(other, cast["designer"], rewrite(OTHER))
    drop_correction(submission=second, by=cast["coordinator"], words="We ask the supplier first.")
    assert again(second).outcome == Outcome.WITHDRAWN
    assert corrected(other, cast["designer"], rewrite(OTHER))


def test_drafts_follow_where_they_still_say_the_unsafe_words(taught, cast):
    agreed(reported(taught, cast["labor2"]), cast)
    assert text_of(lesson_of(taught).body.get_prep_value()[0]["value"]) == SAFE["en"]
    spanish = LessonPage.objects.get(translation_key=lesson_of(taught).uid, locale__language_code="es")
    assert SAFE["es"] in spanish.body.get_prep_value()[0]["value"]
    last = Contribution.objects.filter(owner_uid=taught.uid).order_by("at").last()
    assert last.person == cast["designer2"].person


def test_a_draft_that_still_says_them_elsewhere_cannot_be_sent(taught, cast):
    change(lesson_of(taught), "On Mondays: wear gloves. Always.", cast["designer"])
    agreed(reported(taught, cast["labor2"]), cast)
    assert "On Mondays" in str(lesson_of(taught).body)
    agree(confirmation(taught), cast["labor2"], cast["management2"])
    with pytest.raises(Refused, match="still says words"):
        submit(page=taught, by=cast["designer"], proposal=Proposal(note="Mondays."))
    change(lesson_of(taught), "On Mondays too.", cast["designer"])
    assert submit(page=taught, by=cast["designer"], proposal=Proposal(note="Mondays."))


@pytest.mark.parametrize(
    ("words", "unsafe"),
    [
        ("MIX both, in a bucket!", True),
        ("On Mondays: mix both in a bucket.", True),
        ("We always mix both in a bucket here.", True),
        ("Never mix both in a bucket.", False),
        ("Wear gloves now.", False),
        ("Mix nothing.", False),
    ],
)
def test_unsafe_words_are_found_whatever_stands_around_them_and_right_ones_are_not(words, unsafe):
    old = lesson_data(words="Wear gloves now. Mix both in a bucket.")
    new = lesson_data(words="Wear gloves now. Mix nothing.")
    sentences = corrections.unsafe_sentences(old, new, [Fix(BLOCK, "en", Repair.WRITE)])
    assert sentences == {"mix both in a bucket"}
    if "Never" in words:
        new = lesson_data(words=words)
    assert corrections.still_says(lesson_data(words=words), sentences, new) == unsafe


def test_nothing_else_of_the_module_is_sent_while_a_correction_waits(taught, cast):
    change(lesson_of(taught), "Wear clean gloves.", cast["designer"], block=1)
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    with pytest.raises(Refused, match="before both sides now"):
        submit(page=taught, by=cast["designer"], proposal=Proposal(note="Clean."))
    agree(submission, cast["labor1"], cast["management1"])
    with pytest.raises(Refused, match="waits to be confirmed"):
        submit(page=taught, by=cast["designer"], proposal=Proposal(note="Clean."))


def test_an_ordinary_text_that_was_open_is_stale_and_its_designer_sends_it_again(taught, cast):
    change(lesson_of(taught), "A better second paragraph.", cast["designer"], block=1)
    ordinary = submit(page=taught, by=cast["designer"], proposal=Proposal(note="Better."))
    agreed(reported(taught, cast["labor2"]), cast)
    with pytest.raises(CannotSign, match="newer course text"):
        agree(ordinary, cast["labor1"])
    agree(confirmation(taught), cast["labor2"], cast["management2"])
    newer = put_newer_text(submission=ordinary, by=cast["designer"], proposal=Proposal(note="Better."))
    agree(newer, cast["labor1"], cast["management1"])
    assert texts_of(taught) == {BLOCK: SAFE["en"], OTHER: "A better second paragraph."}


# Reaching both sides


def unreached(submission, cast, side="management", times=2):
    for _number in range(times):
        log_contact(submission=submission, by=cast["coordinator"], side=side, way="call", reached=False)


def days_later(monkeypatch, hours):
    now = timezone.now() + timedelta(hours=hours)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_scenario_7_one_side_unreachable_the_emergency_path_logs_attempts_and_ratifies_later(
    taught, curriculum, cast, monkeypatch
):
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    agree(submission, cast["labor1"])
    acts = {"submission": submission, "by": cast["coordinator"], "side": "management", "words": "People are at work."}
    with pytest.raises(CannotStandIn, match="2 more times"):
        stand_in(**acts)
    unreached(submission, cast)
    with pytest.raises(CannotStandIn, match="counted from the first"):
        stand_in(**acts)
    days_later(monkeypatch, 25)
    stand_in(**acts)
    kinds = [entry.kind for entry in again(submission).entries.all()]
    assert kinds == ["position", "contact", "contact", "authorization", "decision"]
    assert again(submission).outcome == Outcome.APPROVED and chain.problems(again(submission)) == []
    ratify = confirmation(taught)
    agree(ratify, cast["labor2"])
    assert again(ratify).outcome is None
    agree(ratify, cast["management1"])
    assert again(ratify).outcome == Outcome.RATIFIED
    assert texts_of(taught)[BLOCK] == SAFE["en"]


def test_nobody_stands_in_for_both_sides_nor_for_one_that_was_reached_or_answered(taught, cast, monkeypatch):
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    unreached(submission, cast, "labor")
    unreached(submission, cast, "management")
    days_later(monkeypatch, 48)
    acts = {"submission": submission, "by": cast["coordinator"], "words": "It cannot wait."}
    stand_in(**acts, side="management")
    assert again(submission).outcome is None
    with pytest.raises(CannotStandIn, match="already"):
        stand_in(**acts, side="labor")
    assert not Decision.objects.filter(submission=submission).exists()
    agree(submission, cast["labor2"])
    assert again(submission).outcome == Outcome.APPROVED


def test_a_side_that_was_reached_answers_for_itself(taught, cast, monkeypatch):
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    unreached(submission, cast)
    log_contact(submission=submission, by=cast["coordinator"], side="management", way="call", reached=True)
    days_later(monkeypatch, 48)
    acts = {"submission": submission, "by": cast["coordinator"], "words": "It cannot wait."}
    with pytest.raises(CannotStandIn, match="was reached"):
        stand_in(**acts, side="management")
    sign(
        submission=submission,
        by=cast["labor1"],
        position=Position.REQUEST_CHANGES,
        digest=submission.digest,
        words="Say how long.",
    )
    with pytest.raises(CannotStandIn, match="answered for itself"):
        stand_in(**acts, side="labor")


def test_only_a_coordinator_logs_and_stands_in_and_only_in_an_emergency(taught, cast):
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    for name in set(cast) - {"coordinator"}:
        acts = {"submission": submission, "by": cast[name], "side": "labor"}
        with pytest.raises(CannotStandIn):
            log_contact(**acts, way="call", reached=False)
        with pytest.raises(CannotStandIn):
            stand_in(**acts, words="Because.")
    agree(submission, cast["labor1"], cast["management1"])
    with pytest.raises(CannotStandIn, match="safety corrections only"):
        unreached(confirmation(taught), cast)
    assert not Entry.objects.filter(kind__in=(EntryKind.CONTACT, EntryKind.AUTHORIZATION)).exists()


# Confirming, or taking away


def test_confirmed_in_time_the_line_stays_quietly(taught, cast):
    agreed(reported(taught, cast["labor2"]), cast)
    ratify = confirmation(taught)
    assert [item.based_on for item in ratify.items.all()] == [item.frozen_id for item in ratify.items.all()]
    say_what_was_learned(submission=ratify, by=cast["labor1"], words="Order forms hid the length.")
    agree(ratify, cast["labor1"], cast["management1"])
    assert again(ratify).outcome == Outcome.RATIFIED
    standing = safety.standing_over(taught.uid, lesson_of(taught).uid)
    assert [(one.kind, one.cause) for one in standing] == [(NoticeKind.CORRECTION, "confirmed")]
    assert lapse_unratified(timezone.localdate() + timedelta(days=60)) == 0
    with pytest.raises(Refused):
        say_what_was_learned(submission=ratify, by=cast["labor1"], words="Too late.")


def test_not_confirmed_in_time_the_page_is_taken_away_and_never_goes_back(taught, curriculum, cast):
    agreed(reported(taught, cast["labor2"]), cast)
    ratify = confirmation(taught)
    agree(ratify, cast["labor1"])
    assert lapse_unratified(due_on(ratify)) == 0
    assert lapse_unratified(due_on(ratify) + timedelta(days=1)) == 1
    assert lapse_unratified(due_on(ratify) + timedelta(days=1)) == 0
    assert again(ratify).outcome == Outcome.LAPSED
    with pytest.raises(CannotSign, match="ended without"):
        agree(ratify, cast["management1"])
    kinds = [one.kind for one in safety.standing_over(taught.uid, lesson_of(taught).uid)]
    assert NoticeKind.WITHDRAWN in kinds
    hidden = next(one for one in PageNotice.objects.filter(kind=NoticeKind.WITHDRAWN, lifted=None))
    with pytest.raises(Refused, match="both sides have agreed"):
        take_away(notice=hidden, by=cast["coordinator"])
    change(lesson_of(taught), "Do not touch the acid.", cast["designer"])
    newer = submit(page=taught, by=cast["designer"], proposal=Proposal(note="No acid.", releases=(curriculum.uid,)))
    agree(newer, cast["labor1"], cast["management1"])
    over = [one.kind for one in safety.standing_over(taught.uid, lesson_of(taught).uid)]
    assert NoticeKind.WITHDRAWN not in over


def test_an_older_version_of_a_corrected_page_is_covered_for_good(taught, cast):
    agreed(reported(taught, cast["labor2"]), cast)
    agree(confirmation(taught), cast["labor1"], cast["management1"])
    older = PageNotice.objects.get(kind=NoticeKind.WITHDRAWN)
    assert older.lifted.number == queries.current_edition(taught.uid).number


def test_a_warning_is_laid_in_every_language_and_goes_with_the_correction(taught, cast):
    page = lesson_of(taught).uid
    acts = {"module_uid": taught.uid, "page_uid": page}
    texts = {"en": "Ask first.", "es": "Pregunte antes."}
    for name in set(cast) - {"coordinator"}:
        with pytest.raises(Refused):
            warn(**acts, by=cast[name], texts=texts)
    with pytest.raises(ValueError, match="every language"):
        warn(**acts, by=cast["coordinator"], texts={"en": "Ask first."})
    notice = warn(**acts, by=cast["coordinator"], texts=texts)
    report = reported(taught, cast["labor2"])
    with pytest.raises(Refused, match="still open"):
        take_away(notice=notice, by=cast["coordinator"])
    agreed(report, cast)
    assert [one.kind for one in safety.standing_over(taught.uid, page)] == [NoticeKind.CORRECTION]


def test_a_report_that_was_corrected_is_closed_and_its_prints_are_listed(taught, curriculum, cast):
    label = queries.current_release(curriculum.uid).label
    report = reported(taught, cast["instructor1"])
    submission = agreed(report, cast)
    report = SafetyReport.objects.get(pk=report.pk)
    assert report.closed.submission_id == submission.pk
    [one] = reprints(submission)
    assert (one.label, one.instead) == (label, f"{label}.1")


def test_the_findings_of_a_draft_cost_the_same_however_often_it_was_corrected(
    taught, cast, django_assert_max_num_queries
):
    for number, block in enumerate((BLOCK, OTHER)):
        words = {code: f"{text} {number}" for code, text in SAFE.items()}
        agreed(reported(taught, cast["labor2"], blocks=[block]), cast, rewrite(block, words))
        agree(confirmation(taught), cast["labor2"], cast["management2"])
        draft = read_draft(type(taught).objects.get(pk=taught.pk))
        with django_assert_max_num_queries(8):
            assert unsafe.findings(draft) == []


def test_what_is_asked_and_answered_is_in_the_manifest_that_is_signed(taught, cast):
    submission = corrected(reported(taught, cast["labor2"]), cast["designer2"])
    about = submission.frozen.content["about"]
    assert about["texts"]["es"] == {"wrong": WRONG["es"], "right": RIGHT["es"]}
    assert {(fix["block"], fix["repair"]) for fix in about["fixes"]} == {(BLOCK, "write")}
    assert {item.kind for item in submission.items.all()} == {FrozenKind.EDITION, FrozenKind.RELEASE}
