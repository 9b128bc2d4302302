"""Through the review room on foot: a steward's link, a comment, a stopped text, and two dangers.

Every screen on the way is looked at by axe and on the narrowest phone; those that the guides show are named.
"""

import json
import re

import pytest

from tests.browser import axe
from tests.browser.pictures import TAKE, save
from tests.browser.steps import COURSE, answer, open_lesson, soon, text_of
from tests.browser.test_narrow_and_keyboard import TOO_WIDE
from tests.browser.walk import Walk
from tests.browser.window import NARROW, PHONE

RUN = "from tests.browser import journeys; journeys.{}()"
#: {picture: words that are on its screen}. The guides show them; HIGHROAD_SCREENSHOTS=1 takes them anew.
PICTURES = {
    "way-in": "Ready to send",
    "another-answer": "Choose what fits.",
    "pin": "Choose a PIN",
    "comment": "Suggested wording",
    "editor-talk": "What becomes of it?",
    "comment-answered": "Taken in other words",
    "stop": "What would do instead?",
    "interests": "Confirm these words for my side",
    "table": "Labor stops it.",
    "hurt": "What could happen?",
    "correct": "What learners are told",
    "corrected": "What was wrong:",
    "confirm": "the old words never come back",
    "withdrawn": "the page is not shown",
}
STEWARD = "Ruben Ortega"
UNCLEAR = "Ask before you start when something here is not clear."
SUGGESTED = "Ask your lead, or the nurse in charge, before you start."
#: The page that turns out to be dangerous, and what it says afterwards.
DANGER = ("Floors and machines", "Auto-scrubber and burnisher")
DANGEROUS = f"{COURSE}floors-and-machines/auto-scrubber-and-burnisher/"
SAFE = "Unplug the machine before you touch the pads."
SAFE_ES = "Desconecte la máquina antes de tocar los discos."


@pytest.fixture(scope="module")
def site(serve):
    return serve("demo", "shell", "--no-imports", "--command", RUN.format("make"))


@pytest.fixture
def visit(visit):
    """As everywhere, in a window that axe can look at."""

    def open_one(*who, **more):
        page = visit(*who, **more)
        axe.load(page)
        return page

    return open_one


@pytest.fixture
def look():
    """look(page, picture) checks the screen a journey is on; at its end nothing may have been found.

    What is folded is open afterwards.
    """
    found = []

    def at(page, picture: str = "", *, within: str = "", place=None):
        if place:
            place.evaluate("one => one.scrollIntoView({block: 'center'})")
        if picture:
            assert page.get_by_text(PICTURES[picture]).first.is_visible(), picture
            if TAKE:
                assert save(page, picture).stat().st_size <= 60 * 1024, picture
        axe.unfold(page)
        found.extend(f"{page.url}: {one}" for one in axe.violations(page, within=within))
        if not within:
            size = page.viewport_size
            page.set_viewport_size({"width": NARROW, "height": size["height"]})
            found.extend(f"{page.url}, {NARROW} px: {one}" for one in page.evaluate(TOO_WIDE))
            page.set_viewport_size(size)

    yield at
    assert not found, "\n".join(found)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def follow(page, name: str) -> None:
    page.get_by_role("link", name=name).click()


def test_a_steward_comes_by_a_link_and_agrees_with_a_note(visit, places, look):
    """Few taps from the message to the answer, on a phone, without an account to remember."""
    host = visit("coordinator")
    host.goto(places["rooms"]["note"])
    follow(host, "Send somebody a way in")
    look(host)
    press(host, f"Send {STEWARD} a way in")
    look(host, "way-in")
    message = host.get_by_label("Ready to send").input_value()

    phone = visit(width=PHONE)
    walk = Walk(phone)
    walk.start(re.search(r"http\S+", message)[0])
    look(phone)
    walk.tap(phone.get_by_role("button", name="Sign me in"))
    assert places["lessons"]["note"] in text_of(phone)
    look(phone)
    walk.tap(phone.get_by_role("link", name="Another answer"))
    look(phone, "another-answer")
    walk.tap(phone.get_by_role("link", name="Agree, with a note"))
    phone.get_by_label("Your note").fill("Say the same on the card that hangs in the closet.")
    for label in ("Choose a PIN", "The same PIN again"):
        phone.get_by_label(label).fill("7319")
    look(phone, "pin", place=phone.locator(".proof"))
    walk.tap(phone.get_by_role("button", name="Agree, with this note"))
    assert "Your answer is in the record: waiting for management." in text_of(phone, ".messages")
    assert "Say the same on the card" in text_of(phone)
    assert (walk.taps, walk.screens) == (4, 4)

    phone.goto(f"{places['rooms']['note']}answer/?position=support")
    assert phone.get_by_label("Your PIN").is_visible() and not phone.get_by_label("The same PIN again").count()
    look(phone)


