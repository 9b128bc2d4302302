"""Coming in by a link or a short code: once, for a few days, to one place, and never near the admin."""

import hashlib
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from users import ways_in
from users.grants import give_role
from users.models import SignInLink, User
from users.permissions import opens_the_admin, who_open_the_admin
from users.roles import Role

pytestmark = pytest.mark.django_db

CLOSED = "This opens nothing now"


@pytest.fixture(autouse=True)
def no_memory():
    """Rate limits live in the cache."""
    cache.clear()


@pytest.fixture
def coordinator(someone):
    return someone(Role.COORDINATOR)


@pytest.fixture
def lucia(someone):
    return someone(Role.LABOR_REVIEWER, username="lucia", preferred_language="es")


@pytest.fixture
def way(coordinator, lucia):
    """way() is a fresh (link, token, code) for lucia; way(next_path=...) leads elsewhere."""

    def make(**more):
        return ways_in.make(user=lucia, by=coordinator, **more)

    return make


def who(client):
    return client.session.get("_auth_user_id")


def test_one_tap_on_the_phone_signs_in_for_thirty_days(client, way, lucia):
    _link, token, _code = way(next_path="/review/tour/")
    page = client.get(f"/in/{token}/")
    assert page.status_code == 200 and "Lucia" in page.text and 'lang="es"' in page.text
    answer = client.post(f"/in/{token}/")
    assert (answer.status_code, answer.url) == (302, "/review/tour/")
    assert who(client) == str(lucia.pk)
    assert timedelta(days=29) < client.session.get_expiry_date() - timezone.now() <= timedelta(days=30)


def test_looking_at_a_link_uses_nothing_up(client, way):
    """Messengers open links to show what is behind them."""
    _link, token, _code = way()
    for look in (client.get, client.head, client.options):
        look(f"/in/{token}/")
    assert who(client) is None
    assert SignInLink.objects.get().used_at is None
    assert client.post(f"/in/{token}/").status_code == 302


def test_a_link_works_once_and_takes_its_code_along(client, way):
    _link, token, code = way()
    client.post(f"/in/{token}/")
    other = Client()
    for again in (other.get(f"/in/{token}/"), other.post(f"/in/{token}/"), other.post("/in/", {"code": code})):
        assert again.status_code == 410 and CLOSED in again.text
    assert who(other) is None


def test_a_code_works_once_and_takes_its_link_along(client, way, lucia):
    _link, token, code = way(next_path="/review/")
    typed = f" {code[:4].lower()}-{code[4:].lower()} "
    answer = client.post("/in/", {"code": typed})
    assert (answer.status_code, answer.url) == (302, "/review/") and who(client) == str(lucia.pk)
    assert Client().post(f"/in/{token}/").status_code == 410


def test_used_expired_and_unknown_read_the_same(way):
    _link, used, _code = way()
    Client().post(f"/in/{used}/")
    old, token, code = way()
    SignInLink.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    def read(answer):
        return answer.status_code, answer.text.replace(answer.wsgi_request.path, "")

    told = {read(Client().get(f"/in/{one}/")) for one in (used, token, "x" * 22)}
    told |= {read(Client().post("/in/", {"code": one})) for one in (code, "AAAAAAAA")}
    assert {status for status, _text in told} == {410}
    assert all(CLOSED in text for _status, text in told)
    assert not any("lucia" in text.lower() for _status, text in told)


def test_whoever_is_in_already_taps_the_link_again_and_goes_on(client, way, someone):
    _link, token, _code = way(next_path="/review/tour/")
    client.post(f"/in/{token}/")
    assert client.get(f"/in/{token}/").url == "/review/tour/"
    other = Client()
    other.force_login(someone(Role.MANAGEMENT_REVIEWER))
    assert other.get(f"/in/{token}/").status_code == 410


def test_a_link_on_a_shared_tablet_ends_the_session_before(client, way, lucia, someone):
    client.force_login(someone(Role.MANAGEMENT_REVIEWER))
    _link, token, _code = way()
    assert "Management_Reviewer" in client.get(f"/in/{token}/").text
    client.post(f"/in/{token}/")
    assert who(client) == str(lucia.pk)


