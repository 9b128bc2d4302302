"""The screens that the guides show. HIGHROAD_SCREENSHOTS=1 takes their pictures anew.

Without it each screen is still opened and must show the heading its picture has, so that a guide never shows a screen
that is gone. More pictures are taken on the way of tests/browser/test_review_journeys.py.
"""

import re

import pytest

from tests.browser.pages import DILUTION, addressed
from tests.browser.pictures import IMAGES, TAKE, save
from tests.browser.site import ROOT
from tests.browser.steps import open_lesson, write_sentence
from tests.browser.test_review_journeys import PICTURES
from tests.browser.window import DESK, PHONE

SITE = "busy"


def plain(page, address):
    page.goto(address)


def editor(page, address):
    page.goto("/write/")
    open_lesson(page, "Chemicals and safer choices", "Dilution and secondary containers")


def preview(page, address):
    editor(page, address)
    write_sentence(page, "Ask your lead first.")
    page.get_by_role("button", name="Toggle preview").click()
    page.frame_locator("#w-preview-iframe").get_by_text("Ask your lead first.").wait_for()


def sending(page, address):
    page.goto(address)
    page.get_by_label("What changed and why").fill("Crews asked whom to ask.")
    page.get_by_label("Use it in Green Custodial").check()


def desk_to_fixes(page, address):
    page.goto(address)
    page.locator("#small-fixes").scroll_into_view_if_needed()


def changes(page, address):
    page.goto(address)
    page.locator(".change").first.evaluate("one => one.scrollIntoView({block: 'center'})")


def reason(page, address):
    page.goto(address)
    page.get_by_label("What should change?").fill("Say whom to ask: the lead, or the nurse in charge.")


def word(page, address):
    page.goto(address)
    button = page.locator("button.word").first
    button.evaluate("one => one.scrollIntoView({block: 'center'})")
    button.click()


def check(page, address):
    page.goto(address)
    question = page.locator(".block-check").first
    question.locator(".answer").nth(1).click()
    question.evaluate("one => one.scrollIntoView({block: 'center'})")


def station(page, address):
    page.goto(address)
    page.get_by_text("No line needed").wait_for()
    page.get_by_role("link", name="Terrence").click()
    page.locator(".point").nth(0).get_by_text("Met", exact=True).click()
    page.locator(".point").nth(1).get_by_text("Not yet", exact=True).click()


def third_look(page, address):
    page.goto(address)
    page.get_by_role("heading", name="Third look").evaluate("one => one.scrollIntoView({block: 'start'})")


def safety(page, address):
    page.goto(address)
    page.locator(".block-safety").first.evaluate("one => one.scrollIntoView({block: 'center'})")


ROOM = "/review/{rooms[again]}/"
#: {picture: (who, width, how to get there, address, words that must be on screen)}
SCREENS = {
    "my-modules": ("designer", DESK, plain, "/write/", "Where you left off"),
    "editor": ("designer", DESK, editor, "", "Send for agreement"),
    "preview": ("designer", DESK, preview, "", "Send for agreement"),
    "send": ("designer", DESK, sending, "/send/{drafts[unsent]}/", "What changed and why, in one sentence"),
    "desk": ("labor1", PHONE, plain, "/review/", "Waits for you"),
    "small-fixes": ("labor1", PHONE, desk_to_fixes, "/review/", "I agree to all 2"),
    "changes": ("labor1", PHONE, changes, ROOM, "Please change"),
    "please-change": ("labor1", PHONE, reason, f"{ROOM}answer/?position=request_changes", "Ask for this change"),
    "safety": ("", PHONE, safety, DILUTION, "Never put a chemical in a cup or a drink bottle."),
    "word": ("", PHONE, word, DILUTION, "Mixing with water to the right strength"),
    "check": ("", PHONE, check, DILUTION, "Check yourself"),
    "station": ("assessor1", PHONE, station, "{station}", "Not yet"),
    "third-look": ("instructor1", PHONE, third_look, "{third_look}", "Decide this try"),
    "lesson-es": ("", PHONE, plain, f"/es{DILUTION}", "min de lectura"),
    "check-es": ("", PHONE, check, f"/es{DILUTION}", "Sí, esa es."),
}


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_as_its_picture_says(visit, places, name):
    who, width, way, address, words = SCREENS[name]
    page = visit(who, width=width)
    way(page, addressed(address, places))
    assert page.get_by_text(words).or_(page.get_by_role("button", name=words)).first.is_visible()
    if TAKE:
        assert save(page, name).stat().st_size <= 60 * 1024


def test_every_picture_stands_in_a_guide():
    guides = "".join(guide.read_text("utf-8") for guide in (ROOT / "docs" / "guides").glob("*.md"))
    shown = set(re.findall(r"!\[[^\]]+\]\(images/([\w-]+)\.png\)", guides))
    assert shown == {*SCREENS, *PICTURES} == {picture.stem for picture in IMAGES.glob("*.png")}
