"""Worker voice, end to end: from a paragraph on a phone to "Changed because workers told us"."""

import re

from tests.browser.pages import DILUTION
from tests.browser.steps import COURSE, answer, edit, send, soon, text_of
from tests.browser.window import PHONE

CHEMICALS = ("Chemicals and safer choices", "Dilution and secondary containers")
SAID = "Nobody on nights has a measuring cup. Ask for one first."
BETTER = "Ask your lead for a measuring cup before you start."
THANKS = "Changed because workers told us"


def test_from_a_paragraph_to_changed_because_workers_told_us(visit, site):
    worker = visit(width=PHONE)
    worker.goto(DILUTION)
    assert not [one for one in worker.watch.asked if "/js/voice" in one or "/css/voice" in one]
    worker.get_by_role("button", name="Say it about one paragraph").click()
    first = worker.get_by_role("link", name="Say it about this paragraph").first
    assert first.bounding_box()["height"] >= 44
    first.click()
    worker.get_by_role("heading", name="What the lesson says").wait_for()
    paragraph = text_of(worker, ".quoted")
    assert "Your voice can be recognized. You can type instead." in text_of(worker)
    worker.get_by_label("What is it like at work?").fill(SAID)
    worker.get_by_label("I agree to this").check()
    worker.get_by_role("button", name="Send what I said").click()
    code = text_of(worker, ".own-code")
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code) and not worker.context.cookies()

    designer = visit("designer")
    designer.goto("/write/")
    assert "1 thing workers said waits for an answer" in text_of(designer)
    designer.get_by_role("link", name="Read and answer").click()
    designer.get_by_role("link", name=CHEMICALS[1]).click()
    assert SAID in text_of(designer) and text_of(designer, ".quoted") == paragraph
    designer.get_by_role("button", name="I have read it").click()
    designer.get_by_label("Accept: change the course").check()
    designer.get_by_label("Why").fill("A cup belongs to the job.")
    designer.get_by_role("button", name="Send this answer").click()
    assert "Answered. The sender sees it by the code." in text_of(designer, ".messages")

    edit(designer, *CHEMICALS, BETTER)
    room = send(designer, "Workers told us that cups are missing.")
    for who, told in (("labor2", "Your answer is in the record"), ("management1", "Learners read it from now on")):
        reader = visit(who)
        reader.goto(room)
        answer(reader, told)

    worker.goto(DILUTION)
    soon(worker, BETTER)
    assert f"{THANKS}. Go to the place" in text_of(worker, ".thanks")
    worker.goto(COURSE)
    assert THANKS in text_of(worker)
    worker.goto("/voice/follow/")
    worker.get_by_label("Your code").fill(code.lower())
    worker.get_by_role("button", name="Show where it stands").click()
    told = text_of(worker)
    assert "A cup belongs to the job." in told and f"It is done: version 2 of {CHEMICALS[0]} carries it." in told
