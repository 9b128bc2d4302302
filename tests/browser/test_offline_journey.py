"""A module saved on a phone: read in flight mode in both languages, brought up to date by a warning, erased."""

import re

from tests.browser.pages import CHEMICALS, COURSE, DILUTION
from tests.browser.steps import text_of
from tests.browser.window import PHONE

SITE = "demo"
LABELS = f"{CHEMICALS}read-the-label-know-the-pictogram/"
WARNING = "Stop and ask your instructor first."
WARN = f"""
from curriculum.models import ModulePage
from curriculum.review.actions.laying import warn
from users.models import User
module = ModulePage.objects.get(slug="chemicals-and-safer-choices", locale__language_code="en")
texts = {{"en": "{WARNING}", "es": "Deténgase y pregunte."}}
warn(module_uid=module.uid, page_uid=None, by=User.objects.get(username="coordinator"), texts=texts, block_id="")
"""
#: As if the last look had been some days ago, at a text of another label.
DAYS_AGO = """async ([days, label]) => {
    const cache = await caches.open('highroad-index');
    const index = await (await cache.match('/saved/index.json')).json();
    const time = new Date(Date.now() - days * 864e5).toISOString();
    for (const one of Object.values(index)) Object.assign(one, { asked: time, checked: time }, label && { label });
    await cache.put('/saved/index.json', new Response(JSON.stringify(index)));
}"""
LEFT = """async () => [await caches.keys(), Object.keys(localStorage),
    (await navigator.serviceWorker.getRegistrations()).length]"""
#: The form of a course's lesson, as templates/offline/mark.html has it, on any page.
MARK = """async script => {
    document.querySelector('main').insertAdjacentHTML('beforeend', `<form method="post" action="/learn/blue/marks/"
        data-mark data-course="blue" data-page="one"><input type="hidden" name="done" value="1"><button
        data-done-label="Done. Take the mark away" data-undone-label="Mark as done">Mark as done</button>
        <p data-mark-state data-waiting="It waits." data-kept="It is kept."
            data-signed-out="Sign in again."></p></form>`);
    await import(script);
}"""
QUEUE = "() => JSON.parse(localStorage.getItem('highroad:marks:blue'))"
NEWS = "A safety correction or a warning changed"


def save(page):
    page.goto(CHEMICALS)
    page.get_by_role("button", name="Save this module on this phone").click()
    page.get_by_text(re.compile(r"It takes [\d.]+ (MB|kB) on this phone: every page in English, Español")).wait_for()
    page.get_by_role("button", name=re.compile(r"Save [\d.]+ (MB|kB)")).click()
    page.get_by_text(re.compile(r"Saved on this phone: course text \d{4}\.1, [\d.]+ (MB|kB), on ")).wait_for()


def pictures(page):
    """How wide each picture of the page really is: 0 where it did not come."""
    found = page.locator("main img").all()
    for one in found:
        one.scroll_into_view_if_needed()
    return [one.evaluate("one => one.decode().then(() => one.naturalWidth)") for one in found]


