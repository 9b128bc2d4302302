"""The main job, end to end: from a designer's editor through both keys to a learner's phone."""

import re

from tests.browser.steps import COURSE, answer, go_to_sending, open_lesson, send, soon, text_of, write_sentence
from tests.browser.window import PHONE

MODULE, LESSON = "Chemicals and safer choices", "Dilution and secondary containers"
READ = "chemicals-and-safer-choices/dilution-and-secondary-containers/"
NEW = "Ask your lead where the dispenser is before you pour."


def test_from_a_draft_to_a_learners_phone(visit, site):
    learner = visit("learner1", width=PHONE)
    learner.goto(COURSE + READ)
    assert NEW not in text_of(learner)

    designer = visit("designer")
    designer.goto("/write/")
    open_lesson(designer, MODULE, LESSON)
    write_sentence(designer, NEW)
    go_to_sending(designer)
    assert NEW in text_of(designer, ".changes ins")
    assert designer.get_by_label("Use it in Green Custodial 2026.2").is_checked()
    room = send(designer, "Crews asked where it is.")

    labor = visit("labor1", width=PHONE)
    labor.goto("/review/")
    labor.get_by_role("link", name=MODULE).click()
    assert labor.url == room
    assert NEW in text_of(labor, ".changes ins")
    assert "Once both sides agree, it is used in Green Custodial 2026.2." in text_of(labor)
    answer(labor)
    assert "Your answer is in the record: waiting for management." in text_of(labor)

    learner.reload()
    assert NEW not in text_of(learner)

    management = visit("management1")
    management.goto(room)
    answer(management)
    assert "Learners read it from now on in Green Custodial 2026.2." in text_of(management)
    soon(learner, NEW)

    old = visit(width=PHONE)
    answered = old.goto(f"{COURSE}releases/2026.1/{READ}")
    assert answered.headers["x-robots-tag"] == "noindex"
    assert NEW not in text_of(old)
    assert "This is course text 2026.1. There is a newer course text." in text_of(old)
    assert "Sample. No union, department or medical director has reviewed this." in text_of(old, "body")

    for reader, label, version in ((learner, "2026.2", "2"), (old, "2026.1", "1")):
        story = _verified(reader)
        assert "Both sides agreed" in story
        assert f"Green Custodial {label}" in story
        assert f"version {version}" in story.casefold()

    old.goto(f"{COURSE}releases/2026.1/{READ}")
    old.get_by_role("link", name="Read the newer one").click()
    assert old.url == site.url + COURSE + READ
    assert NEW in text_of(old)


def _verified(page) -> str:
    """What the page behind the fingerprint of the Details line says."""
    page.get_by_text("Details", exact=True).click()
    page.locator("details .fingerprint").click()
    page.get_by_role("heading", name="How you can be sure").wait_for()
    return text_of(page)
