"""What helps to read: key points first, notes that go nowhere, a voice where there is one, looks that stay."""

from tests.browser import axe
from tests.browser.pages import addressed
from tests.browser.window import NARROW, PHONE

SITE = "busy"
FOLDED = "Words of the kind text."
NOTE = "Ask Rosa where the red cloths are."
KEPT = "() => Object.keys(localStorage)"


def test_key_points_first_and_notes_that_go_nowhere(visit, places):
    page = visit(width=PHONE)
    page.goto(places["every_block"])
    first_picture = page.locator("main img").first.bounding_box()["y"]
    assert page.locator(".hard").bounding_box()["y"] < first_picture
    assert page.get_by_text(FOLDED).is_visible(), "the whole lesson, until somebody chooses"
    page.get_by_role("button", name="Key points").click()
    assert not page.get_by_text(FOLDED).is_visible()
    for kind in ("key_points", "safety", "steps", "image", "content_note", "local_policy", "video", "audio"):
        assert page.locator(f".block-{kind}").is_visible(), kind
    page.reload()
    assert not page.get_by_text(FOLDED).is_visible(), "the choice stays"
    page.emulate_media(media="print")
    assert page.get_by_text(FOLDED).is_visible(), "paper has everything"
    page.emulate_media(media="screen")
    folded = page.locator(".block-scenario").get_attribute("id")
    page.evaluate("id => { location.hash = id }", folded)
    page.locator(f"#{folded}").wait_for(state="visible")
    page.get_by_role("button", name="Whole lesson").click()
    assert not page.locator(".between").count()

    page.locator(".answer", has_text="Water").click()
    page.get_by_role("button", name="Try again").wait_for()
    page.get_by_text("My notes (they stay on this phone)").click()
    page.wait_for_function("() => !document.querySelector('#own-notes').readOnly")
    asked = len(page.watch.asked)
    page.get_by_label("My notes", exact=True).press_sequentially(NOTE)
    page.get_by_text("Kept on this phone.").wait_for()
    page.locator(".answer", has_text="Gloves").click()
    assert page.watch.asked[asked:] == [], "a note is sent nowhere"
    assert all(name.startswith("highroad:") for name in page.evaluate(KEPT))

    page.locator(".languages a, .bar-language").locator("visible=true").first.click()
    page.wait_for_url("**/es/**")
    page.locator(".own-notes summary").click()
    page.wait_for_function("words => document.querySelector('#own-notes').value === words", arg=NOTE)
    assert page.locator(".answer", has_text="Guantes").locator("input").is_checked()
    assert not any(NOTE.split()[1] in address for address in page.watch.asked)


def test_no_voice_is_said_and_looks_stay(visit, places):
    page = visit(width=NARROW)
    axe.load(page)
    page.goto(places["every_block"])
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_text("This phone has no English voice. You can add one in its settings.").wait_for()
    page.get_by_role("button", name="Text and colors").click()
    panel = page.locator(".sheet-below")
    panel.wait_for(state="visible")
    for choice in ("largest", "most", "dark", "less movement"):
        panel.get_by_label(choice, exact=True).check()
    assert not axe.violations(page)
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    for address in (places["every_block"], addressed("/es/both/green-custodial/county-job/every-block/", places)):
        page.goto(address)
        assert page.evaluate("() => ({...document.documentElement.dataset})") == {
            "text": "4",
            "room": "3",
            "light": "dark",
            "still": "1",
        }
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), address
        assert not axe.violations(page)