def test_saved_read_without_a_line_and_erased(visit):
    page = visit(width=PHONE)
    page.goto(DILUTION)
    assert not [one for one in page.watch.asked if "offline" in one or "sw.js" in one], "costs nothing until used"
    save(page)
    page.context.set_offline(True)
    page.goto(LABELS)
    assert len(pictures(page)) == 2 and all(pictures(page))
    assert "Checked on" in text_of(page, ".lesson-head")
    page.locator(".pager-next").click()
    page.wait_for_url("**/safety-data-sheets-fast/")
    page.locator(".bar-language").click()
    page.wait_for_url("**/es/**/safety-data-sheets-fast/")
    assert page.locator("html").get_attribute("lang") == "es"
    page.goto(f"/es{LABELS}")
    assert len(pictures(page)) == 2 and all(pictures(page))
    page.locator("[data-use*=settings]").click()
    page.locator(".sheet-below").wait_for(state="visible")

    page.goto(COURSE)
    page.get_by_role("heading", name="You are not connected").wait_for()
    assert "This page is not saved on this phone" in text_of(page)
    page.get_by_role("link", name="Chemicals and safer choices").click()
    page.wait_for_url(f"**{CHEMICALS}")
    page.evaluate(DAYS_AGO, [31, ""])
    page.goto(DILUTION)
    page.locator(".lesson-head .banner", has_text="Connect once to check that this is still right.").wait_for()

    page.goto("/saved/")
    script = page.locator("[data-erase-ask]").get_attribute("data-marks")
    page.goto(DILUTION)
    page.evaluate(MARK, script)
    page.get_by_role("button", name="Mark as done").click()
    page.get_by_role("button", name="Done. Take the mark away").wait_for()
    page.get_by_text("It waits.").wait_for()
    [(uid, mark)] = page.evaluate(QUEUE).items()
    assert uid == "one" and mark["done"] is True and re.search(r"\.\d{3}Z$", mark["at"])
    page.goto("/saved/")
    page.get_by_role("button", name="Leave and erase this phone").click()
    page.get_by_text("1 done mark was not sent yet. Connect first, or erase all the same?").wait_for()
    page.get_by_text("You are not connected, so you stay signed in on this phone.").wait_for()
    page.get_by_role("button", name="Keep everything").click()
    page.goto(DILUTION)
    page.evaluate(MARK, script)
    assert page.get_by_role("button", name="Done. Take the mark away").is_visible(), "shown over what the copy says"
    sent, answers = [], [{"status": 403}, {"json": {"marks": {"one": True}}}]
    page.route("**/learn/blue/marks/", lambda one: (sent.append(one.request), one.fulfill(**answers.pop(0))))
    page.context.set_offline(False)
    page.get_by_role("link", name="Sign in again.").wait_for()
    assert page.evaluate(QUEUE) == {"one": mark}
    page.evaluate("() => dispatchEvent(new Event('online'))")
    page.get_by_text("It is kept.").wait_for()
    assert [one.post_data_json for one in sent] == 2 * [{"marks": [{"page": "one", **mark}]}]
    assert page.evaluate(QUEUE) is None

    page.goto("/saved/")
    page.get_by_role("button", name="Leave and erase this phone").click()
    assert not page.locator("[data-unsent]").is_visible()
    page.get_by_role("button", name="Erase and leave").click()
    page.get_by_role("heading", name="Courses").wait_for()
    assert page.evaluate(LEFT) == [[], [], 0]


def test_a_warning_comes_by_itself_and_stays_without_a_line(visit, site):
    page = visit(width=PHONE)
    save(page)
    site.manage("shell", "--no-imports", "--command", WARN)
    page.goto(DILUTION)
    page.get_by_text("Checked on").wait_for()
    assert WARNING not in text_of(page), "asked less than an hour ago"
    page.evaluate(DAYS_AGO, [1, ""])
    page.reload()
    page.get_by_role("alert").get_by_text(NEWS).wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Show the page as it is now").click()
    page.locator(".banner-safety", has_text=WARNING).wait_for()
    page.context.set_offline(False)
    page.evaluate(DAYS_AGO, [1, "2025.9"])
    page.goto(DILUTION)
    page.get_by_text("There is newer text: course text").wait_for()
    assert "Saved on this phone: course text 2025.9" in text_of(page)
    page.get_by_role("button", name="Save the newer text").click()
    page.get_by_text(re.compile(r"Saved on this phone: course text \d{4}\.1,")).wait_for()
    page.context.set_offline(True)
    page.goto("/saved/")
    page.get_by_role("button", name="Take it off this phone").click()
    page.get_by_text("Nothing is saved on this phone.").wait_for()
    page.context.set_offline(False)
    page.goto(DILUTION)
    assert page.get_by_role("button", name="Save this module on this phone").is_visible()
