"""Whether it is really the person who signs: who is asked what, and how often one may be wrong."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.users.conftest import PASSWORD
from users import signing
from users.models import SigningPin
from users.roles import Role
from users.signing import Asks, NotProven, asked_of, check_pin, check_signer, reset_pin, set_pin
from users.ways_in import CAME_BY

pytestmark = pytest.mark.django_db


def session(user, **kept):
    """A request as `signing` looks at it."""
    return SimpleNamespace(user=user, session=kept)


@pytest.fixture
def lucia(someone):
    return someone(Role.LABOR_REVIEWER, username="lucia")


def test_who_came_by_link_chooses_a_pin_once_and_types_it_from_then_on(lucia):
    request = session(lucia, **{CAME_BY: 1})
    assert asked_of(request) is Asks.NEW_PIN
    check_signer(request, "2580", "2580")
    assert asked_of(request) is Asks.PIN
    check_signer(request, "2580")
    with pytest.raises(NotProven, match="That is not your PIN"):
        check_signer(request, "2581")


def test_who_typed_a_password_a_moment_ago_is_believed_and_later_asked_for_it(lucia):
    fresh = session(lucia)
    signing.mark_proven(fresh)
    assert asked_of(fresh) is Asks.NOTHING
    stale = session(lucia, signing_proven_at=fresh.session["signing_proven_at"] - 16 * 60)
    assert asked_of(stale) is Asks.PASSWORD
    with pytest.raises(NotProven, match="not your password"):
        check_signer(stale, "nope")
    check_signer(stale, PASSWORD)
    assert asked_of(stale) is Asks.NOTHING


def test_allauths_own_sign_in_counts_as_fresh(client, lucia):
    client.post("/accounts/login/", {"login": "lucia", "password": PASSWORD})
    assert asked_of(session(lucia, **dict(client.session))) is Asks.NOTHING
    assert asked_of(session(lucia, **{**client.session, "account_authentication_methods": []})) is Asks.PASSWORD


def test_somebody_elses_sign_in_in_the_same_session_proves_nothing(client, lucia, someone):
    client.post("/accounts/login/", {"login": "lucia", "password": PASSWORD})
    assert asked_of(session(someone(Role.MANAGEMENT_REVIEWER), **dict(client.session))) is Asks.PASSWORD


def test_a_pin_is_asked_however_one_signed_in(lucia):
    set_pin(lucia, "2580", "2580")
    request = session(lucia)
    signing.mark_proven(request)
    assert asked_of(request) is Asks.PIN


def test_an_account_without_a_password_chooses_a_pin(lucia):
    lucia.set_unusable_password()
    lucia.save()
    assert asked_of(session(lucia)) is Asks.NEW_PIN


def test_demo_people_are_never_asked(someone):
    demo = someone(Role.LABOR_REVIEWER, username="demo", is_demo=True)
    request = session(demo, **{CAME_BY: 1})
    assert asked_of(request) is Asks.NOTHING
    check_signer(request)


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "0000", "1111", "55555555", "1234", "4321", "7890", "0987", "12a4", "١٢٣٥", "-258"]
)
def test_a_pin_that_is_no_good_is_refused(lucia, pin):
    with pytest.raises(NotProven):
        set_pin(lucia, pin, pin)
    assert not SigningPin.objects.exclude(pin="").exists()


def test_two_pins_that_differ_are_refused(lucia):
    with pytest.raises(NotProven, match="not the same"):
        set_pin(lucia, "2580", "2581")


def test_a_pin_is_hashed_and_cannot_be_set_over(lucia):
    set_pin(lucia, "2580", "2580")
    assert "2580" not in SigningPin.objects.get().pin
    with pytest.raises(NotProven, match="have a PIN already"):
        set_pin(lucia, "1470", "1470")
    check_pin(lucia, "2580")


def wrong(user, times):
    for _time in range(times):
        with pytest.raises(NotProven):
            check_pin(user, "9999")


def test_five_wrong_tries_lock_for_fifteen_minutes_even_the_right_pin(lucia):
    set_pin(lucia, "2580", "2580")
    wrong(lucia, 4)
    check_pin(lucia, "2580")
    wrong(lucia, 5)
    with pytest.raises(NotProven, match="Too many wrong tries"):
        check_pin(lucia, "2580")
    row = SigningPin.objects.get()
    assert timedelta(minutes=14) < row.locked_until - timezone.now() <= timedelta(minutes=15)
    SigningPin.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotProven, match="4 more tries"):
        check_pin(lucia, "9999")
    check_pin(lucia, "2580")
    assert SigningPin.objects.get().tries == 0


def test_a_locked_person_tries_no_password_either(lucia):
    request = session(lucia)
    for _time in range(5):
        with pytest.raises(NotProven):
            check_signer(request, "nope")
    with pytest.raises(NotProven, match="Too many wrong tries"):
        check_signer(request, PASSWORD)


def test_an_empty_field_is_no_try(lucia):
    set_pin(lucia, "2580", "2580")
    with pytest.raises(NotProven):
        check_pin(lucia, "  ")
    assert SigningPin.objects.get().tries == 0


def test_a_coordinator_takes_a_forgotten_pin_away_and_it_is_kept_who(lucia, someone, caplog):
    set_pin(lucia, "2580", "2580")
    wrong(lucia, 5)
    cora = someone(Role.COORDINATOR)
    with caplog.at_level("INFO", logger="users.signing"):
        reset_pin(user=lucia, by=cora)
    row = SigningPin.objects.get()
    assert (row.pin, row.tries, row.locked_until, row.reset_by) == ("", 0, None, cora.person)
    assert str(cora.person_id) in caplog.text and str(lucia.person_id) in caplog.text
    set_pin(lucia, "1470", "1470")
    check_pin(lucia, "1470")


@pytest.mark.parametrize("role", [Role.LABOR_REVIEWER, Role.AUDITOR, Role.DESIGNER, Role.LEARNER])
def test_nobody_else_takes_a_pin_away(lucia, someone, role):
    set_pin(lucia, "2580", "2580")
    with pytest.raises(PermissionDenied):
        reset_pin(user=lucia, by=someone(role, username="by"))
    check_pin(lucia, "2580")
