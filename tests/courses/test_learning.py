"""A learner joins by a code, reads the signed lesson with their marks in it, and takes their own data away."""

import json
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone

from courses.assessing import learner_urls
from courses.cohorts import joining, marking
from courses.cohorts.founding import make_course, make_workshop
from courses.cohorts.models import Attendance, Course, Enrollment, Mark
from courses.cohorts.sessions import plan, write_circle
from courses.cohorts.text import Text
from courses.delivery import paths
from courses.learning import taken
from courses.learning import urls as learning_urls
from curriculum.enums import FrozenKind
from curriculum.review.actions import Refused, submit
from curriculum.review.models import Decision
from curriculum.review.proposal import Proposal
from curriculum.review.workdays import later
from tests.courses.reading import label_of, next_release
from tests.factories import save
from tests.review import dangers
from users import learners
from users.models import Learner, Person

PIN = "2580"
FIRST, SECOND = "t1/t1-1/", "t1/t1-2/"


@pytest.fixture(autouse=True)
def _nobody_tried_yet():
    cache.clear()


@pytest.fixture
def course(released, cast):
    """Inés Robles teaches the first course text to a cohort that is on now."""
    paths.current.forget()
    today = timezone.localdate()
    return make_course(
        by=cast["instructor1"],
        title="Gloves, fall",
        release=Decision.objects.get(kind=FrozenKind.RELEASE),
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=60),
        languages=["en", "es"],
        department="",
        place="Room 2",
    )


@pytest.fixture
def phone(course, client):
    """A phone on which Rosa has joined."""
    answer = client.post(f"/join/{course.join_code}/", {"name": "Rosa", "pin": PIN, "again": PIN})
    assert answer.status_code == 302, answer.content.decode()
    return client


def soup(answer):
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser")


def send(client, course, *marks):
    rows = [{"page": page, "done": done, "at": at.isoformat()} for page, done, at in marks]
    return client.post(f"/learn/{course.code}/marks/", json.dumps({"marks": rows}), "application/json")


def lesson_uids(course):
    return [page.uid for page in Text(course).lessons]


def test_a_code_a_name_and_a_pin_are_enough(course, client):
    answer = client.post("/join/", {"code": f" {course.join_code[:4].lower()}-{course.join_code[4:]} "}, follow=True)
    page = soup(answer)
    assert "Gloves, fall" in page.h1.text
    assert "employer sees nothing" in page.select_one(".who-sees-what").text
    answer = client.post(answer.request["PATH_INFO"], {"name": "Rosa", "pin": PIN, "again": PIN}, follow=True)
    assert "Hello, Rosa" in soup(answer).text
    assert Person.objects.filter(name="Rosa", user=None).count() == 1


@pytest.mark.parametrize(
    "pin, again", [("1234", "1234"), ("0000", "0000"), ("258", "258"), (PIN, "2581"), ("25a0", "25a0")]
)
def test_a_pin_that_is_no_good_makes_nobody(course, client, pin, again):
    answer = client.post(f"/join/{course.join_code}/", {"name": "Rosa", "pin": pin, "again": again})
    assert answer.status_code == 422
    assert not Enrollment.objects.exists() and not Learner.objects.exists()


def test_two_people_of_one_name_are_told_apart(phone, course, client):
    client.cookies.clear()
    answer = client.post(f"/join/{course.join_code}/", {"name": " rosa ", "pin": PIN, "again": PIN})
    assert answer.status_code == 422 and "already" in answer.content.decode()
    assert Enrollment.objects.count() == 1


def test_wrong_codes_are_limited_and_right_ones_are_not(course, client):
    for _person in range(25):
        assert client.post("/join/", {"code": course.join_code}).status_code == 302
    codes = [client.post("/join/", {"code": f"WRNG{n:04}"}).status_code for n in range(25)]
    assert codes[0] == 422 and codes[-1] == 429
    assert client.post("/join/", {"code": course.join_code}).status_code == 429


def test_back_on_another_phone(phone, course, client):
    client.cookies.clear()
    wrong = client.post(f"/back/{course.join_code}/", {"name": "Rosa", "pin": "8642"})
    nobody = client.post(f"/back/{course.join_code}/", {"name": "Nobody", "pin": PIN})
    assert wrong.status_code == nobody.status_code == 422
    assert client.get(f"/learn/{course.code}/").status_code == 302
    client.post(f"/back/{course.join_code}/", {"name": "rosa", "pin": PIN})
    assert "Hello, Rosa" in soup(client.get(f"/learn/{course.code}/")).text


