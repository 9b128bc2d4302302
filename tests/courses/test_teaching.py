"""Whoever teaches sets up courses, plans them and writes down who was there; nobody else learns that there is one."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.cohorts import attending, founding, joining, queries, sessions
from courses.cohorts.attending import NotWritten, Said
from courses.cohorts.enums import CourseKind, Hat
from courses.cohorts.founding import NotSetUp
from courses.cohorts.models import Attendance, Course, Session, SupportCircle
from courses.cohorts.sessions import NotPlanned
from courses.cohorts.text import Text
from courses.delivery import paths
from curriculum.models import LessonPage
from tests.courses.cohorts import a_course, another_instructor, joined, met, there
from tests.factories import add, lesson_data
from tests.factories import release as first_text
from tests.factories import text as words
from users.models import User
from users.ways_in import LETTERS

CIRCLE = {"purpose": "After hard nights", "ground_rules": "What is said here stays here."}


@pytest.fixture
def ines(cast):
    return cast["instructor1"]


@pytest.fixture
def course(released, ines):
    return a_course(ines)


@pytest.fixture
def session(course, ines):
    """Yesterday's, about the first lesson."""
    return met(course, ines, days=-1, pages=Text(course).pages[:1])


def screen(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return BeautifulSoup(response.content, "html.parser").main


def text_of(client, url, status=200):
    return " ".join(screen(client, url, status).get_text(" ").split())


def a_circle(course, by, days=1):
    starts_at = timezone.now() + timedelta(days=days)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    return sessions.write_circle(course=course, by=by, **times, **CIRCLE)


def screens(course, session, circle):
    """{address: who reads it}: "team" is every hat, "instructors" those alone. And what is only posted to."""
    base = f"/teach/{course.code}"
    team = [f"{base}/plan/", f"{base}/plan/print/", f"{base}/support/"]
    own = ["about/", "plan/new/", f"plan/{session.pk}/", "plan/circle/", f"plan/circle/{circle.pk}/"]
    own += [f"session/{session.pk}/", "poster/", "team/"]
    posts = [f"plan/{session.pk}/off/", f"plan/{session.pk}/on/", f"plan/circle/{circle.pk}/remove/"]
    posts += ["poster/code/", "poster/close/", f"team/{course.team.first().pk}/remove/"]
    return team, [f"{base}/{one}" for one in own], [f"{base}/{one}" for one in posts]


def test_each_role_sees_what_is_its_own_and_the_outsider_nothing(client, cast, course, session, ines):
    circle = a_circle(course, ines)
    joined(course, "Rosa")
    another_instructor()
    founding.add_teammate(course=course, by=ines, user=cast["mentor1"], hat=Hat.MENTOR)
    founding.add_teammate(course=course, by=ines, user=cast["auditor"], hat=Hat.CASE_MANAGER)
    before = Course.objects.values().get(pk=course.pk)
    team, own, posts = screens(course, session, circle)
    written = [url for url in [*own, *posts] if not url.endswith("poster/")]
    teach = {"instructor1", "coordinator"}
    for who in ("coordinator", "instructor1", "mentor1", "auditor", "instructor2", "assessor1", "learner1", "outsider"):
        client.force_login(User.objects.get(username=who))
        beside = who in teach | {"mentor1", "auditor"}
        assert {client.get(url).status_code for url in team} == {200 if beside else 404}, who
        assert {client.get(url).status_code for url in own} == {200 if who in teach else 404}, who
        if who not in teach:
            assert {client.post(url).status_code for url in written} == {404}, who
            support = client.post(f"/teach/{course.code}/support/", {"form-TOTAL_FORMS": "0"})
            assert support.status_code == (200 if beside else 404) and not course.support.exists()
        if beside and who not in teach:
            assert not any("Rosa" in text_of(client, url) for url in team)
            assert not [a for url in team for a in screen(client, url).select("a") if "session/" in a["href"]]
    assert Course.objects.values().get(pk=course.pk) == before and SupportCircle.objects.exists()
    client.logout()
    assert {client.get(url).status_code for url in [*team, *own, "/teach/", "/teach/new/"]} == {302}


def test_the_list_is_ones_own_and_what_runs_comes_first(client, cast, course, ines):
    today = timezone.localdate()
    ahead = a_course(ines, "Later", starts_on=today + timedelta(days=3))
    a_course(ines, "Long over", starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=50))
    a_course(another_instructor(), "Of somebody else")
    met(ahead, ines, days=4, title="The first day")
    client.force_login(ines)
    assert [h.text for h in screen(client, "/teach/").select("h2")] == ["Gloves, fall", "Later", "Long over"]
    assert "Next: The first day" in text_of(client, "/teach/")
    client.force_login(cast["coordinator"])
    assert len(screen(client, "/teach/").select("h2")) == 4
    client.force_login(cast["mentor1"])
    assert not screen(client, "/teach/").select("h2, .button")
    for who in ("outsider", "learner1", "designer"):
        client.force_login(cast[who])
        assert {client.get(url).status_code for url in ("/teach/", "/teach/new/", "/teach/workshop/")} == {404}, who


