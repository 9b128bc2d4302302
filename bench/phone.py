"""What a phone on a poor line waits for: the first look at a lesson, in the demo's course and in public, and the next
lesson from the saved copy. Fast 3G as the browser itself plays it: 562.5 ms for each answer, 1.44 Mbit/s.

Here seconds are measured, not ratios: what the line adds is the same everywhere, and it is nearly all of them.
"""

import json
import re
import tempfile
from pathlib import Path
from statistics import median
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from bench import site
from bench.servers import serve
from tests.browser.window import PHONE, launch, open_window

ROUNDS = 7
FAST_3G = {"offline": False, "latency": 562.5, "downloadThroughput": 1.44e6 / 8, "uploadThroughput": 675e3 / 8}
FIRST_BUDGET, SAVED_BUDGET = 1300, 150
PAINTED = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
    .observe({ type: 'paint', buffered: true }))"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        folder = Path(name)
        print("Preparing a site with one cohort (about a minute) ...", flush=True)
        compressed = {"DJANGO_SETTINGS_MODULE": "tests.browser.compressed"}
        site.prepare(folder)
        told = json.loads(site.run(folder, ["-m", "bench.cohort"]))
        site.run(folder, [str(site.ROOT / "manage.py"), "collectstatic", "--noinput"], compressed)
        with (
            serve("config.wsgi:application", site.environment(folder) | compressed) as ours,
            sync_playwright() as playwright,
        ):
            browser = launch(playwright)
            here = SimpleNamespace(url=f"http://127.0.0.1:{ours.port}")
            first = {
                "released lesson": _first(browser, here, told["public"], ()),
                "lesson in a course": _first(browser, here, told["lesson"], _cookies(here, told["cookie"])),
            }
            for what, times in first.items():
                _print(f"first contentful paint, {what}", times, FIRST_BUDGET)
            _print("next lesson, from the saved copy", _saved(browser, here, told), SAVED_BUDGET)
            browser.close()


def _first(browser, here, address: str, cookies) -> list[float]:
    """The same lesson by phones that were never here before; the first of them only warms the server."""
    found = []
    for _number in range(ROUNDS + 1):
        context = open_window(browser, here, width=PHONE, cookies=cookies)
        found.append(_open(_slow(context), lambda page: page.goto(address)))
        context.close()
    return found[1:]


def _saved(browser, here, told: dict) -> list[float]:
    """From each lesson to the next, by the link at its end, after the module was saved."""
    context = open_window(browser, here, width=PHONE, cookies=_cookies(here, told["cookie"]))
    page = context.new_page()
    page.goto(told["module"])
    page.get_by_role("button", name="Save this module on this phone").click()
    page.get_by_role("button", name=re.compile(r"^Save [\d.]+ (MB|kB)")).click()
    page.get_by_text("Saved on this phone: course text").wait_for()
    page.close()
    found = []
    for _number in range(ROUNDS):
        page = _slow(context)
        page.goto(told["lesson"])
        found.append(_open(page, lambda page: page.locator(".pager-next").click()))
        page.close()
    context.close()
    return found


def _open(page, go) -> float:
    """Milliseconds from asking for an address to the first thing drawn of it."""
    before = page.url
    go(page)
    page.wait_for_url(lambda address: address != before)
    return page.evaluate(PAINTED)


def _slow(context):
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", FAST_3G)
    return page


def _cookies(here, text: str) -> list[dict]:
    name, _equals, value = text.partition("=")
    return [{"name": name, "value": value, "url": here.url}]


def _print(what: str, times: list[float], budget: int) -> None:
    middle = median(times)
    print(
        f"{what:46}{middle:6.0f} ms ({min(times):.0f} to {max(times):.0f}). Budget {budget} ms: "
        + ("met" if middle <= budget else "NOT met")
    )
