"""The six taps, in a browser: a sentence on its way from a draft to the phone beside it."""

from tests.browser.walk import Walk
from tests.browser.window import PHONE


def test_the_story_is_told_in_six_taps(visit):
    page = visit(width=PHONE)
    walk = Walk(page)
    walk.start("/demo/story/")
    phone = page.frame_locator(".phone iframe").locator("main")
    old = page.locator(".sentence q").first.inner_text()
    told = []
    while page.locator(".step.is-now").count():
        told.append(page.locator(".step.is-now h3").inner_text())
        step = page.locator(".step.is-now")
        walk.tap(step.get_by_role("button").or_(step.get_by_role("link")))
        phone.wait_for()
        says_old = old in " ".join(phone.inner_text().split())
        assert says_old == (walk.taps < 5), (told, walk.taps)
    assert walk.taps == 6
    assert told == [
        "Change a sentence",
        "Send it",
        "Labor agrees",
        "Look at the phone",
        "Management agrees",
        "Look again",
    ]
    for number, language in enumerate(("en", "es")):
        sentences = page.locator(".sentence q")
        new = " ".join(sentences.nth(number).inner_text().split())
        page.locator(".story-phone .languages").get_by_text("Español" if language == "es" else "English").click()
        phone.wait_for()
        assert new in " ".join(phone.inner_text().split())
        assert page.frame_locator(".phone iframe").locator("html").get_attribute("lang") == language
