"""Inviting somebody, and being let in. One write each."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from users.grants import give_role
from users.models import Invitation, User
from users.permissions import check_can_invite
from users.roles import Role

GOOD_FOR = timedelta(days=14)


class NotOpen(Exception):
    """The link is unknown, used or too old. Its text is for the person who opened it."""


def hash_of(token):
    # The token is 256 random bits, so a plain hash is enough: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, role, by, name="", email="", language="", link=None):
    """Make an invitation; returns (invitation, token). The token is nowhere else: show it or send it now.

    `by` is the account that invites; None is the installation itself, on its first run. `link(token)` gives
    the full address of the welcome page: with it and an `email`, the invitation goes out by mail once the
    row is committed.
    """
    if by is not None:
        check_can_invite(by, role)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=hash_of(token),
        role=Role(role),
        name=name.strip(),
        email=email.strip(),
        language=language,
        expires_at=timezone.now() + GOOD_FOR,
        invited_by=by.person if by else None,
    )
    if email and link:
        transaction.on_commit(lambda: _send(invitation, link(token)))
    return invitation, token


def _send(invitation, address):
    with translation.override(invitation.language or translation.get_language()):
        role = Role(invitation.role)
        text = render_to_string(
            "users/invitation.txt",
            {"invitation": invitation, "role": role, "address": address, "days": GOOD_FOR.days},
        )
        send_mail(_("You are invited"), text, None, [invitation.email])


def find(token):
    """The open invitation of `token`. Raises NotOpen with a sentence for the one who holds the link."""
    return _open(Invitation.objects.select_related("invited_by").filter(token_hash=hash_of(token)))


def _open(rows):
    invitation = rows.first()
    if invitation is None:
        raise NotOpen(_("We do not know this link. Check that you copied all of it, or ask for a new one."))
    if invitation.accepted_at:
        raise NotOpen(_("This link was used already. If that was you, sign in. If not, tell whoever invited you."))
    if invitation.expires_at < timezone.now():
        raise NotOpen(_("This link is too old. Ask whoever invited you for a new one."))
    return invitation


@transaction.atomic
def accept(*, token, username, password, name, email="", language=""):
    """Make the account of whoever was invited, and give it the role. Returns the new User.

    Raises NotOpen, or ValidationError (keyed by field) when the name is taken or the password too weak.
    """
    invitation = _open(Invitation.objects.select_for_update().filter(token_hash=hash_of(token)))
    email = (email or invitation.email).strip()
    user = User(username=username, email=email, preferred_language=language or invitation.language)
    _check_free(username, email)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from None
    user = User.objects.create_user(
        username, email, password, name=name.strip(), preferred_language=user.preferred_language
    )
    _close(invitation, user)
    return user


@transaction.atomic
def accept_as(*, token, user):
    """Give the role to somebody who has an account already.

    Raises NotOpen, or PermissionDenied for a second side.
    """
    invitation = _open(Invitation.objects.select_for_update().filter(token_hash=hash_of(token)))
    _close(invitation, user)
    return invitation


def _close(invitation, user):
    give_role(user=user, role=invitation.role)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user.person
    invitation.name = invitation.email = ""
    invitation.save(update_fields=["accepted_at", "accepted_by", "name", "email"])


def _check_free(username, email):
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": _("Somebody has this sign-in name already. Choose another.")})
    if email and User.objects.filter(email__iexact=email).exists():
        raise ValidationError(
            {"email": _("An account with this e-mail is here already. Sign in, then open the link again.")}
        )
