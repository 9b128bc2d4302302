"""What the demo says it holds when it is loaded to the end."""

import pytest

from tests.browser.steps import text_of

WRITTEN = {
    "Green Custodial": 8,
    "Grounds Maintenance and Measure W": 9,
    "County Clerical and Typist-Clerk Preparation": 8,
    "EMT Preparation (five months)": 10,
}
OUTLINES = 3


@pytest.fixture(scope="module")
def site(serve):
    return serve("demo", "load_demo")


def test_it_holds_what_it_says(visit, site):
    home = visit()
    home.goto("/")
    books = home.locator(".book")
    assert sorted(books.locator("h3").all_inner_texts()) == sorted(WRITTEN)
    assert all("2026.1" in book.inner_text() for book in books.all())

    designer = visit("designer")
    designer.goto("/write/")
    said = text_of(designer)
    for title, modules in WRITTEN.items():
        assert said.count(f"version 1, in {title} 2026.1") + said.count("Under review") >= modules
    assert said.count("Outline: hours and titles only") > OUTLINES
    assert said.count("Under review: ") == 3
    assert "The draft has moved on since." in said

    management = visit("management1")
    management.goto("/review/")
    waiting = management.get_by_role("region", name="Waits for you")
    assert waiting.get_by_role("link", name="Irrigation and water saving").count() == 1
    assert "1 of 2 agreed" in waiting.inner_text()
    assert "asks for a change" in text_of(management) or "change" in text_of(management)

    auditor = visit("auditor")
    auditor.goto("/review/")
    assert auditor.get_by_role("region", name="Under review").locator(".paper").count() == 3
    assert auditor.get_by_role("region", name="Done").locator("li").count() == len(WRITTEN)


def test_every_fingerprint_and_chain_holds(site):
    assert site.manage("verify")
