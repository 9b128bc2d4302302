"""What an instructor sees of a course: today, people, files, the text with notes. And what nobody else sees."""

import csv
import io
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from courses.cohorts import joining, progress, roster
from courses.cohorts.founding import current_texts, make_workshop
from courses.cohorts.models import Attendance, Enrollment, Mark
from courses.cohorts.text import Text
from curriculum.models import LessonPage
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.courses.cohorts import a_course, another_instructor, done, joined, met, there
from tests.factories import agree, save
from users import learners
from users.models import LearnerCode

SCREENS = ["", "people/", "roster/", "move/", "read/", "read/t1/t1-1/"]
FILES = ["roster", "hours", "progress", "hours-summary"]


@pytest.fixture
def course(released, cast):
    return a_course(cast["instructor1"], department="Public Works")


@pytest.fixture
def teacher(cast, client):
    client.force_login(cast["instructor1"])
    return client


def page(client, course, below=""):
    answer = client.get(f"/teach/{course.code}/{below}")
    assert answer.status_code == 200, (below, answer.status_code)
    assert "no-store" in answer["Cache-Control"]
    return BeautifulSoup(answer.content, "html.parser")


def rows(client, course, what):
    answer = client.get(f"/teach/{course.code}/export/{what}.csv")
    assert answer.status_code == 200 and answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_today_is_the_next_session_with_lessons_prints_and_the_week(course, cast, teacher):
    first, second, check = Text(course).pages
    met(course, cast["instructor1"], days=-7, pages=[first], title="Past")
    met(course, cast["instructor1"], days=9, pages=[check], title="Later")
    session = met(
        course, cast["instructor1"], pages=[first, second], guest="Ana, Local 100", prepare="Gloves, L", place="Yard"
    )
    today = page(teacher, course)
    assert today.h1.text == "Gloves on" and "Today" in today.select_one(".today .kicker").text
    assert all(words in today.text for words in ("Yard", "Ana, Local 100", "Gloves, L"))
    links = [link["href"] for link in today.select("main a[href]")]
    assert f"/teach/{course.code}/session/{session.pk}/" in links
    assert f"/teach/{course.code}/read/{first.path}" in links and f"/teach/{course.code}/read/{check.path}" not in links
    printed = [link for link in links if "/print/" in link]
    assert len(printed) == 2 and all(teacher.get(link).status_code == 200 for link in printed)
    session.is_called_off = True
    session.save()
    assert page(teacher, course).h1.text == "Later"


def test_who_may_need_a_hand_stands_there_kindly_and_by_name(course, cast, teacher):
    first, second, check = Text(course).pages
    people = {name: joined(course, name) for name in ("Zoe", "ana", "Ben", "Carla", "Dee", "Eli")}
    Enrollment.objects.exclude(called="Eli").update(joined_on=timezone.localdate() - timedelta(days=14))
    for days, pages in ((-9, [first]), (-2, [second])):
        session = met(course, cast["instructor1"], days=days, pages=pages)
        there(session, cast["instructor1"], Ben="away", Carla="excused" if days == -2 else "away", Zoe="here")
    for name in ("Ben", "Carla", "Dee"):
        done(people[name], second)
    done(people["Dee"], second, is_done=False)
    done(people["Dee"], first)
    hands = page(teacher, course).find(id="hands").parent
    told = {line.b.text: " ".join(line.span.text.split()) for line in hands.select("li")}
    assert list(told) == ["ana", "Ben", "Zoe"]
    assert told == {
        "ana": "nothing marked done so far",
        "Ben": "was away the last two times",
        "Zoe": "nothing marked done so far",
    }
    assert "need a hand" in hands.h2.text and not re.search(r"\d", hands.text)


def test_people_are_told_by_week_done_or_not_yet_and_hours_by_attendance(course, cast, teacher):
    first, second, check = Text(course).pages
    rosa = joined(course, "Rosa")
    joined(course, "Ben <b>")
    done(rosa, first)
    one = met(course, cast["instructor1"], days=-8, pages=[first])
    met(course, cast["instructor1"], days=3, pages=[second, check], is_related_instruction=False)
    there(one, cast["instructor1"], Rosa="here")
    seen = page(teacher, course, "people/")
    tables = seen.select("table")
    assert len(tables) == 3 and seen.select("table b:not(.is-done)") == []
    cells = [[cell.text for cell in row.select("th, td")] for row in tables[0].select("tr")]
    assert cells == [["Name", "Lesson T1.1"], ["Ben <b>", "Not yet"], ["Rosa", "Done"]]
    assert [row.td["data-label"] for row in tables[0].select("tbody tr")] == ["Lesson T1.1"] * 2
    hours = [[cell.text for cell in row.select("th, td")][:3] for row in tables[2].select("tbody tr")]
    assert hours == [["Ben <b>", "0", "0"], ["Rosa", "2.00", "2.00"]]
    assert "%" not in seen.main.text and not re.search(r"\d:\d\d", seen.main.text)


