"""A course moves to a newer text after a dry run, and by nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from courses.cohorts import moving, queries
from courses.cohorts.models import Mark, Move
from courses.cohorts.text import Text
from courses.delivery import paths
from curriculum.models import LessonPage
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.courses.cohorts import a_course, another_instructor, done, joined, met
from tests.courses.reading import next_release
from tests.factories import add, agree, change, lesson_data


@pytest.fixture
def course(released, cast):
    return a_course(cast["instructor1"])


@pytest.fixture
def newer(module, curriculum, cast, committed):
    """Call it to have both sides agree on another course text: the first lesson changed in English."""

    def make(words="Wear clean gloves."):
        submission = committed(next_release, module, curriculum, cast, words)
        paths.current.forget()
        return submission

    return make


@pytest.fixture
def second_gone(module, curriculum, cast, committed):
    """Call it for a text in which the second lesson is gone, a third is new, and the first changed in Spanish."""

    def make():
        LessonPage.objects.child_of(module).get(slug="t1-2").delete()
        add(module, LessonPage(), lesson_data("T1.3"), cast["designer"])
        change(LessonPage.objects.get(title="Lección T1.1"), "Use guantes limpios.", cast["designer"])
        proposal = Proposal(note="A new lesson.", releases=(curriculum.uid,))
        submission = submit(page=module, by=cast["designer"], proposal=proposal)
        committed(agree, submission, cast["labor1"], cast["management1"])
        paths.current.forget()

    return make


def test_without_a_newer_text_there_is_nothing_to_move_to(course, cast):
    assert moving.dry_run(course) is None
    with pytest.raises(moving.NotMoved, match="newest"):
        moving.move(course=course, token="", by=cast["instructor1"])


def test_a_dry_run_says_what_changes_and_for_whom_and_changes_nothing(course, cast, newer):
    first, second, check = Text(course).pages
    rosa, ben, ana = (joined(course, name) for name in ("Rosa", "ben", "Ana"))
    done(rosa, first, second)
    done(ana, first)
    done(ben, second)
    newer()
    run = moving.dry_run(course)
    assert [(page.uid, page.change, page.languages) for page in run.pages] == [
        (first.uid, "changed", {"en": "changed"})
    ]
    assert [(one.code, one.before, one.after) for one in run.modules] == [("T1", 1, 2)]
    assert [name for name, _pages in run.people] == ["Ana", "Rosa"]
    assert run.evidence == () and run.sessions == () and not Move.objects.exists()
    assert "Rosa" not in str(run.told) and run.told["people"] == 2
    course.refresh_from_db()
    assert queries.text_of(course).pk == run.before.pk == course.release_id


def test_new_and_gone_lessons_and_sessions_that_name_them(course, cast, second_gone):
    first, second, check = Text(course).pages
    rosa = joined(course, "Rosa")
    done(rosa, second)
    met(course, cast["instructor1"], days=-7, pages=[second])
    coming = met(course, cast["instructor1"], days=3, pages=[first, second])
    second_gone()
    run = moving.dry_run(course)
    told = {page.title("en"): (page.change, page.languages) for page in run.pages}
    assert told == {
        "Lesson T1.1": ("changed", {"es": "changed"}),
        "Lesson T1.3": ("new", {"en": "new"}),
        "Lesson T1.2": ("gone", {"en": "gone"}),
    }
    assert [(session.pk, [page.uid for page in pages]) for session, pages in run.sessions] == [
        (coming.pk, [second.uid])
    ]
    assert [(name, [page.uid for page in pages]) for name, pages in run.people] == [("Rosa", [second.uid])]


def test_the_move_keeps_marks_and_what_was_told(course, cast, newer):
    first, second, check = Text(course).pages
    rosa = joined(course, "Rosa")
    done(rosa, first, second)
    before = list(Mark.objects.values())
    newer()
    run = moving.dry_run(course)
    row = moving.move(course=course, token=run.token, by=cast["instructor1"])
    course.refresh_from_db()
    assert course.release == run.after == row.after and row.before == run.before
    assert row.told == run.told and row.person == cast["instructor1"].person
    assert list(Mark.objects.values()) == before
    marks = list(Mark.objects.all())
    assert moving.changed_since(course, marks) == {first.uid} == moving.changed_since(course, marks, "en")
    assert moving.changed_since(course, marks, "es") == set()
    done(rosa, first, is_done=False)
    done(rosa, first)
    assert moving.changed_since(course, Mark.objects.all()) == set()


def test_it_is_refused_when_something_changed_since_it_was_read(course, cast, newer):
    first, second, check = Text(course).pages
    newer()
    read = moving.dry_run(course)
    done(joined(course, "Rosa"), first)
    assert moving.dry_run(course).token == read.token
    newer("Wear dry gloves.")
    for token in (read.token, "", "nonsense"):
        with pytest.raises(moving.NotMoved, match="Read it again"):
            moving.move(course=course, token=token, by=cast["instructor1"])
    course.refresh_from_db()
    assert course.release == read.before and not Move.objects.exists()
    moving.move(course=course, token=moving.dry_run(course).token, by=cast["coordinator"])
    with pytest.raises(moving.NotMoved, match="newest"):
        moving.move(course=course, token=read.token, by=cast["instructor1"])


@pytest.mark.parametrize("who", ["mentor1", "learner1", "outsider", "designer", "another"])
def test_nobody_else_moves_a_course(course, cast, newer, who):
    newer()
    by = another_instructor() if who == "another" else cast[who]
    if who == "another":
        a_course(by, title="Another course")
    with pytest.raises(PermissionDenied):
        moving.move(course=course, token=moving.dry_run(course).token, by=by)
    course.refresh_from_db()
    assert not Move.objects.exists()


def test_whoever_keeps_results_says_which_are_affected(course, cast, newer):
    first, second, check = Text(course).pages
    newer()
    quiet = moving.dry_run(course)
    asked = []

    def ask(of, pages):
        asked.append((of, pages))
        return ["3 results rest on the old words."]

    moving.evidence.register("results", ask)
    try:
        run = moving.dry_run(course)
        assert run.evidence == ("3 results rest on the old words.",) and asked == [(course, frozenset({first.uid}))]
        with pytest.raises(moving.NotMoved, match="Read it again"):
            moving.move(course=course, token=quiet.token, by=cast["instructor1"])
    finally:
        moving.evidence.forget("results")


def test_a_workshop_whose_module_is_gone_stays(released, cast, newer, course):
    workshop = a_course(cast["instructor1"], title="Open day", module_uid=Text(course).modules[0].uid)
    newer()
    assert [page.change for page in moving.dry_run(workshop).pages] == ["changed"]
    workshop.module_uid = "00000000-0000-4000-8000-00000000dead"
    workshop.save()
    run = moving.dry_run(workshop)
    assert run.module_is_gone and not run.pages
    with pytest.raises(moving.NotMoved, match="stays as it is"):
        moving.move(course=workshop, token=run.token, by=cast["instructor1"])


def test_the_questions_do_not_grow_with_people_and_sessions(
    course, cast, newer, django_assert_max_num_queries, django_assert_num_queries
):
    first, second, check = Text(course).pages
    newer()
    done(joined(course, "One"), first)
    met(course, cast["instructor1"], days=1, pages=[first])
    moving.dry_run(course)
    with django_assert_max_num_queries(9) as one:
        moving.dry_run(course)
    for name in ("Two", "Three"):
        done(joined(course, name), first)
        met(course, cast["instructor1"], days=2, pages=[first])
    with django_assert_num_queries(len(one)):
        moving.dry_run(course)


def test_on_screen_the_dry_run_comes_first_and_the_move_is_listed(course, cast, newer, client):
    first, second, check = Text(course).pages
    done(joined(course, "Rosa"), first)
    url = f"/teach/{course.code}/move/"
    client.force_login(cast["instructor1"])
    assert "reads the newest course text" in client.get(url).content.decode()
    newer()
    assert "There is a newer course text" in client.get(f"/teach/{course.code}/").content.decode()
    page = client.get(url).content.decode()
    assert "Rosa" in page and "changed in English" in page and "version 1 becomes 2" in page
    assert "No results are affected" in page
    refused = client.post(url, {"read": "old"}, follow=True).content.decode()
    assert "Nothing was moved" in refused and not Move.objects.exists()
    moved = client.post(url, {"read": moving.dry_run(course).token}, follow=True).content.decode()
    assert Move.objects.count() == 1 and "Moved before" in moved and "1 page changed" in moved
    assert timezone.localdate() - course.starts_on == timedelta(days=14)


@pytest.mark.parametrize("who", ["mentor1", "learner1", "outsider", "designer"])
def test_to_everybody_else_there_is_no_such_screen(course, cast, client, who):
    client.force_login(cast[who])
    assert client.get(f"/teach/{course.code}/move/").status_code == 404