def test_a_course_is_set_up_and_its_address_and_code_are_its_own(client, released, ines, cast):
    client.force_login(ines)
    paths.current.forget()
    text = founding.current_texts()[0]
    told = {
        "text": text.pk,
        "title": "Limpieza con guantes, otoño 2026",
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-01",
        "languages": ["es"],
    }
    refused = client.post("/teach/new/", told | {"ends_on": "2026-08-01"})
    assert refused.status_code == 422 and "last day lies before" in refused.content.decode()
    assert client.post("/teach/new/", told | {"text": 999}).status_code == 422 and not Course.objects.exists()
    answer = client.post("/teach/new/", told)
    course = Course.objects.get()
    assert answer.url == f"/teach/{course.code}/plan/" and course.code == "limpieza-con-guantes"
    assert (course.release, course.languages, course.kind) == (text, ["es"], CourseKind.COHORT)
    assert len(course.join_code) == 8 and set(course.join_code) <= set(LETTERS)
    assert [(one.person, one.hat) for one in course.team.all()] == [(ines.person, Hat.INSTRUCTOR)]
    assert a_course(ines, "Limpieza con guantes, otoño 2027").code == "limpieza-con-guantes-2"
    assert a_course(ines, "New").code == "new-2"
    assert a_course(cast["coordinator"], "手袋").code == "course"
    for who in ("mentor1", "learner1", "designer", "outsider"):
        with pytest.raises(PermissionDenied):
            a_course(cast[who])


def test_only_agreed_texts_are_taught_and_no_samples_for_real(released, course, ines, settings):
    module = course.release.submission.decisions.exclude(pk=course.release.pk).first()
    with pytest.raises(NotSetUp):
        a_course(ines, release=module)
    settings.HIGHROAD_PRODUCTION = True
    assert course.release.sample and founding.current_texts() == []
    with pytest.raises(NotSetUp):
        a_course(ines, release=course.release)


def test_a_workshop_is_one_screen_and_then_the_sheet_for_the_wall(client, released, ines):
    client.force_login(ines)
    paths.current.forget()
    options = screen(client, "/teach/workshop/").select("#id_module option[value]")
    today = timezone.localdate()
    told = {"module": options[1]["value"], "day": today, "starts": "09:00", "ends": "12:30", "place": "Hall B"}
    assert client.post("/teach/workshop/", told | {"ends": "08:00"}).status_code == 422
    assert not Course.objects.exists() and not Session.objects.exists()
    answer = client.post("/teach/workshop/", told | {"valid_months": "24"})
    course, session = Course.objects.get(), Session.objects.get()
    assert answer.url == f"/teach/{course.code}/poster/"
    assert (course.title, course.is_workshop, course.valid_months) == ("Module T1", True, 24)
    assert (session.hours, len(session.pages), session.place) == (Decimal("3.5"), 3, "Hall B")
    sheet = text_of(client, answer.url)
    assert "Sign in here." in sheet and f"{course.join_code[:4]}-{course.join_code[4:]}" in sheet
    assert joining.sign_in_at_door(enrollment=joined(course, "Rosa")).hours == Decimal("3.5")
    with pytest.raises(NotSetUp):
        founding.make_workshop(
            by=ines,
            release=course.release,
            module_uid=course.pk,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
        )


def test_a_new_code_closes_the_old_one_and_joining_can_end(client, course, ines, cast):
    client.force_login(ines)
    old = course.join_code
    rosa = joined(course, "Rosa")
    poster = screen(client, f"/teach/{course.code}/poster/")
    assert poster.select_one(".qr svg") and len(poster.select(".poster-told")) == 1
    client.post(f"/teach/{course.code}/poster/code/")
    course.refresh_from_db()
    assert course.join_code != old and joining.course_by_code(course.join_code) == course
    with pytest.raises(joining.NoSuchCode):
        joining.course_by_code(old)
    last = course.join_code
    client.post(f"/teach/{course.code}/poster/close/")
    assert "Nobody can join now" in text_of(client, f"/teach/{course.code}/poster/")
    with pytest.raises(joining.NoSuchCode):
        joining.course_by_code(last)
    assert list(queries.in_course(course)) == [rosa]
    with pytest.raises(PermissionDenied):
        founding.new_join_code(course=course, by=cast["mentor1"])