def test_a_designer_answers_a_comment_in_the_page_editor(visit, places, look):
    room, lesson = places["rooms"]["talk"], places["lessons"]["talk"]
    reader = visit("labor2", width=PHONE)
    reader.goto(room)
    reader.locator(".toc, .changes").get_by_role("link", name=lesson).first.click()
    block = reader.locator(".margin").filter(has=reader.locator("[data-talk-form]")).first
    block.locator("[data-talk-form]").click()
    form = reader.locator(".talk-form")
    form.get_by_label("What do you want to say?").fill("Ask whom? On nights there is no lead.")
    form.locator("summary", has_text="Suggest other wording").click()
    wording = form.get_by_label("Your wording for this block")
    wording.fill(wording.input_value().replace(UNCLEAR, SUGGESTED))
    look(reader)
    press(reader, "Post this comment")
    look(reader, "comment", place=reader.locator(".thread").first)

    designer = visit("designer2")
    designer.goto("/write/")
    open_lesson(designer, "Green cleaning methods", lesson)
    said = designer.locator(".editor-thread", has_text="On nights there is no lead.")
    said.locator("summary").click()
    said.get_by_label("What becomes of it?").select_option(label="Take it in other words")
    said.get_by_label("Why").fill("The charge nurse is not in every building.")
    said.get_by_label("The wording you take instead").fill("Ask your lead, or whoever is in charge, before you start.")
    look(designer, "editor-talk", within=".editor-talk", place=said)
    press(designer, "Post this answer")
    said.get_by_text("Your answer is in the record. Reviewers see it.").wait_for()

    reader.goto(room)
    assert "Taken in other words" in text_of(reader)
    reader.locator(".talk-list a").first.click()
    thread = reader.locator(".thread", has_text="On nights there is no lead.")
    assert "The charge nurse is not in every building." in thread.inner_text()
    look(reader, "comment-answered", place=thread)


def test_what_is_stopped_is_settled_at_one_table(visit, places, look):
    """Both sides write what they need while everybody in the room sees where they stand."""
    room = places["rooms"]["stop"]
    labor, management, table = visit("labor2", width=PHONE), visit("management1", width=PHONE), visit("coordinator")
    labor.goto(room)
    follow(labor, "Another answer")
    follow(labor, "Stop this")
    labor.get_by_label("Safety").check()
    labor.get_by_label("Why must it not go out?").fill("Asking takes time. A spill does not wait.")
    labor.get_by_label("What would do instead?").fill("Say: put up the sign first, then ask.")
    look(labor, "stop", place=labor.get_by_label("What would do instead?"))
    press(labor, "Stop this text")
    look(labor)

    table.goto("/review/")
    follow(table, "Meetings")
    look(table)
    press(table, "Open the meeting")
    follow(table, places["modules"]["stop"])
    live = table.locator("[data-live]")
    assert "Labor stops it." in live.inner_text()
    look(table, "table")

    follow(labor, "Interest record")
    record = labor.url
    for page, part, words in (
        (labor, "What labor needs", "Nobody falls while somebody looks for the lead."),
        (management, "What management needs", "One person decides when a room is closed."),
        (management, "What both agree to do", "The sign comes first. Then the lead is asked."),
    ):
        page.goto(record)
        _write(page, part, words)
    look(management, "interests", place=management.get_by_role("heading", name="What both agree to do"))
    press(management, "Confirm these words for my side")
    labor.goto(record)
    press(labor, "Confirm these words for my side")
    assert "This no longer stops the text." in text_of(labor)
    look(labor)
    live.get_by_text("waiting for labor, waiting for management").wait_for()

    labor.goto(room)
    answer(labor, "waiting for management")
    management.goto(room)
    answer(management, "Both sides agreed.")
    live.get_by_text("Both sides agreed").wait_for()


