"""The main job, end to end: from a designer's editor through both keys to a learner's phone."""

from tests.browser.steps import (
    COURSE,
    answer,
    edit,
    send,
    soon,
    text_of,
    verified,
)
from tests.browser.window import PHONE

CHEMICALS = ("Chemicals and safer choices", "Dilution and secondary containers")
DILUTION = "chemicals-and-safer-choices/dilution-and-secondary-containers/"
NEW = "Ask your lead where the dispenser is before you pour."


def test_from_a_draft_to_a_learners_phone(visit, site):
    learner = visit("learner1", width=PHONE)
    learner.goto(COURSE + DILUTION)
    assert NEW not in text_of(learner)

    designer = visit("designer")
    edit(designer, *CHEMICALS, NEW)
    assert NEW in text_of(designer, ".changes ins")
    assert designer.get_by_label("Use it in Green Custodial 2026.2").is_checked()
    room = send(designer, "Crews asked where it is.")

    labor = visit("labor1", width=PHONE)
    labor.goto("/review/")
    labor.get_by_role("link", name=CHEMICALS[0]).click()
    assert labor.url == room
    assert NEW in text_of(labor, ".changes ins")
    assert "Once both sides agree, it is used in Green Custodial 2026.2." in text_of(labor)
    answer(labor, "Your answer is in the record: waiting for management.")

    learner.reload()
    assert NEW not in text_of(learner)

    management = visit("management1")
    management.goto(room)
    answer(management, "Learners read it from now on in Green Custodial 2026.2.")
    soon(learner, NEW)

    old = visit(width=PHONE)
    answered = old.goto(f"{COURSE}releases/2026.1/{DILUTION}")
    assert answered.headers["x-robots-tag"] == "noindex"
    assert NEW not in text_of(old)
    assert "This is course text 2026.1. There is a newer course text." in text_of(old)
    assert "Sample. No union, department or medical director has reviewed this." in text_of(old, "body")

    for reader, version, outcome in ((learner, 2, "Both sides agreed,"), (old, 1, "there is newer text since,")):
        reading = reader.url
        for told in (verified(reader), _course_text(reader, reading)):
            assert outcome in told and "Sample Local 100" in told and "Sample County Departments" in told
        assert f"Course text 2026.{version} Green Custodial" in text_of(reader)
        assert f"{CHEMICALS[0]}, version {version}" in text_of(reader)

    old.goto(f"{COURSE}releases/2026.1/{DILUTION}")
    old.get_by_role("link", name="Read the newer one").click()
    assert old.url == site.url + COURSE + DILUTION
    assert NEW in text_of(old)


def _course_text(page, reading: str) -> str:
    """What is told of the course text that a lesson stands in."""
    page.goto(reading)
    page.get_by_role("contentinfo").get_by_role("link", name="See what was agreed").click()
    page.get_by_role("heading", name="How you can be sure").wait_for()
    return text_of(page)


def test_a_change_is_asked_for_and_newer_text_takes_its_place(visit):
    """Nobody signs what was replaced while they were reading."""
    module, lesson = "Green cleaning methods", "Restrooms"
    first, better = "Close the door first.", "Put the sign at the door first."
    designer = visit("designer")
    edit(designer, module, lesson, first)
    room = send(designer, "It was not said where to begin.")

    management = visit("management1")
    management.goto(room)
    management.get_by_role("link", name="Please change", exact=True).click()
    management.get_by_role("button", name="Ask for this change").click()
    assert management.url.startswith(f"{room}answer/"), "a request without a reason is not sent"
    management.get_by_label("What should change?").fill("Say sign, not door: visitors read the sign.")
    management.get_by_role("button", name="Ask for this change").click()
    assert "The designer sees what should change." in text_of(management)

    labor = visit("labor1")
    labor.goto(room)
    assert "Say sign, not door: visitors read the sign. Mei Nakamura, for management" in text_of(labor)
    labor.get_by_role("link", name="I agree", exact=True).click()
    shown = labor.url

    designer.goto("/write/")
    row = designer.locator(".module-row", has_text=module)
    assert "Under review" in row.inner_text() and "change" in row.inner_text()
    edit(designer, module, lesson, better, instead_of=first)
    assert "The draft has moved on since" not in text_of(designer)
    assert "both sides start again with empty answers" in text_of(designer)
    newer = send(designer, "It says sign now.")
    assert newer != room

    assert labor.url == shown
    labor.get_by_role("button", name="I agree", exact=True).click()
    said = text_of(labor)
    assert "Nothing was signed" in said and "Newer text" in said
    labor.get_by_role("link", name="Read the change").click()
    assert labor.url == f"{newer}?since=round"
    assert "sign" in text_of(labor, ".changes ins >> nth=0")
    assert "waiting for labor" in text_of(labor, ".sides") and "waiting for management" in text_of(labor, ".sides")
    answer(labor, "waiting for management")
    management.goto(newer)
    answer(management, "Both sides agreed.")
    reader = visit(width=PHONE)
    reader.goto(f"{COURSE}green-cleaning-methods/restrooms/")
    assert better in text_of(reader) and first not in text_of(reader)


def test_small_fixes_are_signed_together_in_one_tap(visit):
    fixes = (
        ("Floors and machines", "Sweep, dust-mop, damp-mop", "Take your time.", True),
        ("Waste, water and energy", "Sort it right", "Take a good look.", False),
    )
    designer = visit("designer2")
    for module, lesson, words, carried in fixes:
        edit(designer, module, lesson, words)
        assert "This counts as: Small fix" in text_of(designer)
        carrier = designer.get_by_label("Use it in Green Custodial")
        carrier.set_checked(carried)
        send(designer, "A friendlier end.")

    for who in ("labor2", "management2"):
        reviewer = visit(who, width=PHONE)
        reviewer.goto("/review/")
        assert all(words in text_of(reviewer, ".small-fixes") for _module, _lesson, words, _carried in fixes)
        reviewer.get_by_role("button", name="I agree to all 2").click()
        assert "You agreed to 2 small fixes." in text_of(reviewer)
        assert "Small fixes" not in text_of(reviewer)
    reader = visit()
    reader.goto(f"{COURSE}floors-and-machines/sweep-dust-mop-damp-mop/")
    assert "Take your time." in text_of(reader)
    reader.goto(f"{COURSE}waste-water-energy/sort-it-right/")
    assert "Take a good look." not in text_of(reader)
