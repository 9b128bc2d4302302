"""Wagtail's editor in this house: every kind of page opens, the preview shows the draft, nothing is published."""

import re

import pytest
from playwright.sync_api import Error

from tests.browser.steps import open_lesson, text_of, write_sentence

SITE = "busy"
PICTURES = """main => Promise.all([...main.querySelectorAll('img')].map(one => {
    one.loading = 'eager';
    return one.decode().then(() => one.naturalWidth);
}))"""
PUBLISHING = re.compile("publish|go live|schedule|submit", re.I)


def buttons(page) -> list[str]:
    """The words of everything that can be pressed, in view or in a menu."""
    said = page.locator("main, footer, header").locator("button, a, [role=button]").all_text_contents()
    return [" ".join(words.split()) for words in said if words.strip()]


@pytest.mark.parametrize("kind", ["lesson", "module", "curriculum", "assessment"])
def test_every_kind_of_page_opens_for_writing(visit, places, kind):
    page = visit("designer")
    answered = page.goto(f"/admin/pages/{places['drafts'][kind]}/edit/")
    assert answered.ok
    page.get_by_role("button", name="Send for agreement").wait_for()
    said = buttons(page)
    assert {"Send for agreement", "Save draft"} <= set(said)
    assert [words for words in said if PUBLISHING.search(words)] == []


@pytest.mark.parametrize("who", ["designer", "admin"])
def test_no_list_of_pages_offers_to_publish(visit, places, who):
    page = visit(who)
    pk = places["drafts"]["module"]
    for address in (f"/admin/pages/{pk}/", f"/admin/pages/{pk}/history/"):
        assert page.goto(address).ok
        if page.get_by_label("Select all").count():
            page.get_by_label("Select all").first.check()
        for menu in page.get_by_role("button", name=re.compile("^(Actions|More)")).all():
            if menu.is_visible():
                menu.click()
                assert offered(page) == []
                page.keyboard.press("Escape")
        assert offered(page) == []


def offered(page) -> list[str]:
    """Ways to publish that are in view."""
    ways = page.get_by_role("link", name=PUBLISHING).or_(page.get_by_role("button", name=PUBLISHING))
    return [way.inner_text() for way in ways.all() if way.is_visible()]


def test_a_lesson_of_every_block_is_saved_as_it_was(visit, places):
    """Opened and sent untouched, it holds the same words: the editor and the portable form agree on every block."""
    page = visit("designer")
    page.goto(f"/admin/pages/{places['drafts']['lesson']}/edit/")
    page.get_by_role("button", name="Send for agreement").click()
    page.wait_for_url("**/send/**")
    assert "Nothing has changed" in text_of(page)


def loaded(page) -> list[int]:
    """How wide each picture of the preview really is. The editor draws it anew whenever it has kept something."""
    for _drawn in range(10):
        try:
            return page.frame_locator("#w-preview-iframe").locator("main").evaluate(PICTURES)
        except Error:
            page.wait_for_timeout(500)
    raise AssertionError("the preview does not come to rest")


def test_the_preview_shows_the_draft_with_its_pictures(visit):
    page = visit("designer")
    page.goto("/write/")
    open_lesson(page, "Chemicals and safer choices", "Read the label, know the pictogram")
    write_sentence(page, "Read it aloud to each other.")
    page.get_by_role("button", name="Toggle preview").click()
    draft = page.frame_locator("#w-preview-iframe")
    draft.get_by_text("Read it aloud to each other.").wait_for()
    assert len(widths := loaded(page)) == 2 and all(widths)
    assert not draft.get_by_text("course text 2026").count()


def test_a_new_lesson_is_written_with_blocks_from_the_chooser(visit, places):
    """From My modules: add a page, give it words and steps, and it is a draft of its module."""
    page = visit("designer2")
    page.goto("/write/")
    row = page.locator(".module-row", has_text="Infection prevention in health settings")
    row.get_by_role("link", name="Add a lesson or assessment").click()
    page.get_by_role("link", name=re.compile("^Lesson")).first.click()
    page.get_by_role("textbox", name="Title").fill("Knock before you enter")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Key points").click()
    words = page.locator("[data-contentpath=body] .Draftail-Editor [contenteditable=true]").first
    words.click()
    page.keyboard.type("Knock. Say who you are. Wait.")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Knock before you enter").first.wait_for()
    page.goto("/write/")
    assert page.get_by_role("region", name="Where you left off").get_by_text("Knock before you enter").count() == 1
