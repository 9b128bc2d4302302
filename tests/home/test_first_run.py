"""Three questions, one transaction, and a lesson open for writing."""

import re
from datetime import timedelta

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from curriculum.models import CurriculumPage, LessonPage, LibraryPage, ModulePage
from curriculum.review.actions import sign, submit
from curriculum.review.models import Committee, JointReviewTask, Seat
from curriculum.review.proposal import Proposal
from home.first_run import samples
from home.models import FirstRunLink, SiteAnswers
from tests.factories import lesson_data
from tests.factories import save as save_draft
from users.grants import give_role
from users.models import Invitation, User
from users.roles import Role

YOU = {"you-name": "Ana Rivera", "you-username": "ana", "you-password": "three plain words"}
CENTER = {"center-center_name": "Valley Center", "center-languages": ["en", "es"]}
PEOPLE = {
    "labor-party": "Local 100",
    "labor-name": "Lucía H.",
    "labor-email": "lucia@example.org",
    "management-party": "Valley County",
    "management-name": "Mei N.",
    "management-email": "",
}
pytestmark = pytest.mark.usefixtures("real", "db")


@pytest.fixture
def link(capsys):
    call_command("first_run")
    return re.search(r"http\S+?(/first-run/\S+/)", capsys.readouterr().out)[1]


@pytest.fixture
def small_samples(tmp_path, monkeypatch):
    """A folder of one sample: one module, one lesson."""
    folder = tmp_path / "samples" / "small"
    module = folder / "modules" / "S1"
    (module / "lessons").mkdir(parents=True)
    head = {
        "code": "SML",
        "slug": "small-course",
        "title": {"en": "Small course", "es": "Curso pequeño"},
        "summary": {"en": "One lesson."},
        "labor_partner": "Somebody else’s local",
        "management_partner": "Somebody else’s county",
        "modules": ["S1"],
    }
    (folder / "curriculum.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    (module / "module.yaml").write_text(
        yaml.safe_dump({"code": "S1", "slug": "start", "title": {"en": "Start"}, "lessons": ["S1.1"]}), "utf-8"
    )
    (module / "lessons" / "S1.1.en.md").write_text(
        '---\ncode: S1.1\ntitle: "Begin"\nobjective: "Say hello."\nmode: classroom\nminutes: 2\n---\nHello.\n', "utf-8"
    )
    outline = tmp_path / "samples" / "later"
    outline.mkdir()
    (outline / "curriculum.yaml").write_text("code: LTR\nslug: later\ntitle: Later\nstatus: outline\n", "utf-8")
    monkeypatch.setattr(samples, "FOLDER", tmp_path / "samples")
    return folder


def parsed(response):
    return BeautifulSoup(response.content, "html.parser")


def walk(client, link, start="blank", **more):
    """Answer all three; the last response."""
    assert client.post(link, YOU | CENTER | more).url == f"{link}people/"
    assert client.post(f"{link}people/", PEOPLE | more).url == f"{link}start/"
    return client.post(f"{link}start/", {"start-start": start})


def nothing_written():
    return not any(
        model.objects.exists()
        for model in (User, SiteAnswers, Committee, Invitation, LessonPage, ModulePage, CurriculumPage)
    )


def test_it_ends_on_an_empty_lesson_open_for_writing_signed_in(client, link):
    response = walk(client, link)
    lesson = LessonPage.objects.get()
    assert response.url == f"/admin/pages/{lesson.pk}/edit/"
    assert lesson.get_parent().specific.code == "M1" and not lesson.live
    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password("three plain words") and user.get_full_name() == "Ana Rivera"
    assert {group.name for group in user.groups.all()} == {"Administrator", "Designer"}
    answers = SiteAnswers.objects.get()
    assert (answers.center_name, answers.languages) == ("Valley Center", ["en", "es"])
    assert answers.set_up_on == timezone.localdate()
    committee = Committee.objects.get()
    assert (committee.labor_name, committee.management_name) == ("Local 100", "Valley County")
    assert JointReviewTask.objects.get().committee == committee
    assert {page.locale.language_code for page in LibraryPage.objects.filter(depth=2)} == {"en", "es"}
    assert "three plain words" not in str(dict(client.session))
    assert client.get("/desk/").url == "/write/"


