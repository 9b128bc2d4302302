"""A learner on a phone and a poor line: joins by a code, reads, marks lessons with and without a line, comes back.

And their course, which moves to a newer text when its instructor has read what that changes.
"""

import re

import pytest

from tests.browser.steps import answer, edit, send, soon, text_of
from tests.browser.window import PHONE

CODE = """
from courses.cohorts.models import Course
print(Course.objects.get(code="green-custodial-evening").join_code)
"""
BETTER = "Ask your lead for a measuring cup before you start."
COURSE = "/learn/green-custodial-evening/"
MODULE = f"{COURSE}chemicals-and-safer-choices/"
FAST_3G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}


@pytest.fixture(scope="module")
def code(site):
    return site.manage("shell", "--no-imports", "--command", CODE).strip()


def join(page, code, name):
    page.goto("/join/")
    page.get_by_label("Code of the course").fill(f"{code[:4].lower()} {code[4:]}")
    page.keyboard.press("Enter")
    page.get_by_label("What should we call you?").fill(name)
    page.get_by_label("Choose a PIN").fill("2580")
    page.get_by_label("The PIN once more").fill("2580")
    page.get_by_role("button", name="Come in", exact=True).click()
    page.wait_for_url(f"**{COURSE}")


def test_join_read_mark_without_a_line_and_come_back(visit, code):
    page = visit(width=PHONE)
    join(page, code, "Zoe")
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", FAST_3G)
    assert "Hello, Zoe" in text_of(page)
    page.goto(MODULE)
    page.get_by_role("button", name="Save this module on this phone").click()
    page.get_by_role("button", name=re.compile(r"^Save [\d.]+ (MB|kB)")).click()
    page.get_by_text(re.compile("Saved on this phone: course text")).wait_for(timeout=60_000)
    page.goto(f"{MODULE}dilution-and-secondary-containers/")
    page.locator(".bar-language").click()
    page.wait_for_url(f"**/es{MODULE}dilution-and-secondary-containers/")
    page.locator(".bar-language").click()
    page.get_by_role("button", name="I have done this lesson").click()
    page.get_by_text("Kept.", exact=True).wait_for()

    page.context.set_offline(True)
    page.locator(".pager-next").click()
    page.wait_for_url("**/never-mix-what-to-do-if-exposed/")
    page.get_by_role("button", name="I have done this lesson").click()
    page.get_by_text("Kept on this phone. It is sent when you are connected.").wait_for()
    page.goto(f"{COURSE}support/")
    assert "988" in text_of(page)
    page.goto(f"{MODULE}never-mix-what-to-do-if-exposed/")
    assert page.get_by_role("button", name="Not done yet after all").is_visible()
    page.context.set_offline(False)
    page.get_by_text("Kept.", exact=True).wait_for()

    other = visit(width=PHONE)
    other.goto(f"/back/{code}/")
    other.get_by_label("The name you chose").fill("zoe")
    other.get_by_label("Your PIN").fill("2580")
    other.get_by_role("button", name="Come back in").click()
    other.wait_for_url(f"**{COURSE}")
    assert "2 of 5 lessons done" in text_of(other)
    other.get_by_role("button", name="Leave and erase this phone").click()
    other.get_by_role("button", name="Erase and leave").click()
    other.get_by_role("heading", name="Courses").wait_for()
    other.goto(COURSE)
    other.get_by_role("heading", name="Join a course").wait_for()


def test_a_course_reads_without_scripts(visit, code):
    page = visit(width=320, script=False)
    join(page, code, "Ana")
    page.goto(f"{MODULE}dilution-and-secondary-containers/")
    page.get_by_role("button", name="I have done this lesson").click()
    page.get_by_text("You marked this lesson as done.").wait_for()
    page.goto(COURSE)
    assert "1 of 5 lessons done" in text_of(page)


@pytest.mark.parametrize("way", ["a tap", "Escape twice"])
def test_leaving_quickly_leaves_nothing_to_go_back_to(visit, way):
    page = visit("learner1", width=PHONE)
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(content_type="text/html", body="Sunny"))
    page.goto(COURSE)
    page.goto(f"{COURSE}support/")
    if way == "a tap":
        page.get_by_role("link", name="Leave this page quickly").click()
    else:
        page.keyboard.press("Escape")
        assert page.url.endswith("/support/"), "once may be a slip"
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    page.wait_for_url(f"**{COURSE}")
    page.watch.seen.clear()  # it went where nothing else here goes


def test_a_course_moves_to_a_newer_text_after_a_dry_run(visit, code):
    lesson = f"{MODULE}dilution-and-secondary-containers/"
    learner = visit(width=PHONE)
    join(learner, code, "Ida")
    learner.goto(lesson)
    learner.get_by_role("button", name="I have done this lesson").click()
    learner.get_by_text("Kept.", exact=True).wait_for()
    designer = visit("designer")
    edit(designer, "Chemicals and safer choices", "Dilution and secondary containers", BETTER)
    room = send(designer, "Cups were missing.")
    for who, told in (("labor2", "Your answer is in the record"), ("management1", "Learners read it from now on")):
        reader = visit(who)
        reader.goto(room)
        answer(reader, told)
    learner.reload()
    assert BETTER not in text_of(learner), "nobody has moved the course"

    instructor = visit("instructor1")
    instructor.goto("/teach/green-custodial-evening/")
    instructor.get_by_role("link", name="See what would change").click()
    told = text_of(instructor)
    assert "Dilution and secondary containers" in told and "changed in English" in told and "Ida" in told
    instructor.get_by_role("button", name="Move the course").click()
    instructor.get_by_text("The course reads course text").wait_for()
    soon(learner, BETTER)
    learner.goto(COURSE)
    learner.get_by_text("Chemicals and safer choices").first.click()
    learner.get_by_text("changed since you marked it").wait_for()
