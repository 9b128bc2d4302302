"""What stands over released pages: seen at once, in every address, language and form; and gone when it is over."""

import gzip
from datetime import timedelta

import brotli
import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from courses.delivery import center, covering, notices, paths, published, stored
from curriculum.models import LessonPage
from curriculum.review import queries, safety
from curriculum.review.actions import submit
from curriculum.review.actions.confirming import due_on, lapse_unratified
from curriculum.review.actions.laying import lay, take_away, tell_readers, warn
from curriculum.review.actions.reaching import log_contact, stand_in
from curriculum.review.enums import NoticeKind
from curriculum.review.proposal import Proposal
from tests.courses.reading import every_byte, label_of, next_release, page
from tests.factories import agree, change
from tests.review.dangers import BLOCK, RIGHT, SAFE, UNSAFE, WRONG, agreed, confirmation, corrected, lesson_of, reported

LESSON = {"en": "/curricula/tst/t1/t1-1/", "es": "/es/curricula/tst/t1/t1-1/"}
OTHER = "/curricula/tst/t1/t1-2/"
TEXTS = {"en": "Ask your instructor first.", "es": "Pregunte antes a su instructor."}


@pytest.fixture
def warned(released, module, cast, committed):
    """A warning over the first lesson."""
    return committed(
        warn, module_uid=module.uid, page_uid=lesson_of(module).uid, by=cast["coordinator"], texts=TEXTS, block_id=BLOCK
    )


@pytest.fixture
def put_right(released, module, cast, committed):
    """The first lesson corrected, by both sides."""
    return committed(agreed, committed(reported, module, cast["labor2"]), cast)


@pytest.fixture
def lapsed(put_right, module, committed):
    """And not confirmed in time."""
    return committed(lapse_unratified, due_on(confirmation(module)) + timedelta(days=1))


def forms_of(client, url):
    """What is sent for `url` in each encoding, as text."""
    plain = client.get(url, HTTP_ACCEPT_ENCODING="identity").content
    zipped = gzip.decompress(client.get(url, HTTP_ACCEPT_ENCODING="gzip").content)
    packed = brotli.decompress(client.get(url, HTTP_ACCEPT_ENCODING="br").content)
    assert plain == zipped == packed
    return plain.decode()


def tree(language=""):
    return published.root() / language / "curricula/tst/t1/t1-1"


def test_a_warning_is_seen_at_once_in_both_languages_and_every_form(client, warned):
    for language, url in LESSON.items():
        shown = forms_of(client, url)
        assert TEXTS[language] in shown and f"#b-{BLOCK}" in shown and UNSAFE[language] in shown
        assert TEXTS[language] in (tree("" if language == "en" else language) / "index.html").read_text()
    assert TEXTS["en"] not in client.get(OTHER).content.decode()
    banner = page(client, LESSON["en"]).select_one(".banner-safety")
    assert banner["role"] == "note" and "Safety" in banner.text


def test_a_page_that_was_read_before_shows_the_warning_too_and_costs_no_query(
    client, released, module, cast, committed, django_assert_num_queries
):
    client.get(LESSON["en"])
    committed(
        warn, module_uid=module.uid, page_uid=lesson_of(module).uid, by=cast["coordinator"], texts=TEXTS, block_id=""
    )
    assert TEXTS["en"] in client.get(LESSON["en"]).content.decode()
    older = f"/curricula/tst/releases/{label_of(released)}/t1/t1-1/"
    assert TEXTS["en"] in client.get(older).content.decode()
    for url in (LESSON["en"], OTHER, older):
        client.get(url)
        with django_assert_num_queries(0):
            client.get(url)


def test_an_older_course_text_shows_it_at_its_own_address(client, released, module, curriculum, cast, committed):
    old = label_of(released)
    change(LessonPage.objects.child_of(module).last(), "Take off both gloves.", cast["designer"])
    newer = submit(page=module, by=cast["designer"], proposal=Proposal(note="Both.", releases=(curriculum.uid,)))
    committed(agree, newer, cast["labor1"], cast["management1"])
    committed(
        warn, module_uid=module.uid, page_uid=lesson_of(module).uid, by=cast["coordinator"], texts=TEXTS, block_id=""
    )
    shown = page(client, f"/es/curricula/tst/releases/{old}/t1/t1-1/")
    assert TEXTS["es"] in shown.text and shown.select_one(".banner-older")


