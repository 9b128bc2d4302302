"""What stops content on its way to a committee, what holds an agreement back, and what is only good to know."""

import pytest

from assessments.checks import check_assessment
from curriculum import checks
from curriculum.checks import Level
from curriculum.editions.freeze import Draft, Snapshot, read_draft
from curriculum.models import LessonPage, ModulePage
from curriculum.review.actions import Refused, sign, submit
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from tests.factories import add, assessment_data, lesson_data, save, text

NOTE = {"id": "n", "type": "content_note", "value": "<p>This is about injuries.</p>"}
SAFETY = {"id": "s", "type": "safety", "value": "<p>Never mix.</p>"}
PICTURE = {"id": "p", "type": "image", "value": {"image": {"sha256": "0" * 64, "ext": "png"}, "alt": "Gloves"}}


def caution(**value):
    cautions = [{"id": "c", "value": {"what": "<p>The dose.</p>", **value}}]
    return {"id": "f", "type": "facilitator", "value": {"text": "<p>Ask.</p>", "cautions": cautions}}


def version(language="en", **more):
    return {"uid": "u", **lesson_data(language=language, **more)}


def found(*versions):
    """{(level, language)} of what the rules of a lesson say."""
    findings = checks.check_lesson({data["language"]: data for data in versions})
    assert not any("%(" in finding.sentence for finding in findings)
    return {(finding.level, finding.language) for finding in findings}


def test_a_whole_lesson_passes_without_a_word():
    flags = ["content_note", "safety_critical"]
    body = [NOTE, text(1, "Wear gloves."), SAFETY, PICTURE, caution(confirmed_on="2026-01-01")]
    assert found(version(body=body, flags=flags), version("es", body=body)) == set()


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        ({"objective": ""}, {(Level.KNOW, "en")}),
        ({"flags": ["content_note"]}, {(Level.STOP, "en")}),
        ({"flags": ["content_note"], "body": [text(1, "Words"), NOTE]}, {(Level.STOP, "en")}),
        ({"flags": ["content_note"], "body": [NOTE]}, set()),
        ({"body": [SAFETY]}, {(Level.STOP, "en")}),
        ({"body": [SAFETY], "flags": ["safety_critical"]}, set()),
        ({"body": [{**PICTURE, "value": {"image": PICTURE["value"]["image"]}}]}, {(Level.STOP, "en")}),
        ({"body": [caution()], "flags": ["safety_critical"]}, {(Level.OPEN, "en")}),
        ({"body": [caution()]}, set()),
        ({"body": [caution(confirmed_on="2026-01-01")], "flags": ["safety_critical"]}, set()),
        ({"body": []}, set()),
    ],
)
def test_the_rules_of_a_lesson(lesson, expected):
    assert found(version(**lesson)) == expected


@pytest.mark.parametrize(
    "body",
    [
        [],
        [text(1, "Uno")],
        [text(2, "Dos"), text(1, "Uno")],
        [text(1, "Uno"), text(3, "Tres")],
        [text(1, "Uno"), {**text(2, "Dos"), "type": "try_it"}],
        [text(1, "Uno"), text(2, "Dos"), text(3, "Tres")],
    ],
)
def test_a_translation_has_the_same_parts_in_the_same_order(body):
    assert (Level.STOP, "es") in found(version(), version("es", body=body))


def test_a_picture_without_words_is_named_in_its_language():
    wordless = {**PICTURE, "value": {"image": PICTURE["value"]["image"]}}
    assert found(version(body=[PICTURE]), version("es", body=[wordless])) == {(Level.STOP, "es")}


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({}, False),
        ({"title": "Otra", "purpose": "Por qué"}, False),
        ({"passing": {"critical": "all", "others": "0.9", "consecutive": 2, "raters": 1}}, True),
        ({"passing": {"critical": "all", "others": "0.8", "consecutive": 2, "raters": 2}}, True),
        ({"graded": False}, True),
        ({"evidence": ["artifact"]}, True),
        ({"method": "portfolio"}, True),
        ({"valid_months": 12}, True),
        ({"criteria": assessment_data()["criteria"][:1]}, True),
        ({"criteria": assessment_data()["criteria"][::-1]}, True),
    ],
)
def test_languages_of_an_assessment_are_one_instrument(change, differs):
    source = {"uid": "u", **assessment_data()}
    spanish = {"uid": "u", **assessment_data("es"), **change}
    findings = check_assessment({"en": source, "es": spanish})
    assert [finding.level for finding in findings] == [Level.STOP] * differs


