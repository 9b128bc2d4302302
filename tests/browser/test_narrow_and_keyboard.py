"""The narrowest phone, no mouse, no script, no color screen: everybody reads, and both sides can answer."""

import pytest

from tests.browser.pages import DILUTION, OTHERS, PUBLIC, REVIEWER, addressed, public
from tests.browser.steps import set_up, text_of
from tests.browser.window import NARROW, PHONE

SITE = "busy"
SCREENS = public() | REVIEWER | OTHERS
#: Screens without a word of what anybody agreed on.
ABOUT_NO_AGREEMENT = (
    "demo",
    "verify",
    "verify in Spanish",
    "verify unknown",
    "check a credential",
    "sign in",
    "sign in by code",
    "forgotten password",
    "missing",
    "missing elsewhere",
    "saved",
    "saved in Spanish",
    "not connected",
    "join",
    "search",
    "search found nothing",
    "own account",
    "second step",
    "sign out",
    "nothing for an outsider",
)

#: What reaches over the right edge, unless it scrolls by itself or is hidden from sight.
TOO_WIDE = """() => {
    document.querySelectorAll('details').forEach(part => part.open = true);
    const wide = document.documentElement.clientWidth;
    const inside = one => { for (let up = one; up && up !== document.body; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (['auto', 'scroll'].includes(style.overflowX) || style.clipPath !== 'none') return true;
    } };
    const found = [...document.querySelectorAll('body *')].filter(
        one => one.getBoundingClientRect().right > wide + 1 && one.checkVisibility() && !inside(one));
    const scrolls = document.documentElement.scrollWidth - wide;
    return [...(scrolls > 0 ? [`scrolls ${scrolls} px`] : []), ...found.map(one => one.outerHTML.slice(0, 120))];
}"""
#: The element in focus: its words, and whether its outline can be seen.
IN_FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const label = one.labels && one.labels.length ? one.labels[0].innerText : '';
    return [(label || one.innerText || '').trim().replace(/\\s+/g, ' '), one.tagName,
        style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
}"""


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_needs_scrolling_sideways(visit, places, name):
    who, address = SCREENS[name]
    page = visit(who, width=NARROW)
    page.goto(addressed(address, places))
    assert page.evaluate(TOO_WIDE) == []
    sample = page.locator(".sample-line")
    if name not in ABOUT_NO_AGREEMENT:
        assert sample.first.is_visible(), "what rests on invented agreements says so first"
        before = "one => [...document.body.children].indexOf(one) <= 1"
        assert sample.first.evaluate(before)


@pytest.mark.parametrize("name", [*REVIEWER, "my modules", "send", "demo", "story"])
def test_nor_in_spanish(visit, places, name):
    who, address = SCREENS[name]
    page = visit(who, width=NARROW, language="es-MX")
    page.goto(f"/language/es/?next={addressed(address, places).replace('?', '%3F').replace('&', '%26')}")
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.evaluate(TOO_WIDE) == []
    if who:
        page.goto("/language/en/")


def test_nor_in_the_first_run(visit, real):
    page = visit(on=real, width=NARROW)
    assert [page.evaluate(TOO_WIDE) for _screen in set_up(page, real.first_run)] == [[]] * 4


def tab_to(page, words: str, *, at_most: int = 60) -> int:
    """Press Tab until something that says `words` is in focus, its outline in sight. How often that was."""
    for times in range(1, at_most + 1):
        page.keyboard.press("Tab")
        said, tag, outlined = page.evaluate(IN_FOCUS)
        if tag != "BODY" and tag != "IFRAME":
            assert outlined, f"focus cannot be seen on {tag}: {said}"
        if said.startswith(words):
            return times
    raise AssertionError(f"{words!r} cannot be reached with Tab")


def test_a_reader_needs_no_mouse(visit):
    page = visit(width=PHONE)
    page.goto(DILUTION)
    assert tab_to(page, "Skip to the text") == 1
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    word = page.locator("button.word").first.inner_text()
    tab_to(page, word)
    page.keyboard.press("Enter")
    note = page.locator(".word-note:popover-open")
    assert note.is_visible()
    page.keyboard.press("Escape")
    assert not note.is_visible()
    tab_to(page, "1/2 ounce")
    page.keyboard.press("Space")
    assert page.locator(".feedback").first.is_visible()
    tab_to(page, "Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/never-mix-what-to-do-if-exposed/")
    tab_to(page, "Español")
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/curricula/**")


def test_a_reviewer_needs_no_mouse(visit, places):
    page = visit("labor1")
    page.goto("/review/")
    tab_to(page, "Floors and machines")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/review/{places['rooms']['again']}/")
    tab_to(page, "Please change")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer/**")
    tab_to(page, "What should change?")
    page.keyboard.type("Say it in fewer words.")
    tab_to(page, "Ask for this change")
    page.keyboard.press("Enter")
    page.get_by_text("Your answer is in the record.").wait_for()
    tab_to(page, "I agree")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer/**")
    tab_to(page, "I agree")
    page.keyboard.press("Enter")
    page.get_by_text("Your answer is in the record: waiting for management.").wait_for()


def test_a_lesson_reads_without_scripts(visit, places):
    page = visit(width=PHONE, script=False)
    page.goto(places["every_block"])
    assert "Words of the kind text." in text_of(page)
    assert "Not yet confirmed by an expert" in text_of(page)
    assert "Bring two bottles." not in page.content(), "what is for instructors never reaches a learner"
    check = page.locator(".block-check")
    assert not check.locator(".feedback").is_visible()
    check.locator(".answer", has_text="Water").click()
    assert "Look again: the marked answer is the one." in check.inner_text()
    check.locator(".answer", has_text="Gloves").click()
    assert "Yes, that is it." in check.inner_text()
    assert "Look again" not in check.inner_text()
    assert "Gloves come first, always." in check.inner_text()
    page.locator("button.word").first.click()
    note = page.locator(".word-note:popover-open")
    assert "Mixing with water" in note.inner_text()
    note.get_by_role("button", name="Close").click()
    page.locator(".bar button").click()
    page.get_by_role("link", name="Online application with support").click()
    page.wait_for_url("**/online-application-with-support/")
    assert not page.locator("[data-courtesy]").first.is_visible()


def test_paper_has_the_lesson_and_no_way_around(visit, places):
    page = visit()
    page.goto(places["every_block"])
    page.emulate_media(media="print")
    for gone in ("nav", "search", ".skip", ".masthead a:not(.brand)", "button:not(.word)"):
        for one in page.locator(gone).all():
            assert not one.is_visible(), f"{gone} is on paper"
    assert page.locator(".sample-line").is_visible()
    assert "Words of the kind text." in text_of(page)
    assert page.locator(".answer-key").first.is_visible()


def test_only_what_is_said_may_run(visit, site, places):
    """The Content-Security-Policy allows our own files and nothing inline, on every public screen."""
    for address in PUBLIC.values():
        answer = visit().request.get(site.url + addressed(address, places), max_redirects=0)
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'", address
        assert "unsafe" not in answer.headers["content-security-policy"]
