"""The six taps, end to end: real acts of the cast, read from the database, seen on the released page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.models import LessonPage
from curriculum.review import queries
from curriculum.review.actions import sign, submit
from curriculum.review.enums import Outcome
from curriculum.review.models import Submission
from curriculum.review.proposal import Proposal
from home.demo import acting
from home.demo.story import NEXT, Stage, find_scene
from home.demo.wordings import ANYWHERE, PREPARED
from tests.factories import agree, change, make_curriculum, make_module

STORY = "/demo/story/"


@pytest.fixture
def tap(client, read, django_capture_on_commit_callbacks):
    """tap(page) does what the button of the step at hand does, as a browser would; the page that follows."""

    def follow(page, button=".step.is-now"):
        step = page.select_one(button)
        link = step.select_one("a.button")
        if link:
            return read(link["href"].split("#")[0])
        form = step if step.name == "form" else step.form
        fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(form["action"], fields)
        assert response.status_code == 302
        return read(response.url.split("#")[0])

    return follow


def now(page):
    step = page.select_one(".step.is-now")
    return step.h3.text if step else None


def phone(page, read):
    """What the iframe shows: the released page itself."""
    return read(page.iframe["src"].split("#")[0])


def marks(page):
    return [mark["class"][-1] for mark in page.select(".sides .mark")]


def test_six_taps_from_a_sentence_to_the_phone(released, read, tap):
    page = read(STORY)
    taps, new, old = 0, ANYWHERE.wordings[0], "Wear gloves."
    steps = ["Change a sentence", "Send it", "Labor agrees", "Look at the phone", "Management agrees", "Look again"]
    for title in steps:
        assert now(page) == title
        learner = phone(page, read).main.text
        assert old in learner
        assert (new["en"] in learner) is (title == "Look again")
        page, taps = tap(page), taps + 1
    assert taps == 6 and now(page) is None
    assert marks(page) == ["is-agreed", "is-agreed"]
    assert "Dolores Tran" in page.text and "Lucía Herrera" in page.text and "Mei Nakamura" in page.text
    spanish = read(page.select_one(".story-phone .languages a")["href"].split("#")[0])
    assert spanish.iframe["src"].startswith("/es/curricula/tst/t1/t1-1/")
    assert new["es"] in phone(spanish, read).main.text
    for link in page.select("#now a"):
        assert read(link["href"])
    assert old in read(page.select("#now a")[1]["href"]).main.text


def test_what_each_step_shows_of_the_two_sides(released, read, tap):
    page = tap(read(STORY))
    assert marks(page) == ["is-waiting", "is-waiting"]
    assert [sentence.text for sentence in page.select(".sentence ins")] == list(ANYWHERE.wordings[0].values())
    page = tap(page)
    assert Submission.objects.open().get().title == "Module T1"
    assert marks(tap(page)) == ["is-agreed", "is-waiting"]


def test_everything_on_it_is_marked_as_a_sample(released, read, tap):
    page = read(STORY)
    assert page.select_one(".sample-line")
    for _tap in range(6):
        page = tap(page)
        assert page.select_one(".sample-line")
        assert phone(page, read).select_one(".sample-line")
    submission = Submission.objects.get(title="Module T1")
    assert submission.sample and all(entry.sample for entry in submission.entries.all())


def test_each_run_changes_the_sentence_again(released, read, tap, module):
    page, told = read(STORY), []
    for number in range(4):
        page = tap(page, "form.again" if number else ".step.is-now")
        for _tap in range(5):
            page = tap(page)
        told.append(page.select_one(".sentence q").text.strip())
    wordings = [wording["en"] for wording in ANYWHERE.wordings]
    assert told == [*wordings, wordings[0]]
    assert queries.current_edition(module.uid).number == 5


def test_the_story_goes_on_for_whoever_comes_later(released, read, tap):
    tap(tap(tap(read(STORY))))
    assert now(read(STORY)) == "Look at the phone"
    assert now(read(f"{STORY}?seen=1")) == "Management agrees"


def test_starting_again_takes_back_what_is_under_way(released, read, tap):
    page = tap(tap(read(STORY)))
    submission = Submission.objects.open().get()
    page = tap(page, "form.again")
    assert Submission.objects.get(pk=submission.pk).outcome == Outcome.WITHDRAWN
    assert now(page) == "Send it"


def test_a_tap_that_comes_too_late_changes_nothing(released, client, read, tap):
    tap(tap(read(STORY)))
    for move in ("send", "management"):
        page = read(client.post(f"{STORY}{move}/").url.split("#")[0])
        assert "The story went on meanwhile." in page.select_one(".messages").text
        assert now(page) == "Labor agrees"
    assert Submission.objects.open().get().entries.count() == 0
    assert client.post(f"{STORY}nothing/").status_code == 404
    assert client.get(f"{STORY}send/").status_code == 405


def test_a_signature_is_on_what_the_screen_showed(released, client, read, tap):
    tap(tap(read(STORY)))
    response = client.post(f"{STORY}labor/", {"digest": "0" * 64})
    assert "The text you were shown is not this one." in read(response.url.split("#")[0]).select_one(".messages").text
    assert Submission.objects.open().get().entries.count() == 0


def test_management_may_agree_first_in_the_room(released, cast, read, tap):
    tap(tap(read(STORY)))
    agree(Submission.objects.open().get(), cast["management2"])
    page = read(STORY)
    assert now(page) == "Labor agrees"
    assert now(tap(page)) == "Look again"


def test_a_request_for_change_is_met_by_starting_again(released, cast, read, tap):
    tap(tap(read(STORY)))
    submission = Submission.objects.open().get()
    sign(
        submission=submission,
        by=cast["labor2"],
        position="request_changes",
        digest=submission.digest,
        words="Say it in fewer words.",
    )
    page = read(STORY)
    assert now(page) == "Change a sentence"
    assert "One side asks for a change" in page.select_one(".banner").text
    assert now(tap(page)) == "Send it"


def test_somebody_elses_submission_is_taken_back_first(cast, read, tap, django_capture_on_commit_callbacks):
    module = prepared(cast, django_capture_on_commit_callbacks)
    change(LessonPage.objects.child_of(module).last(), "Another change.", cast["designer2"])
    other = submit(page=module, by=cast["designer2"], proposal=Proposal(note="Mine."))
    page = read(STORY)
    assert "Another change to this module is under review" in page.text
    tap(page)
    assert Submission.objects.get(pk=other.pk).outcome == Outcome.WITHDRAWN


def test_a_newer_course_text_meanwhile_is_no_dead_end(curriculum, released, module, cast, read, tap):
    page = tap(tap(read(STORY)))
    waiting = Submission.objects.open().get()
    curriculum.summary = "Newer."
    curriculum.save()
    curriculum.save_revision(user=cast["designer"], log_action=True)
    agree(
        submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="Summary.")),
        cast["labor1"],
        cast["management1"],
    )
    page = read(STORY)
    assert "A newer course text was agreed meanwhile" in page.text
    for _tap in range(6):
        page = tap(page)
    assert now(page) is None
    assert Submission.objects.get(pk=waiting.pk).outcome == Outcome.WITHDRAWN


def prepared(cast, capture, code="G1", curriculum="GRC"):
    """The module that the story would like to play in, released beside another."""
    module = make_module(by=cast["designer"], code=code, shelf_slug="green")
    with capture(execute=True):
        curriculum = make_curriculum(module, by=cast["designer"], code=curriculum)
        agree(
            submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="First.")),
            cast["labor1"],
            cast["management1"],
        )
    return module


def test_it_plays_in_its_own_lesson_where_there_is_one(released, cast, read, django_capture_on_commit_callbacks):
    assert find_scene().plot == ANYWHERE
    prepared(cast, django_capture_on_commit_callbacks)
    assert find_scene().plot == PREPARED
    assert find_scene().lesson.code == "G1.1"
    assert read(STORY).iframe["src"].startswith("/curricula/grc/g1/g1-1/")


def test_elsewhere_it_leaves_modules_alone_that_wait_for_somebody(released, module, cast):
    change(LessonPage.objects.child_of(module).first(), "Another change.", cast["designer2"])
    submit(page=module, by=cast["designer2"], proposal=Proposal(note="Mine."))
    assert find_scene() is None


def test_before_the_first_course_text_it_asks_for_patience(curriculum, read):
    assert "still on its way" in read(STORY).main.text
    assert find_scene() is None


def test_every_stage_has_a_next_move():
    assert set(NEXT) == set(Stage)
    assert set(NEXT.values()) == {"change", "send", "labor", "management"}


def test_the_prepared_sentence_is_replaced_and_others_are_added():
    html = f"<p>Think. {PREPARED.original['en']}</p>"
    first, second = PREPARED.wordings[:2]
    assert PREPARED.after(html, "en") == first
    changed = PREPARED.put_into(html, first, "en")
    assert changed == f"<p>Think. {first['en']}</p>"
    assert PREPARED.after(changed, "en") == second
    assert ANYWHERE.put_into("<p>Think.</p>", ANYWHERE.wordings[0], "en").endswith("before you start.</p>")
    assert ANYWHERE.put_into("<ul><li>A</li></ul>", ANYWHERE.wordings[0], "es").startswith("<ul><li>A</li></ul><p>")


@pytest.mark.parametrize("plot", [PREPARED, ANYWHERE])
def test_wordings_differ_in_every_language_and_hold_nothing_that_weighs(plot):
    for language in ("en", "es"):
        words = [wording[language] for wording in plot.known]
        assert len(set(words)) == len(words)
        assert not any(character.isdigit() or character in "<>&\"'" for character in "".join(words))
        assert not any(one in other for one in words for other in words if one != other)


def test_more_curricula_cost_no_more_queries(released, client, cast, django_capture_on_commit_callbacks):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(STORY).status_code == 200
        return len(queries)

    client.get(STORY)
    before = count()
    make_module(by=cast["designer"], code="T2")
    prepared(cast, django_capture_on_commit_callbacks, code="T3", curriculum="OTH")
    assert count() == before <= 30


def test_nobody_signs_what_they_wrote(released, cast, module):
    scene = find_scene()
    change(LessonPage.objects.child_of(module).first(), "Labor helped.", cast["labor1"])
    acting.play(find_scene(), "change")
    submission = acting.play(find_scene(), "send")
    acting.play(find_scene(), "labor", submission.digest)
    entry = submission.entries.get()
    assert entry.person == cast["labor2"].person
    assert scene.lesson.pk == find_scene().lesson.pk