def test_only_hashes_are_kept(way):
    link, token, code = way()
    kept = str(SignInLink.objects.values().get(pk=link.pk))
    assert token not in kept and code not in kept
    assert link.code_hash != hashlib.sha256(code.encode()).hexdigest()


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/login/?next=/admin/",
        "//evil.example/review/",
        "https://evil.example/review/",
        "/review/../admin/",
        "/review/%2e%2e/admin/",
        "/review//evil.example",
        "/review/\\..\\admin",
        "/reviewadmin/",
        "/write/",
        "javascript:alert(1)",
        "review/",
        "",
    ],
)
def test_a_way_leads_below_review_or_to_the_desk(client, way, path):
    _link, token, _code = way(next_path=path)
    assert client.post(f"/in/{token}/").url == "/review/"


def test_a_stored_path_is_looked_at_again_when_the_link_is_used(client, way):
    link, token, _code = way()
    SignInLink.objects.filter(pk=link.pk).update(next_path="/admin/")
    assert client.post(f"/in/{token}/?next=/admin/", {"next": "/admin/"}).url == "/review/"


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_with_the_admin_comes_in_this_way(coordinator, someone, role):
    with pytest.raises(PermissionDenied):
        ways_in.make(user=someone(role, username="above"), by=coordinator)
    assert not SignInLink.objects.exists()


@pytest.mark.parametrize("flag", ["is_superuser", "is_staff"])
def test_nor_whoever_looks_after_everything(coordinator, someone, flag):
    with pytest.raises(PermissionDenied):
        ways_in.make(user=someone(username="root", **{flag: True}), by=coordinator)


def test_a_link_made_before_somebody_got_the_admin_is_closed(client, way, lucia):
    _link, token, code = way()
    give_role(user=lucia, role=Role.DESIGNER)
    assert client.post(f"/in/{token}/").status_code == 410
    assert client.post("/in/", {"code": code}).status_code == 410
    assert who(client) is None


def test_a_phone_that_came_by_link_is_signed_out_when_its_account_gets_the_admin(client, way, lucia):
    _link, token, _code = way()
    client.post(f"/in/{token}/")
    give_role(user=lucia, role=Role.COORDINATOR)
    answer = client.get("/admin/", follow=True)
    assert who(client) is None
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_every_door_of_the_admin_stays_shut_behind_a_link(client, way):
    _link, token, _code = way()
    client.post(f"/in/{token}/")
    for path in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/users/", "/write/", "/invitations/"):
        assert client.get(path).status_code in (302, 403, 404), path
        assert not client.get(path).headers.get("Location", "").startswith("/admin/")


@pytest.mark.parametrize("role", [Role.LABOR_REVIEWER, Role.LEARNER, Role.AUDITOR, Role.DESIGNER, None])
def test_only_coordinators_and_administrators_make_one(someone, lucia, role):
    by = someone(*([role] if role else []), username="by")
    with pytest.raises(PermissionDenied):
        ways_in.make(user=lucia, by=by)


def test_a_closed_account_and_a_name_taken_away_come_in_no_more(client, way, lucia):
    _link, token, _code = way()
    lucia.is_active = False
    lucia.save()
    assert client.post(f"/in/{token}/").status_code == 410


def test_demo_people_come_in_where_the_demo_runs(client, coordinator, someone, settings):
    demo = someone(Role.LABOR_REVIEWER, username="demo", is_demo=True)
    _link, token, _code = ways_in.make(user=demo, by=coordinator)
    settings.HIGHROAD_DEMO = False
    assert client.post(f"/in/{token}/").status_code == 410
    with pytest.raises(PermissionDenied):
        ways_in.make(user=demo, by=coordinator)


def test_codes_cannot_be_tried_out(client, way):
    _link, _token, code = way()
    answers = [client.post("/in/", {"code": f"WRONG{number:03d}"}).status_code for number in range(25)]
    assert answers == [410] * 20 + [429] * 5
    locked = client.post("/in/", {"code": code})
    assert locked.status_code == 429 and "Too many tries" in locked.text
    assert who(client) is None


def test_many_addresses_do_not_help(way):
    """One limit for everybody: a code is good for three days, and so few tries find none of it."""
    way()
    answers = [
        Client(REMOTE_ADDR=f"10.0.{number // 15}.1").post("/in/", {"code": f"X{number:07d}"}).status_code
        for number in range(305)
    ]
    assert answers.count(410) == 300 and answers.count(429) == 5


def test_nothing_typed_is_said_kindly(client):
    page = client.post("/in/", {"code": ""})
    assert page.status_code == 422 and "Type in the code that you were given." in page.text


def test_many_at_once_are_judged_as_each_is(someone):
    people = [someone(role, username=role.value) for role in Role]
    people += [someone(username="staff", is_staff=True), someone(username="super", is_superuser=True), someone()]
    assert who_open_the_admin(User.objects.all()) == {user.pk for user in people if opens_the_admin(user)}
