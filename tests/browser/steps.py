"""What people do on a screen, in their order. Everything is found as they find it: by its words."""

import re
import time

COURSE = "/curricula/green-custodial/"
#: Seconds from the second agreement to a learner's phone.
PROMPTLY = 2
TAKEN_IN = "said => [...document.querySelectorAll('input[name^=body]')].some(one => one.value.includes(said))"


def text_of(page, selector="main") -> str:
    """The words on screen, with single spaces."""
    return " ".join(page.locator(selector).inner_text().split())


def open_lesson(page, module: str, lesson: str) -> None:
    """From the designer's desk into Wagtail's editor."""
    row = page.locator(".module-row").filter(has=page.get_by_role("link", name=module, exact=True))
    children = row.locator("details")
    if children.get_attribute("open") is None:
        children.locator("summary").click()
    row.get_by_role("link", name=lesson, exact=True).click()
    page.get_by_role("heading", name="Objective").wait_for()


def write_sentence(page, sentence: str, *, block: int = 0) -> None:
    """Add a sentence to the end of a text block of the lesson in the editor.

    Wagtail's editor takes in what was typed a quarter of a second later; nobody's hand is quicker than that.
    """
    words = page.locator("[data-contentpath=body] .Draftail-Editor [contenteditable=true]").nth(block)
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {sentence}")
    page.wait_for_function(TAKEN_IN, arg=sentence)


def replace_sentence(page, old: str, new: str) -> None:
    """Put other words in the place of a sentence that `write_sentence` wrote at the end of a block."""
    words = page.locator("[data-contentpath=body] .Draftail-Editor [contenteditable=true]").filter(has_text=old)
    words.click()
    page.keyboard.press("Control+End")
    for _letter in old:
        page.keyboard.press("Backspace")
    page.keyboard.type(new)
    page.wait_for_function(TAKEN_IN, arg=new)


def go_to_sending(page) -> None:
    """The editor's button saves, then leads to the screen that sends."""
    page.get_by_role("button", name="Send for agreement").click()
    page.get_by_role("heading", name=re.compile("^(Send|Put newer text of) ")).wait_for()


def edit(page, module: str, lesson: str, sentence: str, *, instead_of: str = "") -> None:
    """From My modules through the editor to the screen that sends, with a sentence added or replaced."""
    page.goto("/write/")
    open_lesson(page, module, lesson)
    if instead_of:
        replace_sentence(page, instead_of, sentence)
    else:
        write_sentence(page, sentence)
    go_to_sending(page)


def send(page, why: str) -> str:
    """From the screen that sends to the room; its address."""
    page.get_by_label("What changed and why").fill(why)
    page.get_by_role("button", name="Send to labor and management").click()
    page.get_by_text("Sent to labor and management").wait_for()
    return page.url


def answer(page, told: str) -> None:
    """Agree: from the room through the screen that asks once more, to the message that says `told`."""
    page.get_by_role("link", name="I agree", exact=True).click()
    page.get_by_role("button", name="I agree", exact=True).click()
    assert told in text_of(page, ".messages")


def soon(page, sentence: str) -> float:
    """Read a page anew until it says `sentence`; how many seconds that took. Fails where it was not prompt."""
    began = time.monotonic()
    while sentence not in text_of(page):
        assert time.monotonic() - began < PROMPTLY, f"not there after {PROMPTLY} s: {sentence}"
        page.reload()
    return time.monotonic() - began


def verified(page) -> str:
    """What the page behind the fingerprint of a lesson's Details line says."""
    page.get_by_text("Details", exact=True).click()
    page.locator("details .fingerprint").click()
    page.get_by_role("heading", name="How you can be sure").wait_for()
    return text_of(page)


def set_up(page, link: str):
    """The first run of a real installation, stopping (`yield`) at each of its screens; it ends on the invitations."""
    page.goto(link)
    yield
    page.get_by_label("Your name").fill("Ana Rivera")
    page.get_by_label("A short name to sign in with").fill("ana")
    page.get_by_label("Choose a password").fill("three plain words")
    page.get_by_label("What is your training center called?").fill("Valley Center")
    page.locator("form.screen .button-main").click()
    page.get_by_role("heading", name="Who agrees on what is taught?").wait_for()
    yield
    for side, party in (("labor", "Local 100"), ("management", "Valley County")):
        page.locator(f"[name={side}-party]").fill(party)
        page.locator(f"[name={side}-name]").fill(f"A reader for {party}")
    page.locator("form.screen .button-main").click()
    page.get_by_role("heading", name="What do you start from?").wait_for()
    yield
    page.get_by_label("An empty lesson").check()
    page.get_by_role("button", name="Set up and start writing").click()
    page.get_by_text("Everything is ready, and this lesson is open for writing.").wait_for()
    page.goto("/invitations/")
    yield
