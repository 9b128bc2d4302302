"""Learners: a name to be called by and a PIN. Making one, letting one in, taking the name away. One write each.

A phone that a learner signed in on carries a signed cookie with the learner's `stamp`; it costs no session, and a new
stamp signs every phone out.
"""

import logging
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from users import people
from users.models import Learner, LearnerCode, Person, User
from users.signing import LOCKED_FOR, TRIES, is_easy
from users.ways_in import CODE_LENGTH, LETTERS, hash_of, plain_code

log = logging.getLogger(__name__)

COOKIE = "highroad_learner"
#: How long a phone of one's own stays signed in; a shared one forgets when the browser closes.
STAYS = timedelta(days=180)
#: How long a code that an instructor made is good.
CODE_GOOD_FOR = timedelta(days=7)

_signer = Signer(salt="users.learners")


class NotRight(Exception):
    """Nobody was let in and nothing was changed; its text says what to do."""


@transaction.atomic
def new_learner(*, name: str, language: str = "", email: str = "", account: User | None = None) -> Learner:
    """A learner who has no PIN yet. With an account it is the account's own person."""
    person = account.person if account else Person.objects.create(name=name.strip())
    return Learner.objects.create(person=person, account=account, language=language, email=email.strip())


@transaction.atomic
def set_pin(*, learner: Learner, pin: str, again: str) -> Learner:
    """A new PIN. Phones that were signed in stay so: call `sign_out_everywhere` where they should not.

    Raises NotRight where it is no good.
    """
    check_new_pin(pin, again)
    learner.pin, learner.tries, learner.locked_until = make_password(pin.strip()), 0, None
    learner.save(update_fields=["pin", "tries", "locked_until"])
    return learner


def check_new_pin(pin: str, again: str) -> None:
    """Raises NotRight where digits are no PIN, too easy, or not typed twice."""
    pin = pin.strip()
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        raise NotRight(_("A PIN is 4 to 8 digits. Choose one and type it twice."))
    if is_easy(pin):
        raise NotRight(_("That PIN is too easy to guess. Choose digits that do not follow each other."))
    if pin != again.strip():
        raise NotRight(_("The two PINs are not the same. Type them again."))


def check_pin(learner: Learner, pin: str) -> None:
    """Raises NotRight unless `pin` is the learner's. Five wrong ones close it for fifteen minutes.

    What it counts must be kept, so call it outside any transaction that is undone on refusal.
    """
    row = _try(learner, pin.strip())
    if row is None:
        return
    if row.locked_until:
        raise NotRight(
            _("Too many wrong tries. Try again at %(time)s, or ask your instructor for a code.")
            % {"time": time_format(timezone.localtime(row.locked_until))}
        )
    left = TRIES - row.tries
    more = ngettext("You have %(count)d more try.", "You have %(count)d more tries.", left) % {"count": left}
    raise NotRight(f"{_('That name and PIN do not go together.')} {more}")


@transaction.atomic
def make_code(*, learner: Learner, by: User) -> str:
    """A code, good once, that lets a learner choose a new PIN. It is nowhere else: show it now.

    Who may make one is the course's to say. The row stays, so that everybody sees who let whom in.
    """
    code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
    LearnerCode.objects.create(
        learner=learner, code_hash=hash_of(code), made_by=by.person, expires_at=timezone.now() + CODE_GOOD_FOR
    )
    log.info("code for learner %s made by %s", learner.pk, by.person_id)
    return code


def find_code(typed: str) -> LearnerCode | None:
    """The code that is still good, or None. Looking uses nothing up."""
    rows = LearnerCode.objects.select_related("learner__person")
    code = rows.filter(code_hash=hash_of(plain_code(typed)), used_at__isnull=True).first()
    return code if code and code.expires_at > timezone.now() and code.learner.person.erased_at is None else None


@transaction.atomic
def use_code(*, typed: str, pin: str, again: str) -> Learner:
    """A learner comes back with a code and chooses a new PIN; every other phone is signed out. Raises NotRight."""
    code = find_code(typed)
    if code is None:
        raise NotRight(_("That code is not good, or not any more. Ask your instructor for a new one."))
    check_new_pin(pin, again)
    now = timezone.now()
    if not LearnerCode.objects.filter(pk=code.pk, used_at__isnull=True).update(used_at=now):
        raise NotRight(_("That code was used a moment ago. Ask your instructor for a new one."))
    set_pin(learner=code.learner, pin=pin, again=again)
    log.info("learner %s came back by a code of %s", code.learner_id, code.made_by_id)
    return sign_out_everywhere(learner=code.learner)


def sign_out_everywhere(*, learner: Learner) -> Learner:
    learner.stamp = secrets.token_hex()
    learner.save(update_fields=["stamp"])
    return learner


@transaction.atomic
def erase(*, learner: Learner) -> None:
    """Take a learner's name, PIN and e-mail away, everywhere, and sign every phone out. Cannot be undone.

    What must be kept, such as hours, stays under their pseudonym.
    """
    learner.email, learner.pin, learner.language, learner.account = "", "", "", None
    learner.stamp = secrets.token_hex()
    learner.save()
    people.erase(person=learner.person)


def cookie_of(learner: Learner) -> str:
    """What a phone carries: who, and the stamp of now."""
    return _signer.sign(f"{learner.pk}.{learner.stamp}")


def carried(request) -> tuple[str, str] | None:
    """(learner, stamp) of the phone that asks, or None. No query: whoever reads the row compares the stamp."""
    try:
        uid, stamp = _signer.unsign(request.COOKIES.get(COOKIE, "")).split(".")
    except (BadSignature, ValueError):
        return None
    return uid, stamp


def learner_of(request) -> Learner | None:
    """Who learns here: the phone's learner, else the one of the account that is signed in. At most one query for a
    phone."""
    phone = carried(request)
    if phone:
        return Learner.objects.select_related("person").filter(pk=phone[0], stamp=phone[1]).first()
    if request.user.is_authenticated:
        return Learner.objects.select_related("person").filter(account=request.user).first()
    return None


def sign_in(response, learner: Learner, *, secure: bool, shared: bool = False):
    """Let `response` sign this phone in; a shared one only until its browser closes."""
    age = None if shared else int(STAYS.total_seconds())
    response.set_cookie(COOKIE, cookie_of(learner), max_age=age, httponly=True, samesite="Lax", secure=secure)
    return response


@transaction.atomic
def _try(learner: Learner, pin: str) -> Learner | None:
    """Count a try. None when it is right, else the row as it stands now. Nothing is raised in here: a refusal would
    undo the count."""
    row, now = Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk), timezone.now()
    if row.locked_until and row.locked_until > now:
        return row
    is_right = bool(row.pin) and check_password(pin, row.pin)
    row.tries = 0 if is_right else 1 if row.locked_until else row.tries + 1
    row.locked_until = now + LOCKED_FOR if row.tries >= TRIES else None
    row.save(update_fields=["tries", "locked_until"])
    return None if is_right else row