def test_pages_without_a_notice_are_the_same_files(warned):
    folders = sorted((published.root().parent / "rendered").glob("*/*"), key=lambda path: len(path.name))
    plain, covered = folders
    other = "en/t1/t1-2/index.html"
    for ending in stored.FORMS.values():
        assert (plain / (other + ending)).samefile(covered / (other + ending))
    assert not (plain / "en/t1/t1-1/index.html").samefile(covered / "en/t1/t1-1/index.html")


def test_taken_away_it_is_gone_and_the_first_pages_are_served_again(client, warned, cast, committed):
    before = paths.current.now().pages[LESSON["en"]].folder
    committed(take_away, notice=warned, by=cast["coordinator"])
    assert TEXTS["en"] not in forms_of(client, LESSON["en"])
    assert len(paths.current.now().pages[LESSON["en"]].folder) < len(before)
    assert TEXTS["en"] not in (tree() / "index.html").read_text()


def test_render_drops_folders_of_notices_that_are_over_and_keeps_the_rest(client, warned, cast, committed):
    call_command("render")
    folders = list((published.root().parent / "rendered").glob("*/*"))
    assert len(folders) == 1 and TEXTS["en"] in forms_of(client, LESSON["en"])
    committed(take_away, notice=warned, by=cast["coordinator"])
    call_command("render", "--all")
    assert len(list((published.root().parent / "rendered").glob("*/*"))) == 1
    assert TEXTS["en"] not in forms_of(client, LESSON["en"])


def test_should_rendering_go_wrong_the_switch_comes_all_the_same(
    client, released, module, cast, committed, monkeypatch
):
    monkeypatch.setattr(covering.build, "Rendering", None)
    committed(
        warn, module_uid=module.uid, page_uid=lesson_of(module).uid, by=cast["coordinator"], texts=TEXTS, block_id=""
    )
    assert TEXTS["en"] in client.get(LESSON["en"]).content.decode()


def test_a_correction_says_when_and_what_and_the_words_change(client, put_right):
    for language, url in LESSON.items():
        shown = forms_of(client, url)
        for words in (WRONG[language], RIGHT[language], SAFE[language]):
            assert words in shown
        assert UNSAFE[language] not in shown
    day = timezone.localdate()
    assert f"{day.day}, {day.year}" in page(client, LESSON["en"]).select_one(".banner-safety").text
    assert page(client, "/curricula/tst/").select_one(".colophon-center")


def test_the_page_as_it_was_is_not_shown_in_an_older_course_text(client, released, put_right):
    old = label_of(released)
    for prefix in ("", "/es"):
        shown = forms_of(client, f"{prefix}/curricula/tst/releases/{old}/t1/t1-1/")
        assert not any(words in shown for words in UNSAFE.values())
    shown = page(client, f"/curricula/tst/releases/{old}/t1/t1-1/")
    assert shown.h1.text == "Lesson T1.1" and shown.select_one(".banner-safety")
    assert shown.select_one(".banner-older a")["href"] == LESSON["en"]
    assert "Take off gloves." in page(client, f"/curricula/tst/releases/{old}/t1/t1-2/").text


def test_after_it_lapsed_no_served_byte_has_the_unsafe_words(client, released, lapsed, module, curriculum):
    labels = [row.label for row in queries.approved("release").filter(subject_uid=curriculum.uid)]
    assert len(labels) == 2
    below = ["", *(f"releases/{label}/" for label in labels)]
    addresses = {
        prefix + "/curricula/tst/" + part + path
        for prefix in ("", "/es")
        for part in below
        for path in ("", "t1/", "t1/t1-1/", "t1/t1-2/", "t1/glove-check/")
    }
    for address in addresses:
        shown = forms_of(client, address)
        assert not any(words in shown for words in (*UNSAFE.values(), *SAFE.values())), address
    for query, language in (("wear gloves", ""), ("use guantes", "/es"), ("elbow", ""), ("codo", "/es")):
        found = client.get(f"{language}/search/", {"q": query}).content.decode()
        marks = " ".join(BeautifulSoup(found, "html.parser").select_one("main").get_text().split())
        assert not any(words in marks for words in (*UNSAFE.values(), *SAFE.values()))
    for file in published.root().rglob("t1-1/index.html"):
        assert not any(words in file.read_text() for words in (*UNSAFE.values(), *SAFE.values()))


