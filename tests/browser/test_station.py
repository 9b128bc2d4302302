"""Two assessors in flight mode at one station: what each taps stays on their phone, and is sent once."""

import json
import re

import pytest

from tests.browser import axe
from tests.browser.steps import text_of
from tests.browser.test_narrow_and_keyboard import TOO_WIDE
from tests.browser.window import NARROW, PHONE

RUN = "from tests.browser import stations; stations.make()"
COUNT = """
from assessments.models import Attempt, Result, Sheet
from courses.cohorts.models import Course
here = {"attempt__group": Course.objects.get(code="evening-group").pk}
print([Attempt.objects.filter(group=here["attempt__group"]).count(),
       *(kind.objects.filter(**here).count() for kind in (Sheet, Result))])
"""
FACTS = "What did you see? Only the facts."
KEPT = "Kept on this phone. No line needed."
LEFT = """async () => [(await caches.keys()).includes('highroad-station'),
    (await indexedDB.databases()).some(one => one.name === 'highroad-station')]"""


@pytest.fixture(scope="module")
def site(serve):
    return serve("demo", "shell", "--no-imports", "--command", RUN)


def counted(site):
    return json.loads(site.manage("shell", "--no-imports", "--command", COUNT).strip().splitlines()[-1])


def at_station(visit, who, places):
    page = visit(who, width=PHONE)
    axe.load(page)
    page.goto(places["station"])
    page.get_by_text(KEPT).wait_for()
    return page


def tap(page, place, words):
    page.locator("[data-form] .point").nth(place).get_by_text(words, exact=True).click()


def choose(page, name):
    page.get_by_role("link", name=name).click()
    page.get_by_role("heading", name=name, exact=True).wait_for()


def mark_all(page, but=()):
    points = page.locator("[data-form] .point").count()
    for place in range(points):
        tap(page, place, "Not yet" if place in but else "Met")
    return points


def come_back(page):
    page.context.set_offline(False)
    page.evaluate("() => dispatchEvent(new Event('online'))")


def test_two_in_flight_mode_at_one_station(visit, site, places):
    aisha, andres = (at_station(visit, who, places) for who in ("assessor1", "assessor2"))
    bodies = []
    for page in (aisha, andres):
        page.on(
            "request",
            lambda one: one.method == "POST" and one.url.endswith("/sheets/") and bodies.append(one.post_data),
        )
        page.context.set_offline(True)
        choose(page, "Rosa")

    critical = aisha.locator("[data-form] .point").evaluate_all("all => all.findIndex(one => one.dataset.critical)")
    many = mark_all(aisha)
    tap(aisha, 1, "Not yet")
    aisha.get_by_role("button", name="Undo").click()
    aisha.get_by_text("The last tap is undone.").wait_for()
    aisha.reload()
    choose(aisha, "Rosa")
    met = aisha.locator("[data-form] .point :checked[value=met]")
    assert met.count() == many, "undone, and still there"
    aisha.get_by_role("button", name="Undo").click()
    aisha.get_by_text("The last tap is undone.").wait_for()
    assert met.count() == many - 1, "taps from before can be undone as well"
    tap(aisha, many - 1, "Met")
    aisha.get_by_role("button", name="Send", exact=True).click()
    aisha.get_by_text("Kept on this phone. It is sent when there is a line.").wait_for()
    aisha.reload()
    aisha.get_by_role("button", name="Send 1 sheet").wait_for()

    mark_all(andres, but=[critical])
    andres.get_by_role("button", name="Send", exact=True).click()
    assert "only the facts" in text_of(andres, "[data-open-points]")
    andres.locator("[data-form]").get_by_label(FACTS).locator("visible=true").fill("The lift began with a bent back.")
    axe.unfold(andres)
    assert axe.violations(andres) == []
    andres.get_by_role("button", name="Send", exact=True).click()
    andres.get_by_role("button", name="Send 1 sheet").wait_for()

    come_back(aisha)
    aisha.get_by_text("Rosa: Kept. Waiting for the second person.").wait_for()
    come_back(andres)
    andres.get_by_text("Rosa: Kept. Third look needed: two people saw it differently.").wait_for()
    assert "bent back" not in aisha.content()
    assert counted(site) == [1, 2, 0]

    token = andres.evaluate(
        "async send => (await (await fetch(send)).json()).csrf", f"/teach/{places['course']}/skills/sheets/"
    )
    headers = {"X-CSRFToken": token, "Content-Type": "application/json", "Origin": site.url, "Referer": site.url}
    again = andres.request.post(f"/teach/{places['course']}/skills/sheets/", data=bodies[-1], headers=headers)
    assert again.ok and again.json()["sheets"][0]["state"] == "kept"
    assert counted(site) == [1, 2, 0], "sent twice is sent once"

    # The next learner, point by point and across; then somebody else signs in on the same phone.
    choose(andres, "Terrence")
    andres.get_by_role("button", name="Point by point").click()
    andres.get_by_text(re.compile(rf"^1 of {many}$")).wait_for()
    andres.locator(".point.is-here").get_by_text("Met", exact=True).click()
    andres.get_by_text(re.compile(rf"^2 of {many}$")).wait_for()
    andres.get_by_role("button", name="One point, everybody").click()
    assert andres.get_by_role("group", name="Terrence").get_by_label("Met", exact=True).is_checked()
    assert axe.violations(andres) == []
    andres.set_viewport_size({"width": NARROW, "height": 640})
    assert not andres.evaluate(TOO_WIDE)
    andres.goto("/accounts/logout/")
    andres.get_by_text("1 sheet or file of an assessment was not sent yet").wait_for()
    assert andres.evaluate(LEFT) == [True, True]
    andres.get_by_role("button", name="Sign out").click()
    andres.wait_for_url(lambda url: "logout" not in url)
    assert andres.evaluate(LEFT) == [False, False]


def test_a_kept_station_is_for_whoever_opened_it(visit, site, places):
    page = at_station(visit, "assessor1", places)
    choose(page, "Terrence")
    tap(page, 0, "Met")
    page.get_by_role("link", name="Terrence").get_by_text("1 of").wait_for()
    answer = page.evaluate("async url => (await fetch(url, {method: 'POST'})).status", "/demo/enter/assessor2/")
    assert answer in (200, 403)
    page.context.request.post("/demo/enter/assessor2/", headers={"Origin": site.url})
    assert not page.evaluate("() => caches.has('highroad-station')"), "it goes when anybody signs in"
    page.goto(places["station"])
    page.get_by_text(KEPT).wait_for()
    assert "1 of" not in text_of(page, ".station-people")