def test_the_team_keeps_one_instructor(client, course, ines, cast):
    client.force_login(ines)
    url = f"/teach/{course.code}/team/"
    first = course.team.get()
    assert client.post(f"{url}{first.pk}/remove/").url == url and course.team.get() == first
    assert client.post(url, {"named": "MENTOR1@demo.invalid", "hat": "tutor"}).status_code == 302
    for wrong in ({"named": "nobody"}, {"picked": cast["mentor1"].pk, "named": "mentor1"}, {}):
        assert client.post(url, {"hat": "mentor"} | wrong).status_code == 422
    picked = client.post(url, {"picked": cast["mentor1"].pk, "hat": "instructor"})
    assert picked.status_code == 422 and "an instructor sees who did what" in picked.content.decode()
    ivy = another_instructor()
    assert client.post(url, {"picked": ivy.pk, "hat": "instructor"}).status_code == 302
    assert client.post(f"{url}{first.pk}/remove/").url == "/teach/"
    assert client.get(url).status_code == 404 and {one.person for one in course.team.all()} == {
        ivy.person,
        cast["mentor1"].person,
    }
    client.force_login(cast["coordinator"])
    assert client.post(url, {"picked": ines.pk, "hat": "instructor"}).status_code == 302
    with pytest.raises(PermissionDenied):
        founding.add_teammate(course=course, by=cast["mentor1"], user=cast["mentor1"], hat=Hat.INSTRUCTOR)


def test_the_support_page_is_written_in_lines_and_988_always_stands(client, course, ines, cast):
    founding.add_teammate(course=course, by=ines, user=cast["mentor1"], hat=Hat.MENTOR)
    client.force_login(ines)
    url = f"/teach/{course.code}/support/"
    assert "988" in text_of(client, url)
    base = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    lines = {"form-0-helps_with": "Rides", "form-0-who": "Ana", "form-0-phone": "555 0100", "form-2-helps_with": "Rent"}
    assert client.post(url, base | lines).status_code == 422 and not course.support.exists()
    assert client.post(url, base | lines | {"form-2-who": "The union hall"}).status_code == 302
    client.force_login(cast["mentor1"])
    assert [h.text for h in screen(client, url).select("h2")][1:] == ["Rides", "Rent"]
    client.force_login(ines)
    gone = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-DELETE": "on"}
    client.post(url, lines | gone | {"form-0-who": "Ana", "form-1-helps_with": "Rent", "form-1-who": "Bea"})
    assert [(one.helps_with, one.who) for one in course.support.all()] == [("Rent", "Bea")]


def test_sessions_repeat_weekly_at_the_same_time_on_the_clock(client, course, ines):
    client.force_login(ines)
    url = f"/teach/{course.code}/plan/new/"
    lesson = Text(course).pages[0]
    form = screen(client, url)
    assert {one["value"] for one in form.select("[name=pages]")} == {page.uid for page in Text(course).pages}
    told = {"title": "Wipe down", "kind": "hands_on", "day": "2026-10-19", "starts": "17:30", "ends": "19:45"}
    told |= {"pages": [lesson.uid], "is_related_instruction": "on"}
    for wrong in (
        {"until": "2026-10-20"},
        {"until": "2062-10-20"},
        {"ends": "17:00"},
        {"hours": "3"},
        {"kind": "circle"},
        {"day": "9999-12-31"},
        {"day": "0026-10-19"},
    ):
        assert client.post(url, told | wrong).status_code == 422 and not course.sessions.exists(), wrong
    assert client.post(url, told | {"until": "2026-11-09"}).url == f"/teach/{course.code}/plan/"
    made = list(course.sessions.all())
    local = [timezone.localtime(one.starts_at) for one in made]
    assert [(one.date(), one.hour, one.minute) for one in local] == [
        (date(2026, 10, 19), 17, 30),
        (date(2026, 10, 26), 17, 30),
        (date(2026, 11, 2), 17, 30),
        (date(2026, 11, 9), 17, 30),
    ]
    assert local[1].utcoffset() != local[2].utcoffset()
    assert {one.hours for one in made} == {Decimal("2.25")} and [one.pages for one in made] == [
        [lesson.uid],
        [],
        [],
        [],
    ]
    plan = text_of(client, f"/teach/{course.code}/plan/")
    assert plan.count("Week of") == 4 and "About: Lesson T1.1" in plan
    change = f"/teach/{course.code}/plan/{made[0].pk}/"
    assert client.post(change, told | {"ends": "18:30", "title": "Wipe"}).status_code == 302
    made[0].refresh_from_db()
    assert (made[0].hours, made[0].title, course.sessions.count()) == (Decimal("1.00"), "Wipe", 4)


