"""Letting somebody without an account read one text, and closing that way again."""

import hashlib
import secrets
from datetime import timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.review.actions.locking import still_open
from curriculum.review.models import GuestLink, Submission
from curriculum.review.speaking import check_can_invite_guests
from users.models import Person

GOOD_FOR = timedelta(days=14)
LONGEST = timedelta(days=90)


def hash_of(token: str) -> str:
    # The token is 256 random bits, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_guest(
    *,
    submission: Submission,
    by,
    name: str,
    email: str = "",
    may_comment: bool = True,
    good_for: timedelta = GOOD_FOR,
    language: str = "",
    link=None,
) -> tuple[GuestLink, str]:
    """Make a guest and their link; returns (link, token). The token is nowhere else: show it now.

    With `link(token)`, which gives the full address, and an `email` it also goes out by mail once the row is there; the
    address is not kept. Raises CannotTalk, Refused when the review has ended, ValueError without a name.
    """
    submission = still_open(submission)
    check_can_invite_guests(by)
    if not name.strip():
        raise ValueError(_("Write the guest's name, so that both sides know who talks. Nothing was made yet."))
    token = secrets.token_urlsafe(32)
    row = GuestLink.objects.create(
        token_hash=hash_of(token),
        submission=submission,
        person=Person.objects.create(name=name.strip()),
        may_comment=may_comment,
        made_by=by.person,
        expires_at=timezone.now() + min(good_for, LONGEST),
    )
    if email and link:
        transaction.on_commit(lambda: _send(row, email.strip(), language, link(token)))
    return row, token


@transaction.atomic
def close_guest_link(*, link: GuestLink, by) -> None:
    """End a link at once. What the guest said stays. Closing twice is closing once."""
    check_can_invite_guests(by)
    GuestLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def open_link(token: str) -> GuestLink | None:
    """The link of `token` if it opens something now."""
    rows = GuestLink.objects.select_related("person", "submission").filter(token_hash=hash_of(token))
    row = rows.first()
    return row if row is not None and row.is_good else None


def _send(row: GuestLink, email: str, language: str, address: str) -> None:
    with translation.override(language or translation.get_language()):
        context = {"link": row, "address": address, "title": row.submission.title}
        text = render_to_string("review/mail/guest.txt", context)
        send_mail(_("Please read a text with us"), text, None, [email])