def test_the_invitations_to_copy_seat_both_sides_who_then_agree(client, link, django_capture_on_commit_callbacks):
    walk(client, link)
    page = parsed(client.get("/invitations/"))
    links = {row.h2.text: row.select_one("input[readonly]")["value"] for row in page.select(".invited > li")}
    assert set(links) == {"Lucía H.", "Mei N."}
    letter = page.select_one("a[href^='mailto:lucia@example.org']")["href"]
    assert "welcome" in letter
    for name, address in links.items():
        browser, username = Client(), name.split()[0].lower()
        account = {"name": name, "username": username, "password": "other plain words", "language": "es"}
        assert browser.post(address, account).url == "/desk/"
        assert browser.get("/desk/").url == "/review/"
    sides = Seat.objects.values_list("representative__person__name", "representative__side")
    assert set(sides) == {("Lucía H.", "labor"), ("Mei N.", "management")}
    assert "Nobody is waiting" in parsed(client.get("/invitations/")).text
    lesson = LessonPage.objects.get()
    lesson.body = lesson.body.stream_block.to_python(lesson_data()["body"])
    writer = User.objects.get(username="ana")
    save_draft(lesson, writer)
    submission = submit(page=ModulePage.objects.get(), by=writer, proposal=Proposal(note="First."))
    for username in ("lucía", "mei"):
        user = User.objects.get(username=username)
        sign(submission=submission, by=user, position="support", digest=submission.digest)
    assert submission.decisions.get().number == 1 and not submission.sample


def test_it_starts_from_a_sample(client, link, small_samples):
    page = walk(client, link, start="small")
    lesson = LessonPage.objects.get()
    assert page.url == f"/admin/pages/{lesson.pk}/edit/" and lesson.title == "Begin"
    for curriculum in CurriculumPage.objects.all():
        assert (curriculum.labor_partner, curriculum.management_partner) == ("Local 100", "Valley County")


def test_only_samples_with_lessons_are_offered(client, link, small_samples):
    client.post(link, YOU | CENTER)
    client.post(f"{link}people/", PEOPLE)
    page = parsed(client.get(f"{link}start/"))
    assert [choice["value"] for choice in page.select("input[type=radio]")] == ["small", "blank"]
    assert "Small course" in page.text and "One lesson." in page.text


def test_the_samples_of_the_project_can_be_chosen():
    assert [sample.slug for sample in samples.samples()] == ["clerical", "emt", "green-custodial", "grounds-measure-w"]


def test_a_sample_with_a_mistake_writes_nothing(client, link, small_samples):
    (small_samples / "modules" / "S1" / "module.yaml").write_text("code: S1\nlessons: [S1.9]\n", "utf-8")
    response = walk(client, link, start="small")
    assert response.status_code == 422
    assert "This sample has a mistake. Nothing was written." in parsed(response).text
    assert "small/modules/S1" in parsed(response).text
    assert nothing_written()
    assert FirstRunLink.objects.get().used_at is None
    assert client.post(f"{link}start/", {"start-start": "blank"}).status_code == 302


def test_going_back_keeps_what_was_said_and_writes_nothing(client, link):
    client.post(link, YOU | CENTER)
    half = PEOPLE | {"labor-name": "", "back": "1"}
    assert client.post(f"{link}people/", half).url == link
    page = parsed(client.get(link))
    assert page.select_one("[name=you-username]")["value"] == "ana"
    assert page.select_one("[name=center-center_name]")["value"] == "Valley Center"
    assert not page.select_one("[name=you-password]").get("value")
    assert client.post(link, YOU | CENTER | {"you-password": ""}).url == f"{link}people/"
    assert parsed(client.get(f"{link}people/")).select_one("[name=management-name]")["value"] == "Mei N."
    # Half answered: the last screen leads back to it.
    assert client.get(f"{link}start/").url == f"{link}people/"
    assert nothing_written()
    walk(client, link)
    assert User.objects.get().check_password("three plain words")