def test_five_wrong_pins_close_the_name_for_a_while(phone, course, client):
    client.cookies.clear()
    for _try in range(5):
        client.post(f"/back/{course.join_code}/", {"name": "Rosa", "pin": "8642"})
    assert client.post(f"/back/{course.join_code}/", {"name": "Rosa", "pin": PIN}).status_code == 422


def test_a_code_from_the_instructor_signs_other_phones_out(phone, course, cast, client):
    learner = Learner.objects.get()
    code = learners.make_code(learner=learner, by=cast["instructor1"])
    other = type(client)()
    answer = other.post("/back/", {"code": code, "pin": "8642", "again": "8642"}, follow=True)
    assert "Hello, Rosa" in soup(answer).text
    assert phone.get(f"/learn/{course.code}/").status_code == 302
    assert type(client)().post("/back/", {"code": code, "pin": "8642", "again": "8642"}).status_code == 422
    assert learner.codes.get().made_by == cast["instructor1"].person


def test_the_lesson_is_the_signed_one_with_its_links_in_the_course(phone, course, client):
    page = soup(phone.get(f"/learn/{course.code}/{FIRST}"))
    public = soup(client.get(f"/curricula/tst/{FIRST}"))
    assert page.select_one(".lesson-body").decode() == public.select_one(".lesson-body").decode()
    links = [link["href"] for link in page.select("a[href]")]
    assert not [link for link in links if "/curricula/" in link]
    assert f"/es/learn/{course.code}/{FIRST}" in links
    assert f"/learn/{course.code}/{SECOND}" in links
    assert page.select_one("form[data-mark] button").text == "I have done this lesson"


def test_nobody_outside_reads_in_the_course(course, client, cast):
    for user in (None, "outsider", "learner2", "labor1", "designer"):
        other = type(client)()
        if user:
            other.force_login(cast[user])
        for below in ("", FIRST, "schedule/", "support/", "me/", "me/data.json"):
            assert other.get(f"/learn/{course.code}/{below}")["Location"] == "/join/", (user, below)
        assert other.post(f"/learn/{course.code}/marks/").status_code == 404
        assert other.get("/learn/no-such-course/")["Location"] == "/join/"


def test_the_team_looks_in_and_marks_nothing(course, client, cast):
    client.force_login(cast["instructor1"])
    assert "part of its team" in soup(client.get(f"/learn/{course.code}/")).text
    assert not soup(client.get(f"/learn/{course.code}/{FIRST}")).select("form[data-mark]")
    assert client.get(f"/learn/{course.code}/me/").status_code == 404
    assert send(client, course).status_code == 404


def test_a_mark_by_form_shows_in_every_list(phone, course):
    first, second = lesson_uids(course)
    phone.post(f"/learn/{course.code}/marks/", {"page": first, "done": "1"})
    home = soup(phone.get(f"/learn/{course.code}/"))
    assert "Lesson T1.2" in home.select_one(".go-on").text
    lesson = soup(phone.get(f"/learn/{course.code}/{SECOND}"))
    done = [tag.find_previous("a")["href"] for tag in lesson.select(".is-done")]
    assert done == [f"/learn/{course.code}/{FIRST}"]
    phone.post(f"/learn/{course.code}/marks/", {"page": first, "done": "0"})
    assert not soup(phone.get(f"/learn/{course.code}/{SECOND}")).select(".is-done")


def test_two_phones_and_a_week_without_a_line_come_together(phone, course):
    first, second = lesson_uids(course)
    now = timezone.now()
    week = now - timedelta(days=7)
    send(phone, course, (first, True, now - timedelta(days=3)))
    # The other phone comes back: its older word on one lesson does not count, its word on another does.
    told = send(phone, course, (first, False, week), (second, True, week)).json()["marks"]
    assert told == {first: True, second: True}
    assert send(phone, course, (second, True, week), (second, True, week)).json()["marks"] == told
    assert Mark.objects.count() == 2


def test_a_phone_with_a_clock_ahead_does_not_speak_from_the_future(phone, course):
    first, _second = lesson_uids(course)
    send(phone, course, (first, True, timezone.now() + timedelta(days=900)))
    assert send(phone, course, (first, False, timezone.now())).json()["marks"] == {first: False}


@pytest.mark.parametrize(
    "body",
    [
        "nonsense",
        "[]",
        "{}",
        '{"marks": [1]}',
        '{"marks": [{"page": "x", "done": 1, "at": "2026-01-01T00:00:00Z"}]}',
        '{"marks": [{"page": "x", "done": true, "at": "2026-01-01"}]}',
    ],
)
def test_marks_that_cannot_be_read_change_nothing(phone, course, body):
    answer = phone.post(f"/learn/{course.code}/marks/", body, "application/json")
    assert answer.status_code == 400 and "still on your phone" in answer.json()["error"]
    assert not Mark.objects.exists()


