"""Two designers at the same page: the second is told, and neither text is lost."""

from tests.browser.steps import open_lesson, text_of, write_sentence

MODULE, LESSON = "Quality, communication, project", "Talking with patients, staff, public"
FIRST, SECOND = "Greet people warmly.", "Tell visitors who you are."


def test_the_second_is_told_and_both_texts_are_kept(visit):
    one, two = visit("designer"), visit("designer2")
    for page in (one, two):
        page.goto("/write/")
        open_lesson(page, MODULE, LESSON)
    editor = two.url

    write_sentence(one, FIRST)
    one.get_by_text("Saved", exact=True).first.wait_for()

    write_sentence(two, SECOND)
    two.get_by_text("Autosave is paused").first.wait_for()
    two.get_by_role("button", name="Send for agreement").click()
    told = two.get_by_role("dialog")
    told.get_by_text("Dolores Tran saved a new version").wait_for()
    told.get_by_role("button", name="Send for agreement").click()

    two.get_by_text("Dolores Tran saved this page while you were writing.").wait_for()
    said = text_of(two, "body")
    assert "Both texts are kept: yours is the draft now, the other one is in the history. Nothing was sent." in said
    assert two.url == editor, "a text that met another one is not sent on"
    assert SECOND in said and FIRST not in said
    two.get_by_role("link", name="Compare both texts").click()
    compared = text_of(two, "body")
    assert FIRST.rstrip(".") in compared and SECOND.rstrip(".") in compared

    one.reload()
    assert SECOND in text_of(one, "body")
    one.goto(editor.replace("/edit/", "/history/"))
    history = text_of(one, "body")
    assert history.index("Dwight Okafor") < history.index("Dolores Tran", history.index("Dwight Okafor"))