def test_a_lesson_of_another_text_is_refused(course, ines):
    with pytest.raises(NotPlanned):
        sessions.plan(
            course=course,
            by=ines,
            title="Odd",
            starts_at=timezone.now(),
            ends_at=timezone.now() + timedelta(hours=1),
            pages=[course.pk],
        )


def test_everybody_is_here_and_then_the_few_who_are_not(client, course, session, ines, cast):
    rosa, terrence, ana = (joined(course, name) for name in ("Rosa", "Terrence", "Ana"))
    client.force_login(ines)
    url = f"/teach/{course.code}/session/{session.pk}/"
    page = screen(client, url)
    assert [len(one.select("[type=radio]")) for one in page.select("fieldset")] == [4, 4, 4]
    assert page.select_one("form .button").b is None and page.select_one("form button")["name"] == "everybody"
    client.post(url, {"everybody": "1", f"p-{ana.pk}": "excused"})
    told = {row.enrollment.called: (row.presence, row.hours) for row in Attendance.objects.all()}
    assert told == {"Rosa": ("here", 2), "Terrence": ("here", 2), "Ana": ("excused", 0)}
    same = {f"p-{rosa.pk}": "here", f"p-{terrence.pk}": "here", f"p-{ana.pk}": "excused", "everybody": "1"}
    client.post(url, same)
    assert Attendance.objects.count() == 3
    for hours in ("", "0", "2.5", "x", "1.333", "-1", "NaN"):
        refused = client.post(url, same | {f"p-{rosa.pk}": "part", f"h-{rosa.pk}": hours, f"p-{ana.pk}": "here"})
        assert refused.status_code == 422 and Attendance.objects.count() == 3, hours
        assert (
            BeautifulSoup(refused.content, "html.parser")
            .select_one(f"[name=p-{ana.pk}][value=here]")
            .has_attr("checked")
        )
    client.post(url, same | {f"p-{rosa.pk}": "part", f"h-{rosa.pk}": "1,5"})
    assert Attendance.objects.count() == 4
    hours = {key: value["all"] for key, value in queries.hours_by_enrollment(course).items()}
    assert hours == {str(rosa.pk): Decimal("1.5"), str(terrence.pk): 2, str(ana.pk): 0}
    assert {row.person for row in Attendance.objects.all()} == {ines.person}
    with pytest.raises(PermissionDenied):
        attending.write(session=session, by=cast["mentor1"], said={str(rosa.pk): Said("here")})


def test_what_is_no_attendance(course, session, ines):
    rosa, gone = joined(course, "Rosa"), joined(course, "Gone")
    other = joined(a_course(ines, "Another"), "Ana")
    joining.leave(enrollment=gone)
    type(gone).objects.filter(pk=gone.pk).update(left_on=timezone.localdate() - timedelta(days=3))
    coming = met(course, ines, days=1)
    tries = [(coming, rosa, "here"), (session, gone, "here"), (session, other, "here"), (session, rosa, "late")]
    for where, who, presence in tries:
        with pytest.raises(NotWritten):
            attending.write(session=where, by=ines, said={str(rosa.pk): Said("here"), str(who.pk): Said(presence)})
    sessions.call_off(session=session, by=ines)
    with pytest.raises(NotWritten):
        there(session, ines, Rosa="here")
    assert not Attendance.objects.exists()


def test_calling_off_keeps_attendance_and_other_hours_follow(course, session, ines):
    rosa, ana = joined(course, "Rosa"), joined(course, "Ana")
    there(session, ines, Rosa="here", Ana="away")
    told = {"title": "Gloves on", "kind": "class", "starts_at": session.starts_at, "pages": session.pages}
    sessions.change(session=session, by=ines, ends_at=session.starts_at + timedelta(hours=3), **told)
    assert queries.hours_by_enrollment(course)[str(rosa.pk)]["related"] == 3
    assert Attendance.objects.filter(enrollment=ana).count() == 1
    with pytest.raises(NotPlanned):
        later = timezone.now() + timedelta(days=3)
        sessions.change(
            session=session, by=ines, **(told | {"starts_at": later, "ends_at": later + timedelta(hours=1)})
        )
    session.refresh_from_db()
    sessions.call_off(session=session, by=ines)
    assert Attendance.objects.count() == 3 and not queries.hours_by_enrollment(course)
    sessions.hold_after_all(session=session, by=ines)
    assert queries.hours_by_enrollment(course)[str(rosa.pk)]["all"] == 3


