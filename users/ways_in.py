"""Letting somebody into their own account by a link or a short code, good once. One write each.

Made for people who review on their own phone and would never keep a password. Only accounts that open no admin come in
this way, asked when the way is made, when it is used, and again on every screen (`users.middleware.OnlyBelow`):
whoever was handed a link can never stand where drafts and accounts are.
"""

import logging
import secrets
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from users.models import LinkPurpose, SignInLink, User
from users.permissions import check_can_invite, opens_the_admin

log = logging.getLogger(__name__)

GOOD_FOR = timedelta(hours=72)
#: How long a phone stays signed in.
STAYS = timedelta(days=30)
#: What the session remembers: which way in it came by.
CAME_BY = "came_by_way_in"

#: Letters and digits that nobody takes for another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8


class Closed(Exception):
    """The link or code is unknown, used or too old; which of them is nobody's business."""


def hash_of(secret: str) -> str:
    """A code is short enough to be tried out on a stolen table, so the server's key goes into the hash."""
    return salted_hmac("users.ways_in", secret, algorithm="sha256").hexdigest()


def check_comes_by_link(user: User) -> None:
    """Raises PermissionDenied for accounts that must sign in with what only they know."""
    if not user.is_active:
        raise PermissionDenied(_("This account is closed. Nothing was made."))
    if opens_the_admin(user):
        raise PermissionDenied(
            _("This account looks after drafts or people, so it signs in with its password. Nothing was made.")
        )
    if user.is_demo and not settings.HIGHROAD_DEMO:
        raise PermissionDenied(_("This account belongs to the demo. Nothing was made."))


def leads_to(purpose: str, path: str) -> str:
    """`path` when it lies below what the purpose opens, else that place itself. Never another site or the admin."""
    place = LinkPurpose(purpose).leads_below
    plain = unquote(urlsplit(path).path)
    outside = not path.startswith(place) or not plain.startswith(place) or ".." in plain
    odd = any(letter in path for letter in "\\\r\n\t") or "//" in plain
    return place if outside or odd else path


@transaction.atomic
def make(
    *, user: User, by: User, purpose: str = LinkPurpose.REVIEW, next_path: str = "", good_for: timedelta = GOOD_FOR
) -> tuple[SignInLink, str, str]:
    """A way in for `user`: (row, token, code). The secrets are nowhere else: show them now.

    Raises PermissionDenied for people who let nobody in, and for accounts that come in otherwise.
    """
    check_can_invite(by)
    check_comes_by_link(user)
    token = secrets.token_urlsafe(16)
    code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
    link = SignInLink.objects.create(
        user=user,
        token_hash=hash_of(token),
        code_hash=hash_of(code),
        purpose=purpose,
        next_path=leads_to(purpose, next_path),
        made_by=by.person,
        expires_at=timezone.now() + good_for,
    )
    log.info("way in for person %s made by %s", user.person_id, by.person_id)
    return link, token, code


def find(token: str) -> SignInLink:
    """The way in that is still open. Looking uses nothing up. Raises Closed."""
    return _open(SignInLink.objects.filter(token_hash=hash_of(token)))


def owner_of(token: str) -> SignInLink | None:
    """The row of a link, open or not: whoever is in already and taps it again goes where it leads."""
    return SignInLink.objects.filter(token_hash=hash_of(token)).first()


@transaction.atomic
def use(*, token: str = "", code: str = "") -> SignInLink:
    """Use a way in up. Returns its row; the caller signs its user in. Raises Closed."""
    rows = SignInLink.objects.select_for_update(of=("self",))
    wanted = {"token_hash": hash_of(token)} if token else {"code_hash": hash_of(plain_code(code))}
    link = _open(rows.filter(**wanted))
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    log.info("person %s came in by a way that %s made", link.user.person_id, link.made_by_id)
    return link


def plain_code(typed: str) -> str:
    """A code as people type it: small letters, spaces and dashes do no harm."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def shown_code(code: str) -> str:
    """In two halves, to be read out."""
    return f"{code[:4]}-{code[4:]}"


def _open(rows) -> SignInLink:
    link = rows.select_related("user__person").first()
    if link is None or link.used_at or link.expires_at <= timezone.now():
        raise Closed
    try:
        check_comes_by_link(link.user)
    except PermissionDenied:
        raise Closed from None
    return link
