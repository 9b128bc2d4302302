"""Every screen, on a phone and at a desk, in light and dark: nothing that axe knows to shut somebody out."""

import re

import pytest

from tests.browser import axe
from tests.browser.pages import OTHERS, REVIEWER, addressed, public
from tests.browser.window import DESK, HEIGHTS, PHONE

SITE = "busy"
SCREENS = public() | REVIEWER | OTHERS


def in_every_light(page) -> list[str]:
    """Violations at both widths and in both lights. Colors are all that a light changes."""
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        for light, only in (("light", ()), ("dark", ("color-contrast",))):
            page.emulate_media(color_scheme=light)
            found += [f"{width} px, {light}: {one}" for one in axe.violations(page, *only)]
    return found


@pytest.fixture
def look(visit):
    """look(who, address) is a page that axe can look at, everything on it unfolded."""

    def open_one(who, address, **more):
        page = visit(who, width=PHONE, **more)
        axe.load(page)
        page.goto(address)
        page.evaluate(axe.UNFOLD)
        return page

    return open_one


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen(look, places, name):
    who, address = SCREENS[name]
    found = in_every_light(look(who, addressed(address, places)))
    assert not found, "\n".join(found)


def test_what_opens_over_a_lesson(look, places):
    page = look("", places["every_block"])
    page.locator(".bar button").click()
    assert not axe.violations(page)
    page.keyboard.press("Escape")
    page.locator("button.word").first.click()
    assert not axe.violations(page)
    page.keyboard.press("Escape")
    page.locator(".answer input").last.check()
    found = in_every_light(page)
    assert not found, "\n".join(found)


def test_what_is_said_after_an_answer(look, places):
    page = look("labor2", f"/review/{places['rooms']['half']}/answer/?position=request_changes")
    page.get_by_label("What should change?").fill("A word.")
    page.get_by_role("button", name="Ask for this change").click()
    found = in_every_light(page)
    page.goto(f"/review/{places['rooms']['ended']}/answer/?position=support")
    found += in_every_light(page)
    assert not found, "\n".join(found)


def test_the_first_run_and_what_follows(look, visit, serve):
    """A real installation: three questions, the editor, invitations, the way in of somebody invited, signing in."""
    real = serve("blank", HIGHROAD_DEMO="0")
    link = re.search(r"http\S+?(/first-run/\S+)", real.manage("first_run"))[1]
    page = look("", link, on=real)
    found = in_every_light(page)
    page.get_by_label("Your name").fill("Ana Rivera")
    page.get_by_label("A short name to sign in with").fill("ana")
    page.get_by_label("Choose a password").fill("three plain words")
    page.get_by_label("What is your training center called?").fill("Valley Center")
    page.get_by_role("button").last.click()
    page.get_by_role("heading", name="Who agrees on what is taught?").wait_for()
    found += in_every_light(page)
    for side, party in (("labor", "Local 100"), ("management", "Valley County")):
        page.locator(f"[name={side}-party]").fill(party)
        page.locator(f"[name={side}-name]").fill(f"{party} reader")
    page.get_by_role("button", name="On").or_(page.locator("form.screen button.button-main")).first.click()
    page.get_by_role("heading", name="What do you start from?").wait_for()
    found += in_every_light(page)
    page.get_by_label("blank", exact=False).first.check()
    page.get_by_role("button", name="Set up and start writing").click()
    page.get_by_text("Everything is ready, and this lesson is open for writing.").wait_for()
    page.goto("/invitations/")
    found += in_every_light(page)
    welcome = page.locator(".link-to-copy").first.input_value()
    for address in ("/", "/accounts/login/", welcome.removeprefix(real.url)):
        found += in_every_light(look("", address, on=real))
    assert not found, "\n".join(found)