def test_a_code_lets_somebody_back_in_and_who_made_it_is_listed(course, cast, teacher):
    rosa = joined(course, "Rosa", "es")
    url = f"people/{rosa.pk}/code/"
    assert "Make a code" in page(teacher, course, url).text and not LearnerCode.objects.exists()
    answer = teacher.post(f"/teach/{course.code}/{url}")
    shown = BeautifulSoup(answer.content, "html.parser")
    assert "no-store" in answer["Cache-Control"] and "/es/back" in shown.text
    code = shown.select_one(".one-code").text
    assert learners.use_code(typed=code, pin="2580", again="2580") == rosa.learner
    again = page(teacher, course, "people/")
    assert "made by Inés Robles" in again.text and "used" in again.text and code not in again.text


def test_taking_somebody_out_keeps_attendance_and_nothing_else(course, cast, teacher):
    first, second, check = Text(course).pages
    rosa = joined(course, "Rosa")
    done(rosa, first)
    there(met(course, cast["instructor1"], days=-1, pages=[first]), cast["instructor1"], Rosa="here")
    url = f"/teach/{course.code}/people/{rosa.pk}/out/"
    assert "Hours from attendance stay" in teacher.get(url).content.decode()
    assert Mark.objects.exists()
    teacher.post(url)
    assert Attendance.objects.count() == 1 and not Mark.objects.exists()
    assert "Rosa is out of the course" in page(teacher, course, "people/").text
    assert "Rosa" not in page(teacher, course, "people/").text
    assert teacher.post(url).status_code == 404
    assert teacher.post(f"/teach/{course.code}/people/{rosa.pk}/code/").status_code == 404
    rosa.refresh_from_db()
    with pytest.raises(PermissionDenied):
        roster.let_back_in(enrollment=rosa, by=cast["instructor1"])


def test_files_hold_names_for_instructors_and_sums_alone_for_a_department(course, cast, teacher):
    first, second, check = Text(course).pages
    people = [joined(course, name) for name in ("Ana", "Ben", "Carla", "=1+1")]
    done(people[0], first)
    one = met(course, cast["instructor1"], days=-2, pages=[first])
    two = met(course, cast["instructor1"], days=-1, is_related_instruction=False, title="@Visit")
    there(one, cast["instructor1"], Ana="here", Ben="here")
    there(two, cast["instructor1"], Ana="here")
    assert [row[0] for row in rows(teacher, course, "roster")] == ["Name", "'=1+1", "Ana", "Ben", "Carla"]
    hours = rows(teacher, course, "hours")
    assert hours[0][:3] == ["Name", "Hours", "Related instruction"] and len(hours[0]) == 5
    assert hours[2] == ["Ana", "4.00", "2.00", "2.00", "2.00"] and hours[4] == ["Carla", "0", "0", "", ""]
    joining.leave(enrollment=people[1])
    joining.leave(enrollment=people[2])
    [*_present, left] = rows(teacher, course, "hours")
    assert left[0].startswith("left the course (") and left[1:] == ["2.00", "2.00", "2.00", ""]
    assert len(_present) == 3, "whoever left without hours is in no row"
    for person, name in ((people[1], "Ben"), (people[2], "Carla")):
        joining.enroll(course=course, learner=person.learner, called=name)
    done_rows = rows(teacher, course, "progress")
    assert done_rows[0] == ["Name", "Lesson T1.1", "Lesson T1.2"]
    assert done_rows[2] == ["Ana", "done", "not yet"]
    assert {cell for row in done_rows[1:] for cell in row[1:]} == {"done", "not yet"}
    few = rows(teacher, course, "hours-summary")
    assert len(few) == 1 and "Fewer than five" in few[0][0] and not re.search(r"\d", few[0][0])
    joined(course, "Eli")
    assert rows(teacher, course, "hours-summary")[1] == ["Gloves, fall", "Public Works", "5", "2", "6.00", "4.00"]
    assert teacher.get(f"/teach/{course.code}/export/marks.csv").status_code == 404


@pytest.fixture
def with_notes(curriculum, module, cast, committed):
    """The next text holds a note for the instructor. The course is one of that text."""
    lesson = LessonPage.objects.child_of(module).get(slug="t1-2")
    note = {"type": "facilitator", "value": {"text": "<p>Bring spare gloves.</p>", "cautions": []}}
    lesson.body = lesson.body.stream_block.to_python([*lesson.body.get_prep_value(), note])
    save(lesson, cast["designer"])
    proposal = Proposal(note="A note.", releases=(curriculum.uid,))
    committed(agree, submit(page=module, by=cast["designer"], proposal=proposal), cast["labor1"], cast["management1"])
    return a_course(cast["instructor1"], title="With notes", release=current_texts()[0])


