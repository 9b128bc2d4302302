"""Journeys in a real browser. Each module has a site of its own; nothing of Django is imported here.

Playwright keeps an event loop in the thread of the tests, and Django's database refuses to work beside one: so the
browser ends with its module, and what a journey needs of the database a subprocess does.
"""

import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.site import Site, alone, build, copy
from tests.browser.window import DESK, Watch, launch, open_window, sign_in

HERE = Path(__file__).parent
DID_NOT_PASS = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    """Tests of this folder carry their mark without saying so."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Lets `visit` know that its test did not pass."""
    report = yield
    item.stash[DID_NOT_PASS] = report.failed or item.stash.get(DID_NOT_PASS, False)
    return report


@pytest.fixture(scope="session")
def installations(tmp_path_factory) -> Path:
    """The folder of tests/browser/site.py `build`: shared by all workers, or kept where HIGHROAD_TEST_DEMO says."""
    kept = os.environ.get("HIGHROAD_TEST_DEMO")
    folder = Path(kept) if kept else tmp_path_factory.getbasetemp()
    if not kept and "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    folder = folder / "installations"
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder / "lock"):
        return build(folder)


@pytest.fixture(scope="module")
def serve(installations, tmp_path_factory):
    """serve(name, *first, **environment) is a Site on a copy of that installation; `first` is a command run before."""
    sites = []

    def start(name: str, *first: str, **more: str) -> Site:
        var = copy(installations / name, tmp_path_factory.mktemp("site") / name)
        site = Site(var, **more)
        if first:
            site.manage(*first)
        sites.append(site)
        return site.start()

    yield start
    for site in sites:
        site.stop()
    said = "".join(site.mistakes() for site in sites)
    assert not said, said


@pytest.fixture(scope="module")
def site(request, serve) -> Site:
    """The site of this module: the installation that its SITE names, the demo where it names none."""
    return serve(getattr(request.module, "SITE", "demo"))


@pytest.fixture(scope="module")
def real(serve) -> Site:
    """An installation that is no demo and has nobody in it; `first_run` is the link by which it is set up."""
    site = serve("blank", HIGHROAD_DEMO="0")
    site.first_run = re.search(r"http\S+?(/first-run/\S+)", site.manage("first_run"))[1]
    return site


@pytest.fixture(scope="module")
def places(site) -> dict:
    """Where things are on a busy site (tests/browser/busy.py)."""
    return json.loads((site.var / "places.json").read_text())


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, request, tmp_path):
    """visit(who, width=...) is a page in a new window, signed in as `who`; the rest goes to `open_window`.

    A test that does not pass leaves a picture of every window in its folder, and says where.

    Afterwards no window may have asked another origin for anything, broken the Content-Security-Policy or a script, or
    got an error page.
    """
    opened = []

    def open_one(who: str = "", *, on: Site | None = None, width: int = DESK, **more):
        site = on or request.getfixturevalue("site")
        context = open_window(chromium, site, width=width, cookies=site.cookies.get(who, ()), **more)
        opened.append((context, Watch(context, site)))
        if who and who not in site.cookies:
            site.cookies[who] = sign_in(context, site, who)
        page = context.new_page()
        page.watch = opened[-1][1]
        return page

    yield open_one
    if request.node.stash.get(DID_NOT_PASS, False):
        for number, page in enumerate(page for context, _watch in opened for page in context.pages):
            picture = tmp_path / f"window-{number}.png"
            page.screenshot(path=picture, full_page=True)
            print(f"{page.url}: {picture}")
    for context, _watch in opened:
        context.close()
    seen = [one for _context, watch in opened for one in watch.seen]
    assert not seen, "\n".join(seen)