def test_a_page_not_shown_says_what_happened_and_leads_to_its_module(client, lapsed):
    for url in LESSON.values():
        shown = page(client, url)
        assert shown.select_one(".banner-safety") and shown.select_one(".lesson-body") is None
        assert shown.select_one("main .button-main")["href"].endswith("/curricula/tst/t1/")
        assert shown.select_one('meta[name="robots"]')["content"] == "noindex"
    assert "Confirm" not in page(client, OTHER).text


def test_both_sides_agree_to_newer_text_and_it_is_shown_again(client, lapsed, module, curriculum, cast, committed):
    committed(next_release, module, curriculum, cast, "Keep your hands off the acid.")
    assert "Keep your hands off the acid." in forms_of(client, LESSON["en"])
    for row in queries.approved("release").order_by("pk")[:2]:
        shown = forms_of(client, f"/curricula/tst/releases/{row.label}/t1/t1-1/")
        assert not any(words in shown for words in (*UNSAFE.values(), *SAFE.values()))


def test_where_a_side_was_not_reached_the_page_says_so_until_it_has_confirmed(
    client, released, module, cast, committed, monkeypatch
):
    submission = committed(corrected, committed(reported, module, cast["labor2"]), cast["designer2"])
    coordinator = {"submission": submission, "by": cast["coordinator"], "side": "management"}
    for _number in range(2):
        log_contact(**coordinator, way="call", reached=False)
    later = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr(timezone, "now", lambda: later)
    agree(submission, cast["labor1"])
    committed(stand_in, **coordinator, words="People are at work.")
    waiting = page(client, OTHER).select(".colophon .side-state")
    assert [state.text.split(",")[0] for state in waiting] == ["agreed", "waiting for management"]
    committed(agree, confirmation(module), cast["labor1"], cast["management1"])
    states = page(client, OTHER).select(".colophon .side-state")
    assert [state.text.split(",")[0] for state in states] == ["agreed", "agreed"]
    assert page(client, LESSON["en"]).select_one(".banner-safety") is None
    assert RIGHT["en"] in page(client, LESSON["en"]).select_one(".banner-older").text


def test_scenario_9_a_spanish_page_older_than_english_says_so_and_is_not_printed(client, released, module, committed):
    def older():
        lay(
            kind=NoticeKind.OLDER,
            module_uid=module.uid,
            page_uid=lesson_of(module).uid,
            language="es",
            texts={"es": {"text": "Más vieja."}},
        )
        tell_readers(module.uid)

    committed(older)
    spanish = page(client, LESSON["es"])
    assert "Más vieja." in spanish.text and spanish.select_one("[data-print]") is None
    assert spanish.select_one(".banner-older a[hreflang=en]")["href"] == LESSON["en"]
    english = page(client, LESSON["en"])
    assert "Más vieja." not in english.text and english.select_one("[data-print]")


def test_the_map_costs_the_same_for_one_notice_and_for_three(
    released, module, cast, committed, django_assert_num_queries
):
    center.name()
    with django_assert_num_queries(4):
        paths.read_map()
    for number in range(3):
        committed(
            warn,
            module_uid=module.uid,
            page_uid=lesson_of(module).uid,
            by=cast["coordinator"],
            texts={code: f"{words} {number}" for code, words in TEXTS.items()},
        )
        center.name()
        with django_assert_num_queries(6):
            paths.read_map()
    assert len(safety.notices_over()) == 3
    [decision] = queries.approved("release")
    assert len(notices.over(decision).of(str(module.uid), str(lesson_of(module).uid), "en")) == 3


def test_every_released_page_leads_to_saying_that_it_could_hurt_someone(client, released, module):
    link = page(client, LESSON["en"]).select_one('a[href^="/hurt/"]')
    assert link["href"] == f"/hurt/?page={lesson_of(module).uid}"
    shown = page(client, link["href"])
    assert "Tell your instructor" in shown.text and "Lesson T1.1" not in shown.text


def test_nothing_that_was_rendered_before_is_served_from_memory(client, put_right):
    assert UNSAFE["en"].encode() in every_byte()
    assert UNSAFE["en"] not in forms_of(client, LESSON["en"])
