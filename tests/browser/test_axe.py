"""Every screen, on a phone in light and dark and at a desk: nothing that axe knows to shut somebody out."""

import pytest

from tests.browser import axe
from tests.browser.pages import OTHERS, REVIEWER, addressed, public
from tests.browser.steps import set_up
from tests.browser.window import DESK, HEIGHTS, PHONE

SITE = "busy"
SCREENS = public() | REVIEWER | OTHERS


def in_every_light(page) -> list[str]:
    """Violations at both widths, and in both lights on a phone. Colors are all that a light changes."""
    found = []
    for width, light, only in ((DESK, "light", ()), (PHONE, "light", ()), (PHONE, "dark", ("color-contrast",))):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
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
        axe.unfold(page)
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


def test_the_first_run_and_what_follows(look, real):
    """A real installation: three questions, invitations, the way in of somebody invited, signing in."""
    page = look("", "/", on=real)
    found = [one for _screen in set_up(page, real.first_run) for one in in_every_light(page)]
    invited = page.locator(".link-to-copy").first.input_value()
    for address in ("/", "/accounts/login/", invited):
        found += in_every_light(look("", address, on=real))
    assert not found, "\n".join(found)
