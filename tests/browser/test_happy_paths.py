"""How many screens and taps the ordinary day of each role costs. More than this is a step back."""

import re

import pytest

from tests.browser.pages import EVENING
from tests.browser.steps import COURSE, edit, text_of, write_sentence
from tests.browser.walk import Walk
from tests.browser.window import PHONE

SITE = "busy"
LESSON = f"{COURSE}safe-respected-ready/body-mechanics-and-preventing-strain/"


def test_a_reader_without_account_needs_one_screen_and_no_tap(visit):
    page = visit(width=PHONE)
    walk = Walk(page)
    walk.start(LESSON)
    assert (walk.screens, walk.taps) == (1, 0)
    words = page.locator(".lesson-body p").first
    words.scroll_into_view_if_needed()
    covered = (
        "one => { const box = one.getBoundingClientRect();"
        " return !one.contains(document.elementFromPoint(box.x + 5, box.y + 5)) }"
    )
    assert not words.evaluate(covered), "something lies over the lesson"
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("who", "state", "told"),
    [
        ("labor1", "again", "Your answer is in the record: waiting for management."),
        ("management1", "half", "Both sides agreed."),
    ],
)
def test_a_reviewer_needs_two_screens_and_two_taps(visit, places, who, state, told):
    """Their link opens the room: what changed; then the screen that asks once more."""
    page = visit(who, width=PHONE)
    walk = Walk(page)
    walk.start(f"/review/{places['rooms'][state]}/")
    assert page.locator(".changes ins").first.is_visible()
    walk.tap(page.get_by_role("link", name="I agree", exact=True))
    walk.tap(page.get_by_role("button", name="I agree", exact=True))
    assert told in text_of(page, ".messages")
    assert (walk.screens, walk.taps) == (2, 2)


def test_a_designer_needs_three_screens_and_three_taps(visit):
    """My modules, the lesson where they left off, *Send for agreement* with one sentence."""
    module, lesson = "Safe, respected, ready", "Body mechanics and preventing strain"
    page = visit("designer")
    edit(page, module, lesson, "Bend your knees.")
    walk = Walk(page)
    walk.start("/write/")
    walk.tap(page.get_by_role("region", name="Where you left off").get_by_role("link", name=lesson))
    write_sentence(page, "Ask for help with what is heavy.")
    walk.tap(page.get_by_role("button", name="Send for agreement"))
    page.get_by_label("What changed and why").fill("Crews asked for it.")
    walk.tap(page.get_by_role("button", name="Send to labor and management"))
    assert "Sent to labor and management" in text_of(page, ".messages")
    assert (walk.screens, walk.taps) == (3, 3)


@pytest.mark.parametrize("start", ["/", "/es/", "/demo/"])
def test_each_of_the_doors_is_one_tap(visit, start):
    language = "es-MX" if start == "/es/" else "en-US"
    for door, place in enumerate(("/write/", "/review/", "/review/", "/teach/", EVENING)):
        page = visit(width=PHONE, language=language)
        walk = Walk(page)
        walk.start(start)
        walk.tap(page.locator(".doors .door").nth(door))
        page.wait_for_url(re.compile(f"{re.escape(place)}$"))
        assert page.locator("html").get_attribute("lang") == language[:2]
        assert walk.taps == 1
