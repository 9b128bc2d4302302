"""Whether it is really the person who signs. One question, asked the same way by every screen that signs.

A phone that stays signed in for thirty days lies on tables. So whoever came by a link or code types a PIN when they
sign; whoever signed in a moment ago is believed; anybody else types their password once more.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from enum import Enum

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from users.models import SigningPin, User
from users.permissions import check_can_invite
from users.ways_in import CAME_BY

log = logging.getLogger(__name__)

#: For so long after signing in nobody is asked again.
FRESH = timedelta(minutes=15)
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
#: What the session remembers: when its owner last proved who they are, in seconds.
PROVEN_AT = "signing_proven_at"


class Asks(Enum):
    """What a person is asked for at the signature."""

    NOTHING = "nothing"
    PIN = "pin"
    NEW_PIN = "new_pin"
    PASSWORD = "password"


class NotProven(Exception):
    """Nothing was signed; its text says what to do."""


def asked_of(request) -> Asks:
    """What whoever is signed in has to type before signing."""
    user = request.user
    if user.is_demo:
        return Asks.NOTHING
    if SigningPin.objects.filter(user=user).exclude(pin="").exists():
        return Asks.PIN
    if CAME_BY in request.session:
        return Asks.NEW_PIN
    if _is_fresh(request):
        return Asks.NOTHING
    return Asks.PASSWORD if user.has_usable_password() else Asks.NEW_PIN


def check_signer(request, pin: str = "", again: str = "") -> None:
    """Raises NotProven unless whoever is signed in proved that it is them. Call it in every view that signs.

    `pin` is what was typed: the PIN, the password of people without one, or a new PIN with `again` the same. What it
    writes (a wrong try, a new PIN) must be kept, so call it outside any transaction that is undone on refusal.
    """
    asked = asked_of(request)
    if asked is Asks.PIN:
        check_pin(request.user, pin)
    elif asked is Asks.NEW_PIN:
        set_pin(request.user, pin, again)
    elif asked is Asks.PASSWORD:
        _check(request.user, pin, lambda row: request.user.check_password(pin), _("That is not your password."))
        mark_proven(request)


def mark_proven(request) -> None:
    """Remember that the person of this session has just typed their password."""
    request.session[PROVEN_AT] = time.time()


def check_pin(user: User, pin: str) -> None:
    """Raises NotProven unless `pin` is this account's. Five wrong ones close it for fifteen minutes."""
    _check(user, pin, lambda row: bool(row.pin) and check_password(pin.strip(), row.pin), _("That is not your PIN."))


@transaction.atomic
def set_pin(user: User, pin: str, again: str) -> None:
    """Give an account its first PIN. Raises NotProven where it is no good or there is one already."""
    pin = pin.strip()
    if not pin:
        raise NotProven(_("Choose a PIN of 4 to 8 digits and type it twice. Nothing was signed yet."))
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise NotProven(_("A PIN is 4 to 8 digits. Nothing was signed yet."))
    if is_easy(pin):
        raise NotProven(_("That PIN is too easy to guess. Choose digits that do not follow each other."))
    if pin != again.strip():
        raise NotProven(_("The two PINs are not the same. Nothing was signed yet. Type them again."))
    row = _row(user)
    if row.pin:
        raise NotProven(_("You have a PIN already. Nothing was signed yet. Type that one."))
    row.pin, row.set_at, row.tries, row.locked_until = make_password(pin), timezone.now(), 0, None
    row.save()
    log.info("person %s set a PIN to sign with", user.person_id)


@transaction.atomic
def reset_pin(*, user: User, by: User) -> None:
    """Take a forgotten PIN away: its owner chooses a new one at the next signature. Raises PermissionDenied.

    Who did it and when stays on the row and in the log.
    """
    check_can_invite(by)
    row = _row(user)
    row.pin, row.tries, row.locked_until, row.set_at = "", 0, None, None
    row.reset_at, row.reset_by = timezone.now(), by.person
    row.save()
    log.info("PIN of person %s taken away by %s", user.person_id, by.person_id)


def _check(user: User, typed: str, holds: Callable[[SigningPin], bool], wrong: str) -> None:
    if not typed.strip():
        raise NotProven(_("Show that it is you: fill in this field. Nothing was signed yet."))
    row = _try(user, holds)
    if row is None:
        return
    if row.locked_until:
        raise NotProven(
            _(
                "Too many wrong tries. Nothing was signed, and your words are kept. Try again at %(time)s, or ask your "
                "coordinator for a new PIN."
            )
            % {"time": time_format(timezone.localtime(row.locked_until))}
        )
    left = TRIES - row.tries
    kept = _("Nothing was signed, and your words are kept.")
    more = ngettext("You have %(count)d more try.", "You have %(count)d more tries.", left) % {"count": left}
    raise NotProven(f"{wrong} {kept} {more}")


@transaction.atomic
def _try(user: User, holds: Callable[[SigningPin], bool]) -> SigningPin | None:
    """Count a try. None when it is right, else the row as it stands now.

    Nothing is raised in here: a refusal would undo the count. The row is locked, so that tries at the same instant
    are counted one after the other.
    """
    row, now = _row(user), timezone.now()
    if row.locked_until and row.locked_until > now:
        return row
    is_right = holds(row)
    row.tries = 0 if is_right else 1 if row.locked_until else row.tries + 1
    row.locked_until = now + LOCKED_FOR if row.tries >= TRIES else None
    row.save(update_fields=["tries", "locked_until"])
    if row.locked_until:
        log.warning("too many wrong tries to sign as person %s", user.person_id)
    return None if is_right else row


def _row(user: User) -> SigningPin:
    """The account's row, locked until the transaction ends."""
    SigningPin.objects.get_or_create(user=user)
    return SigningPin.objects.select_for_update().get(user=user)


def is_easy(pin: str) -> bool:
    """One digit over and over, or digits that follow each other: 0000, 1234, 9876, 7890."""
    steps = {(int(after) - int(before)) % 10 for before, after in zip(pin, pin[1:], strict=False)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def _is_fresh(request) -> bool:
    """Whether this session's owner signed in, or typed their password again, a moment ago."""
    times = [record["at"] for record in get_authentication_records(request, request.user) if "at" in record]
    last = max([*times, request.session.get(PROVEN_AT, 0)])
    return time.time() - last < FRESH.total_seconds()