def test_a_criterion_that_is_critical_in_one_language_only_stops_it():
    spanish = {"uid": "u", **assessment_data("es")}
    first = spanish["criteria"][0]
    spanish["criteria"] = [{**first, "value": {**first["value"], "critical": False}}, spanish["criteria"][1]]
    [finding] = check_assessment({"en": {"uid": "u", **assessment_data()}, "es": spanish})
    assert "critical" in finding.sentence


def test_the_heaviest_comes_first():
    bodies = [[caution()], [SAFETY], [text(1, "Words")]]
    drafts = [
        Snapshot(str(number), {"uid": str(number), **lesson_data(body=body, objective="", flags=flags)})
        for number, (body, flags) in enumerate(zip(bodies, (["safety_critical"], [], []), strict=True))
    ]
    levels = [finding.level for finding in checks.run(Draft("m", "lesson", tuple(drafts)))]
    assert levels == [Level.STOP, Level.OPEN, Level.KNOW, Level.KNOW, Level.KNOW]


def test_a_module_without_a_lesson_has_nothing_to_agree_on(module, cast):
    LessonPage.objects.descendant_of(module).delete()
    with pytest.raises(Refused, match="no lesson yet") as refused:
        submit(page=module, by=cast["designer"], proposal=Proposal(note="Empty."))
    assert [finding.level for finding in refused.value.findings] == [Level.STOP]
    outline = add(
        module.get_parent().specific,
        ModulePage(slug="outline"),
        {"kind": "module", "language": "en", "title": "Outline", "code": "O1", "status": "outline"},
        cast["designer"],
    )
    assert checks.run(read_draft(outline)) == []


def test_what_stops_is_refused_before_anything_is_frozen(module, cast):
    lesson = LessonPage.objects.child_of(module).first()
    lesson.flags = ["content_note"]
    save(lesson, cast["designer"])
    with pytest.raises(Refused, match="content note must come first"):
        submit(page=module, by=cast["designer"], proposal=Proposal(note="Hard."))
    assert not module.workflow_in_progress


@pytest.mark.parametrize(
    "body",
    [
        [text(1, "Read this."), text(1, "Never seen.")],
        [{"id": "s", "type": "steps", "value": [{"id": "1", "value": "<p>A</p>"}, {"id": "1", "value": "<p>B</p>"}]}],
    ],
)
def test_two_parts_with_one_id_are_stopped_because_a_comparison_would_hide_one(body):
    draft = Draft("m", "lesson", (Snapshot("d", version(body=body)),))
    assert [finding.level for finding in checks.run(draft)] == [Level.STOP]


def test_an_open_caution_holds_real_people_back_and_lets_them_ask(module, cast, settings):
    """Invented people may go on, because everything of theirs says that it is a sample."""
    settings.HIGHROAD_DEMO = False
    lesson = LessonPage.objects.child_of(module).first()
    lesson.flags = ["safety_critical"]
    raw = lesson.body.get_prep_value() + [
        {
            "id": "00000000-0000-4000-8000-0000000000ff",
            "type": "facilitator",
            "value": {"text": "", "cautions": [{"type": "item", "id": "c", "value": {"what": "<p>The dose.</p>"}}]},
        }
    ]
    lesson.body = lesson.body.stream_block.to_python(raw)
    save(lesson, cast["designer"])
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    spanish.delete()
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Doses."))
    person = cast["labor1"]
    person.is_demo = False
    with pytest.raises(CannotSign, match="an expert must confirm"):
        sign(submission=submission, by=person, position="support", digest=submission.digest)
    sign(submission=submission, by=person, position="request_changes", digest=submission.digest, words="Confirm it.")
    sign(submission=submission, by=cast["management1"], position="support", digest=submission.digest)