def test_marks_on_pages_that_are_not_there_are_left_aside(phone, course):
    assert send(phone, course, ("no-such-page", True, timezone.now())).json() == {"marks": {}}


def test_a_lesson_costs_one_query_whatever_is_marked(phone, course, django_assert_num_queries):
    address = f"/learn/{course.code}/{FIRST}"
    phone.get(address)
    with django_assert_num_queries(1):
        phone.get(address)
    send(phone, course, *((uid, True, timezone.now()) for uid in lesson_uids(course)))
    with django_assert_num_queries(1):
        phone.get(address)


def test_a_learner_sees_copies_and_erases_what_is_theirs(phone, course):
    first, _second = lesson_uids(course)
    send(phone, course, (first, True, timezone.now()))
    assert "Lesson T1.1: done" in soup(phone.get(f"/learn/{course.code}/me/")).get_text(" ", strip=True)
    data = phone.get(f"/learn/{course.code}/me/data.json").json()
    assert data["name"] == "Rosa" and data["lessons"][0]["done"] is True
    assert phone.post(f"/learn/{course.code}/me/", {"act": "erase"}).status_code == 422
    assert Mark.objects.exists()
    phone.post(f"/learn/{course.code}/me/", {"act": "erase", "sure": "on"})
    assert not Mark.objects.exists()
    learner = Learner.objects.get()
    assert (learner.pin, learner.email, learner.person.name) == ("", "", "")
    assert Enrollment.objects.get().called == ""
    assert phone.get(f"/learn/{course.code}/").status_code == 302
    # The name is free again for somebody else.
    joining.check_free(course, "Rosa")


def test_nothing_is_kept_of_pages_that_were_opened():
    names = {field.name for model in (Enrollment, Mark, Course, Learner) for field in model._meta.get_fields()}
    assert not names & {"opened_at", "last_seen", "last_login", "ip", "address", "device", "user_agent", "minutes"}
    told = " ".join(names)
    for word in ("convict", "hous", "health", "immigr", "birth"):
        assert word not in told


def test_marks_merge_in_any_order(course, released):
    person = Person.objects.create(name="Rosa")
    learner = Learner.objects.create(person=person)
    enrollment = joining.enroll(course=course, learner=learner, called="Rosa")
    page = lesson_uids(course)[0]
    start = timezone.now() - timedelta(days=9)
    words = [marking.Word(page, done, start + timedelta(hours=n)) for n, done in enumerate((True, False, True, False))]
    outcomes = set()
    for order in (words, words[::-1], [words[2], words[0], words[3], words[1]], words * 2):
        Mark.objects.all().delete()
        for word in order:
            marking.mark(enrollment=enrollment.pk, words=[word], pages=[page], digest="x")
        row = Mark.objects.get()
        outcomes.add((row.is_done, row.at))
    assert outcomes == {(False, words[3].at)}


def test_a_course_keeps_its_text_when_a_newer_one_is_agreed(phone, course, module, curriculum, cast, committed):
    address = f"/learn/{course.code}/{FIRST}"
    committed(next_release, module, curriculum, cast)
    assert "Wear gloves." in soup(phone.get(address)).text, "a newer text waits for somebody to move the course"
    assert Text(course).decision == course.release


def test_a_course_follows_a_safety_correction_at_once(phone, course, module, cast, committed):
    correction = committed(dangers.agreed, dangers.reported(module, cast["instructor1"]), cast)
    assert Text(course).decision.label == f"{course.release.label}.1" == label_of(correction)
    page = soup(phone.get(f"/learn/{course.code}/{FIRST}"))
    assert dangers.SAFE["en"] in page.select_one(".lesson-body").text
    assert "Safety correction" in page.select_one(".banner-safety").text


def test_a_course_in_an_older_text_is_warned(phone, course, module, curriculum, cast, committed):
    committed(next_release, module, curriculum, cast, words="Wear gloves, always.")
    committed(dangers.agreed, dangers.reported(module, cast["instructor1"]), cast)
    page = soup(phone.get(f"/learn/{course.code}/{FIRST}"))
    assert Text(course).decision == course.release
    assert "Wear gloves." not in page.main.text and page.main.select_one(".banner-safety")


def test_the_schedule_tells_a_circle_and_asks_for_nothing(phone, course, cast):
    start = timezone.now() + timedelta(days=2)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    plan(course=course, by=cast["instructor1"], title="Gloves on", prepare="Bring gloves.", **times)
    write_circle(course=course, by=cast["instructor1"], purpose="Time to talk.", ground_rules="Pass.", **times)
    page = soup(phone.get(f"/learn/{course.code}/schedule/"))
    assert len(page.select(".meeting")) == 2 and "Nobody writes down who comes" in page.text
    assert not page.select("main form")
    assert "Gloves on" in soup(phone.get(f"/learn/{course.code}/")).select_one("#next").parent.text


