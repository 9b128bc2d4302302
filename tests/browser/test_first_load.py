"""What a lesson weighs on a poor line, the first time somebody opens it."""

import pytest

from tests.browser.pages import CHEMICALS, DILUTION
from tests.browser.window import PHONE

KB = 1024
WITH_TWO_PICTURES = f"{CHEMICALS}read-the-label-know-the-pictogram/"
#: Bytes that each style sheet and script of this page took over the wire.
SIZES = """() => performance.getEntriesByType('resource').filter(one => /\\.(css|js)$/.test(one.name))
    .map(one => one.transferSize)"""

#: Whether the browser has drawn it, with its looks on.
DRAWN = """async () => {
    await new Promise(done => new PerformanceObserver(done).observe({ type: 'paint', buffered: true }));
    return getComputedStyle(document.querySelector('.masthead')).borderBottomStyle === 'solid';
}"""


@pytest.fixture(scope="module")
def site(serve):
    return serve("demo", "collectstatic", "--noinput", DJANGO_SETTINGS_MODULE="tests.browser.compressed")


@pytest.fixture
def load(visit):
    """load(address) is [(kind, bytes over the wire with headers, address)] of everything it takes, read to its end."""

    def everything(address: str) -> list[tuple[str, int, str]]:
        page = visit(width=PHONE)
        wire = page.context.new_cdp_session(page)
        asked, weight = {}, {}
        wire.on("Network.responseReceived", lambda told: asked.update({told["requestId"]: told}))
        wire.on("Network.loadingFinished", lambda told: weight.update({told["requestId"]: told["encodedDataLength"]}))
        wire.send("Network.enable")
        page.goto(address)
        for picture in page.locator("main img").all():
            picture.scroll_into_view_if_needed()
            picture.evaluate("one => one.decode()")
        page.wait_for_load_state("networkidle")
        return [(told["type"], int(weight[key]), told["response"]["url"]) for key, told in asked.items()]

    return everything


@pytest.mark.parametrize("language", ["", "/es"])
def test_words_and_looks_of_a_lesson_fit_30_kb(load, language):
    """What the page asks for so that the next one has it counts as well."""
    loaded = load(language + DILUTION)
    named = " ".join(address for _kind, _bytes, address in loaded)
    assert all(name in named for name in ("/css/house.", "/css/lesson.", "/js/reading."))
    assert sum(weight for kind, weight, _address in loaded if kind != "Image") <= 30 * KB, loaded


def test_one_answer_draws_it(visit):
    page = visit(width=PHONE)
    page.route("**/static/**", lambda route: None)
    page.goto(DILUTION, wait_until="commit")
    page.get_by_role("heading", level=1).wait_for()
    assert page.evaluate(DRAWN), "looks and key points are there before anything else is"


def test_with_two_pictures_it_takes_100_kb_and_6_requests(load):
    """The icon of the tab weighs with the rest, but is the site's: a browser asks for it once, whatever it opens."""
    loaded = load(WITH_TWO_PICTURES)
    pictures = [address for _kind, _weight, address in loaded if "/media/released/" in address]
    assert len(pictures) == 2
    assert len([address for _kind, _weight, address in loaded if "/icons/" not in address]) <= 6, loaded
    assert sum(weight for _kind, weight, _address in loaded) <= 100 * KB, loaded


def test_the_next_lesson_costs_its_words_alone(visit):
    page = visit(width=PHONE)
    page.goto(DILUTION)
    page.locator(".pager-next").click()
    page.wait_for_url("**/never-mix-what-to-do-if-exposed/")
    sizes = page.evaluate(SIZES)
    assert sizes and not any(sizes), "style sheets and scripts are kept by the browser"