def test_an_instructor_reads_the_text_with_notes_and_stays_inside(released, with_notes, cast, teacher):
    course = with_notes
    first, second, check = Text(course).pages
    lesson = page(teacher, course, f"read/{second.path}?in=en")
    assert "Bring spare gloves." in lesson.text and "For the instructor" in lesson.text
    assert "Bring spare gloves." not in teacher.get(f"/curricula/tst/{second.path}").content.decode()
    for link in lesson.select("nav.pager a, nav.rail a, nav.crumbs a, .languages a"):
        assert link["href"].startswith(f"/teach/{course.code}/read/"), link
        assert teacher.get(link["href"]).status_code == 200
    spanish = page(teacher, course, f"read/{first.path}?in=es")
    assert spanish.html["lang"] == "es" and spanish.h1.text == "Lección T1.1"
    assert teacher.get(f"/teach/{course.code}/read/t1/nothing/").status_code == 404


def test_a_mentor_is_led_to_what_everybody_reads_and_to_the_plan(released, with_notes, cast, client):
    course = with_notes
    course.team.create(person=cast["mentor1"].person, hat="mentor")
    joined(course, "Rosa")
    client.force_login(cast["mentor1"])
    assert client.get(f"/teach/{course.code}/").headers["Location"] == f"/teach/{course.code}/plan/"
    answer = client.get(f"/teach/{course.code}/read/t1/t1-2/", follow=True)
    assert answer.status_code == 200 and "Bring spare gloves." not in answer.content.decode()
    for below in ["people/", "roster/", "move/", *(f"export/{what}.csv" for what in FILES)]:
        assert client.get(f"/teach/{course.code}/{below}").status_code == 404, below


@pytest.mark.parametrize("who", ["another", "mentor1", "learner1", "designer", "outsider", None])
def test_to_everybody_else_there_is_no_such_course(course, cast, client, who):
    rosa = joined(course, "Rosa")
    if who:
        user = another_instructor() if who == "another" else cast[who]
        if who == "another":
            own = a_course(user, title="Another course")
            client.force_login(user)
            assert client.get(f"/teach/{own.code}/people/{rosa.pk}/code/").status_code == 404
        client.force_login(user)
    files = [f"export/{what}.csv" for what in FILES]
    for below in [*SCREENS, *files, f"people/{rosa.pk}/code/", f"people/{rosa.pk}/out/"]:
        for ask in (client.get, client.post):
            answer = ask(f"/teach/{course.code}/{below}")
            known = answer.status_code in ((404, 405) if who else (302, 405))
            assert known and b"Rosa" not in answer.content, (below, answer.status_code)
    assert not LearnerCode.objects.exists() and Enrollment.objects.get().left_on is None


def test_the_coordinator_sees_every_course(course, cast, client):
    client.force_login(cast["coordinator"])
    for below in [*SCREENS, *(f"export/{what}.csv" for what in FILES)]:
        assert client.get(f"/teach/{course.code}/{below}").status_code == 200, below


def test_questions_do_not_grow_with_people_and_sessions(course, cast, teacher, django_assert_max_num_queries):
    first, second, check = Text(course).pages
    belows = ["", "people/", "roster/", "move/", *(f"export/{what}.csv" for what in FILES)]

    def grow(name, days):
        person = joined(course, name)
        done(person, first)
        learners.make_code(learner=person.learner, by=cast["instructor1"])
        session = met(course, cast["instructor1"], days=-days, pages=[first, second])
        there(session, cast["instructor1"], **{name: "away"})
        met(course, cast["instructor1"], days=days, pages=[second, check])

    def counted():
        found = {}
        for below in belows:
            with django_assert_max_num_queries(25) as asked:
                assert teacher.get(f"/teach/{course.code}/{below}").status_code == 200
            found[below] = len(asked)
        return found

    grow("One", 1)
    grow("Two", 2)
    counted()
    few = counted()
    for number, name in enumerate(("Three", "Four", "Five", "Six"), start=3):
        grow(name, number)
    assert counted() == few


def test_weeks_are_counted_from_the_monday_of_the_first_day(course, cast):
    first, second, check = Text(course).pages
    sessions = [met(course, cast["instructor1"], days=days, pages=[first]) for days in (-14, 0)]
    assert [week.number for week in progress.weeks(course, sessions, [first])] == [1, 3]


def test_a_workshop_has_the_same_screens_with_its_one_module(released, course, cast, teacher):
    starts_at = timezone.now() + timedelta(hours=1)
    module = Text(course).modules[0]
    workshop, session = make_workshop(
        by=cast["instructor1"],
        release=course.release,
        module_uid=module.uid,
        title="Open day",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
    )
    seen = page(teacher, workshop)
    assert seen.h1.text == "Open day" and len(seen.find(id="lessons").parent.select("li")) == len(module.pages)
    session.pages = ["00000000-0000-4000-8000-00000000dead"]
    session.save()
    assert len(page(teacher, workshop).find(id="lessons").parent.select("li")) == len(module.pages)
    assert "No session names a lesson yet" not in page(teacher, workshop, "people/").text


def test_a_course_that_has_not_begun_says_what_to_do_first(course, teacher):
    assert "No session is coming" in page(teacher, course).text
    assert "Nobody has joined yet" in page(teacher, course, "people/").text
    joined(course, "Rosa")
    assert "No session names a lesson yet" in page(teacher, course, "people/").text
    assert rows(teacher, course, "hours") == [["Name", "Hours", "Related instruction"], ["Rosa", "0", "0"]]