@pytest.mark.parametrize("below", ["", "schedule/", "support/"])
def test_a_course_costs_the_same_for_one_session_and_for_three(
    phone, course, cast, below, django_assert_num_queries, django_assert_max_num_queries
):
    def add(day):
        start = timezone.now() + timedelta(days=day)
        plan(course=course, by=cast["instructor1"], title="Gloves", starts_at=start, ends_at=start + timedelta(hours=1))

    add(1)
    address = f"/learn/{course.code}/{below}"
    phone.get(address)
    with django_assert_max_num_queries(6) as one:
        phone.get(address)
    add(2)
    add(3)
    with django_assert_num_queries(len(one)):
        phone.get(address)


@pytest.fixture
def workshop(released, cast):
    paths.current.forget()
    release = Decision.objects.get(kind=FrozenKind.RELEASE)
    start = timezone.localtime().replace(hour=0, minute=5)
    course, _session = make_workshop(
        by=cast["instructor1"],
        release=release,
        module_uid=release.frozen.content["modules"][0]["module"],
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="Dock",
        valid_months=12,
    )
    return course


def test_the_code_on_the_wall_signs_in_and_gives_a_certificate(workshop, client):
    client.post(f"/join/{workshop.join_code}/", {"name": "Rosa", "pin": PIN, "again": PIN})
    client.post(f"/join/{workshop.join_code}/", {"as_i_am": "1"})
    row = Attendance.objects.get()
    assert (row.presence, str(row.hours), row.person.name) == ("here", "2.00", "Rosa")
    link = soup(client.get(f"/learn/{workshop.code}/")).find("a", string="My certificate")
    page = soup(client.get(link["href"]))
    assert page.select_one(".certificate-name").text == "Rosa"
    assert "It holds until" in page.text and "SAMPLE" in page.text
    paper = client.get(f"/learn/{workshop.code}/certificate.pdf")
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_nobody_gets_a_certificate_without_being_there(workshop, course, phone, cast):
    other = joining.enroll(course=workshop, learner=Learner.objects.get(), called="Rosa")
    assert phone.get(f"/learn/{workshop.code}/certificate/").status_code == 404
    assert phone.get(f"/learn/{course.code}/certificate/").status_code == 404
    assert not Attendance.objects.filter(enrollment=other).exists()


def test_a_certificate_holds_to_the_same_day_or_the_last_of_a_shorter_month():
    assert later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert later(date(2026, 11, 22), 12) == date(2027, 11, 22)
    assert later(date(2027, 12, 31), 2) == date(2028, 2, 29)


def test_a_mark_from_another_site_is_refused(phone, course):
    first, _second = lesson_uids(course)
    told = {"page": first, "done": "1"}
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert phone.post(f"/learn/{course.code}/marks/", told, headers=headers).status_code == 403
    assert not Mark.objects.exists()


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "a.b:c", "00000000-0000-4000-8000-000000000000.x:y"])
def test_a_cookie_nobody_signed_opens_nothing(course, client, cookie):
    client.cookies[learners.COOKIE] = cookie
    assert client.get(f"/learn/{course.code}/{FIRST}").status_code == 302


def test_an_account_learns_too(course, cast, client):
    learner = learners.new_learner(name="", account=cast["learner1"])
    joining.enroll(course=course, learner=learner, called="Rosa")
    client.force_login(cast["learner1"])
    assert client.get("/desk/").url == "/es/learn/"
    assert client.get("/es/learn/").url == f"/es/learn/{course.code}/"
    page = soup(client.get(f"/es/learn/{course.code}/{FIRST}"))
    assert page.html["lang"] == "es" and "Use guantes." in page.text


def test_a_module_with_the_address_of_a_screen_is_not_sent(module, cast):
    routes = [str(one.pattern) for urls in (learner_urls, learning_urls) for one in urls.urlpatterns]
    below = {route.split("/")[2] for route in routes if route.startswith("learn/<slug:code>/")}
    named = {name.rpartition(".")[0] or name for name in below if name and not name.startswith("<")}
    assert named == taken.SCREENS
    for name in (*taken.SCREENS, *taken.VERSIONS):
        module.slug = name
        save(module, cast["designer"])
        with pytest.raises(Refused, match=f"“{name}-at-work”"):
            submit(page=module, by=cast["designer"], proposal=Proposal(note="A better name."))
    module.slug = "support-at-work"
    save(module, cast["designer"])
    assert submit(page=module, by=cast["designer"], proposal=Proposal(note="A better name."))