def _write(page, part: str, words: str) -> None:
    """Fill in one part of the interest record."""
    page.get_by_role("group").locator("summary", has_text=part).click()
    page.locator("details[open]").get_by_role("textbox").fill(words)
    page.locator("details[open]").get_by_role("button", name="Save these words").click()
    page.get_by_text(words).first.wait_for()


def test_a_safety_correction_reaches_learners_at_once_and_is_confirmed(visit, look):
    teacher = visit("instructor1", width=PHONE)
    teacher.goto("/hurt/")
    look(teacher)
    for name in DANGER:
        follow(teacher, name)
        look(teacher)
    teacher.get_by_label("What could happen?").fill("The pads start to turn while a hand is on them.")
    teacher.locator("input[name=blocks]").first.check()
    look(teacher, "hurt", place=teacher.get_by_label("What could happen?"))
    press(teacher, "Tell the coordinators and both sides now")
    assert "do not teach this step" in text_of(teacher)
    look(teacher)

    designer = visit("designer")
    designer.goto("/review/")
    follow(designer, "Open it")
    look(designer)
    designer.get_by_role("link", name="Write a correction").click()
    for part, words in zip(designer.locator("fieldset.part").all(), (SAFE, SAFE_ES), strict=True):
        part.get_by_label("Write it right").check()
        part.get_by_role("textbox").fill(words)
    for language, wrong, right in (
        ("English", "It did not say to unplug the machine.", SAFE),
        ("Español", "No decía que se desconecte la máquina.", SAFE_ES),
    ):
        designer.get_by_label(f"For learners: what was wrong ({language})").fill(wrong)
        designer.get_by_label(f"For learners: what is right ({language})").fill(right)
    look(designer, "correct", place=designer.get_by_role("heading", name="What learners are told"))
    designer.get_by_role("button", name="Send it to both sides now").click()
    correction = designer.url

    pages = visit("labor1", width=PHONE), visit("management1", width=PHONE)
    for page, told in zip(pages, ("waiting for management", "Both sides"), strict=True):
        page.goto(correction)
        assert SAFE in text_of(page, ".changes ins")
        _agree_in_both(page, told)
    learner = visit(width=PHONE)
    learner.goto(DANGEROUS)
    soon(learner, "Safety correction on")
    assert SAFE in text_of(learner, "article")
    look(learner, "corrected")
    learner.get_by_role("contentinfo").get_by_role("link", name="See what was agreed").click()
    assert "Course text 2026.1.1 Green Custodial" in text_of(learner)
    look(learner)

    for page, told in zip(pages, ("waiting for management", "Both sides confirmed"), strict=True):
        page.goto(correction)
        follow(page, "Confirming this correction")
        if page is pages[0]:
            look(page, "confirm", place=page.locator(".banner-safety"))
        _agree_in_both(page, told)
    learner.goto(DANGEROUS)
    assert "Safety correction on" in text_of(learner) and SAFE in text_of(learner)
    look(learner)


def _agree_in_both(page, told: str) -> None:
    """Agree to a text that changed in both languages, having read both."""
    follow(page, "I agree")
    for language in ("English", "Español"):
        page.get_by_label(language).check()
    press(page, "I agree")
    assert told in text_of(page, ".messages")


def test_a_correction_that_nobody_confirms_takes_the_page_away(visit, site, look):
    """Neither the old words nor the new ones are served, at any of the page's addresses."""
    made = json.loads(site.manage("shell", "--no-imports", "--command", RUN.format("correct")).splitlines()[-1])
    learner = visit(width=PHONE)
    learner.goto(made["addresses"][0])
    assert made["new"][0] in text_of(learner)
    site.manage("shell", "--no-imports", "--command", RUN.format("lapse"))
    soon(learner, "the page is not shown")
    look(learner, "withdrawn")
    for address in made["addresses"]:
        served = learner.request.get(address).text()
        assert not [words for words in (*made["old"], *made["new"]) if words in served], address