def test_a_circle_has_a_purpose_and_rules_and_no_screen_to_count_on(client, course, ines):
    circle = a_circle(course, ines, days=-1)
    joined(course, "Rosa")
    client.force_login(ines)
    plan = text_of(client, f"/teach/{course.code}/plan/")
    assert CIRCLE["purpose"] in plan and CIRCLE["ground_rules"] in plan
    assert client.get(f"/teach/{course.code}/session/{circle.pk}/").status_code == 404
    assert client.post(f"/teach/{course.code}/session/{circle.pk}/", {"everybody": "1"}).status_code == 404
    assert client.get(f"/teach/{course.code}/plan/{circle.pk}/").status_code == 404
    assert not Attendance.objects.exists()
    client.post(f"/teach/{course.code}/plan/circle/{circle.pk}/remove/")
    assert not SupportCircle.objects.exists()


def test_no_table_can_hold_anything_about_a_circle():
    """Nothing refers to it, it refers to its course alone, and it has no place for a person, a number or a file."""
    own = {field.name for field in SupportCircle._meta.get_fields()}
    assert own == {"uid", "course", "starts_at", "ends_at", "place", "purpose", "ground_rules", "changed_at"}
    assert [field.related_model for field in SupportCircle._meta.fields if field.is_relation] == [Course]
    assert not SupportCircle._meta.related_objects and not SupportCircle._meta.many_to_many
    for model in apps.get_models(include_auto_created=True):
        pointing = [field for field in model._meta.get_fields() if field.related_model is SupportCircle]
        assert not pointing or model is Course, model
        assert not [field for field in model._meta.fields if "circle" in field.name], model


def test_the_notes_are_those_for_instructors_in_the_courses_own_text(client, module, curriculum, cast, committed, ines):
    notes = {"id": str(uuid4()), "type": "facilitator", "value": {"text": "<p>Bring two bottles.</p>", "cautions": []}}
    data = {"title": "With notes", "slug": "with-notes", "body": [words(1, "Wear gloves."), notes]}
    add(module, LessonPage(), lesson_data("T1.3", **data), cast["designer"])
    committed(first_text, curriculum, cast)
    course = a_course(ines)
    pages = Text(course).pages
    session = met(
        course, ines, days=1, pages=[page for page in pages if page.title("en") in ("With notes", "Lesson T1.1")]
    )
    client.force_login(ines)
    page = screen(client, f"/teach/{course.code}/session/{session.pk}/")
    assert [" ".join(h.text.split()) for h in page.select(".teaching-notes h3")] == ["Lesson T1.1", "With notes"]
    assert "Bring two bottles." in page.text and "No notes for the instructor." in page.text
    assert "Wear gloves." not in page.text
    papers = [a["href"] for a in page.select(".papers a")]
    label = course.release.label
    assert papers == [f"/print/tst/releases/{label}/t1/{kind}" for kind in ("", "mentor/", "tutor/")]
    assert {client.get(url).status_code for url in papers} == {200}


def test_screens_cost_the_same_for_one_and_for_three(client, course, ines):
    client.force_login(ines)

    def more(name):
        session = met(course, ines, days=-1, pages=Text(course).pages)
        a_circle(course, ines)
        founding.write_support(course=course, by=ines, lines=[{"helps_with": name, "who": name}] * 2)
        enrollment = joined(course, name)
        there(session, ines, **{name: "here"})
        a_course(ines, name)
        return session, enrollment

    def cost(session):
        base = f"/teach/{course.code}"
        urls = ["/teach/", *(f"{base}/{one}/" for one in ("plan", "plan/print", "poster", "support", "team"))]
        found = {}
        for url in [*urls, f"{base}/session/{session.pk}/"]:
            client.get(url)
            with CaptureQueriesContext(connection) as made:
                assert client.get(url).status_code == 200
            found[url] = len(made)
        return found

    session, _rosa = more("Rosa")
    before = cost(session)
    more("Ana")
    more("Bea")
    assert cost(session) == before and max(before.values()) <= 14, before