@pytest.mark.parametrize(
    ("screen", "change", "sentence"),
    [
        ("", {"you-password": "short"}, "too short"),
        ("", {"you-password": ""}, "This field is required."),
        ("", {"you-username": "a b"}, "Enter a valid username"),
        ("", {"center-center_name": " "}, "This field is required."),
        ("", {"center-languages": []}, "This field is required."),
        ("", {"center-languages": ["xx"]}, "xx is not one of the available choices."),
        ("people/", {"labor-party": ""}, "This field is required."),
        ("people/", {"management-party": "local 100"}, "The two parties need different names."),
        ("people/", {"management-name": "Lucía H."}, "One person speaks for one side. Name somebody else"),
        ("people/", {"management-email": "Lucia@example.org"}, "One person speaks for one side. Give another e-mail"),
        ("people/", {"management-email": "mei at home"}, "Enter a valid email address."),
        ("start/", {"start-start": "nowhere"}, "nowhere is not one of the available choices."),
        ("start/", {}, "This field is required."),
    ],
)
def test_a_bad_answer_is_shown_where_it_is(screen, change, sentence, client, link):
    good = {"": YOU | CENTER, "people/": PEOPLE, "start/": {}}
    for before in list(good)[: list(good).index(screen)]:
        client.post(link + before, good[before])
    response = client.post(link + screen, good[screen] | change)
    assert response.status_code == 422
    assert sentence in parsed(response).select_one(".errorlist").text
    assert nothing_written()


def test_screens_are_answered_in_order(client, link):
    assert client.get(f"{link}start/").url == link
    assert client.post(f"{link}start/", {"start-start": "blank"}).url == link
    assert client.get(f"{link}people/").url == link
    assert nothing_written()


def test_the_link_works_once(client, link):
    walk(client, link)
    for url in (link, f"{link}people/", f"{link}start/"):
        response = client.get(url)
        assert response.status_code == 410
        assert "was set up on" in parsed(response).text
    assert Client().post(f"{link}start/", {"start-start": "blank"}).status_code == 410
    assert User.objects.count() == 1
    with pytest.raises(CommandError, match="was set up on"):
        call_command("first_run")


def test_two_browsers_at_once_set_up_one_installation(client, link):
    other = Client()
    for browser in (client, other):
        browser.post(link, YOU | CENTER)
        browser.post(f"{link}people/", PEOPLE)
    assert client.post(f"{link}start/", {"start-start": "blank"}).status_code == 302
    assert other.post(f"{link}start/", {"start-start": "blank"}).status_code == 410
    assert LessonPage.objects.count() == 1


def test_an_old_or_unknown_link_says_so(client, link, capsys):
    FirstRunLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "too old" in parsed(client.get(link)).text
    assert "We do not know this link." in parsed(client.get("/first-run/guessed/")).text
    call_command("first_run")
    assert "We do not know this link." in parsed(client.get(link)).text
    assert FirstRunLink.objects.count() == 1


def test_only_the_hash_of_the_link_is_kept(link):
    assert link.split("/")[2] not in str(FirstRunLink.objects.values())


def test_the_demo_is_not_set_up(client, link, settings):
    settings.HIGHROAD_DEMO = True
    assert client.get(link).status_code == 404
    with pytest.raises(CommandError, match="This is the demo"):
        call_command("first_run")


def test_where_there_is_an_account_its_administrator_answers(client, link):
    user = User.objects.create_user("boss", password="three plain words", name="Bo")
    assert client.get(link).url == f"/accounts/login/?next={link}"
    client.force_login(user)
    refused = client.get(link)
    assert refused.status_code == 403 and "An administrator sets up the installation." in parsed(refused).text
    give_role(user=user, role=Role.ADMINISTRATOR)
    give_role(user=user, role=Role.DESIGNER)
    assert not parsed(client.get(link)).select("[name=you-name]")
    assert client.post(link, CENTER).url == f"{link}people/"
    client.post(f"{link}people/", PEOPLE)
    assert client.post(f"{link}start/", {"start-start": "blank"}).url.startswith("/admin/pages/")
    assert User.objects.get() == user


def test_one_language_only(client, link):
    walk(client, link, **{"center-languages": ["es"]})
    assert client.get("/invitations/").content.count(b"/language/") == 1
    client.get("/language/es/")
    assert client.get("/invitations/").content.count(b"/language/") == 0
