"""A journal and a self-assessment are for whoever writes them: nothing typed or ticked there leaves the phone."""

import base64
import re
import sqlite3

import pytest

from tests.browser.test_learner_journey import COURSE, code, join  # noqa: F401 - a fixture
from tests.browser.window import PHONE

#: In no dictionary, and the same however an address or a form writes it.
CANARY = "zanahorita7391"
JOURNAL, HOW_SURE = "what-i-saved-journal", "safety-confidence"
FIELDS = "main :is(textarea, [contenteditable=true], input:not([type]), input[type=text], input[type=search])"
TICKS = "main :is(input[type=checkbox], input[type=radio])"
BUTTONS = "button:visible, summary:visible"


def forms_of(word):
    """A word as it is, and in Base64 wherever in a text it begins."""
    found = {word}
    for before in range(3):
        found.add(base64.b64encode(b" " * before + word.encode()).decode()[4 if before else 0 : -4].strip("="))
    return found


class Ear:
    """Hears everything a window sends: addresses, headers and bodies."""

    def __init__(self, context):
        self.words, self.heard, self.many = forms_of(CANARY), [], 0
        context.on("request", self._request)

    def _request(self, request):
        self.many += 1
        body = (request.post_data_buffer or b"").decode("latin-1")
        said = " ".join([request.url, *(f"{name}: {value}" for name, value in request.headers.items()), body])
        if any(word in said for word in self.words):
            self.heard.append(request.url)


def write_everywhere(page):
    """The word in every field of the page, whether folded or not; everything ticked."""
    folded = page.locator("main details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()
    fields = page.locator(FIELDS)
    # Notes open once what keeps them is there.
    page.locator("#own-notes:not([readonly])").wait_for()
    for one in fields.all():
        if one.is_visible():
            one.fill(CANARY)
    for one in page.locator(TICKS).all():
        if one.is_visible():
            one.check(force=True)
    return fields.count()


def use_everything(page, here):
    """Press every button that the page shows, then follow every link, and come back each time."""
    # Paper is asked for in a window of the system's own.
    page.evaluate("window.print = () => {}")
    for place in range(page.locator(BUTTONS).count()):
        button = page.locator(BUTTONS).nth(place)
        if button.count() and button.is_visible():
            button.click(force=True, no_wait_after=True)
        page.keyboard.press("Escape")
        if page.url.split("#")[0] != here:
            page.goto(here)
            write_everywhere(page)
    links = page.locator("a[href]:visible")
    addresses = dict.fromkeys(one.get_attribute("href") for one in links.all())
    followed = 0
    for address in addresses:
        if not address.startswith("/"):
            continue
        link = page.locator(f'a[href="{address}"]:visible').first
        if not link.count():
            continue
        link.click()
        page.wait_for_load_state()
        followed += 1
        if page.url.split("#")[0] != here:
            page.goto(here)
    return followed


@pytest.mark.parametrize("name", [JOURNAL, HOW_SURE])
def test_what_is_written_for_oneself_stays_on_the_phone(visit, site, code, name):  # noqa: F811
    page = visit(width=PHONE)
    join(page, code, name.title()[:20])
    address = page.locator(f'a[href*="{name}"]').first.get_attribute("href")
    ear = Ear(page.context)
    page.goto(address)
    here = page.url
    assert write_everywhere(page), "there is a place to write"
    assert use_everything(page, here) > 3
    page.goto(here)
    kept = page.evaluate("JSON.stringify({ ...localStorage })")
    assert CANARY in kept, "it is on the phone"
    page.goto(COURSE)
    page.evaluate("navigator.serviceWorker?.getRegistrations()")
    assert ear.many > 10 and ear.heard == []
    dump = "\n".join(sqlite3.connect(f"file:{site.var}/highroad.sqlite3?mode=ro", uri=True).iterdump())
    assert not re.search(CANARY, dump, re.I)
    logs_and_files = (one for one in site.var.rglob("*") if one.is_file() and one.suffix not in (".html", ".br", ".gz"))
    assert not [str(one) for one in logs_and_files if CANARY.encode() in one.read_bytes()]
    page.evaluate("word => fetch('/healthz', { headers: { 'X-Said': word } })", CANARY)
    assert ear.heard, "whoever listens would have heard it"
