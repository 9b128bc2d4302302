"""Whether what somebody was shown is a credential from here, unchanged, and holds. Nothing is kept of it."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.credentials import reading, tokens
from assessments.models import Credential, CredentialEnd

#: More than this is no credential of ours; they are some three thousand letters long.
MOST_BYTES = 64 * 1024
_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")


class State(models.TextChoices):
    """What is found. The words are a heading."""

    HOLDS = "holds", _("It holds")
    ENDED = "ended", _("It does not hold any more")
    OUT_OF_DATE = "out_of_date", _("It is out of date")
    CHANGED = "changed", _("Somebody changed it")
    NOT_FROM_HERE = "not_from_here", _("It is not from here")
    NOT_A_CREDENTIAL = "not_a_credential", _("This is not a credential")


@dataclass(frozen=True)
class Found:
    """`shown` is there for what was signed here, whether it holds or not; `ended_on` for what ended."""

    state: State
    shown: reading.Shown | None = None
    ended_on: date | None = None


def check(text: str) -> Found:
    """What became of a credential somebody pasted or sent as a file. Line breaks of a mail do no harm."""
    token = re.sub(r"\s+", "", text)
    if not _TOKEN.fullmatch(token):
        return Found(State.NOT_A_CREDENTIAL)
    try:
        claims = tokens.read(token)
    except tokens.NotAToken:
        return Found(State.NOT_A_CREDENTIAL)
    except tokens.NotFromHere:
        return Found(State.NOT_FROM_HERE)
    except tokens.Changed:
        return Found(State.CHANGED)
    if "OpenBadgeCredential" not in claims.get("type", ()):
        return Found(State.NOT_A_CREDENTIAL)
    credential = _issued(claims)
    # Our key and yet not in our books: a key got out, and somebody signs with it.
    if credential is None:
        return Found(State.NOT_FROM_HERE)
    if credential.token and credential.token.rpartition(".")[0] != token.rpartition(".")[0]:
        return Found(State.CHANGED)
    return standing(credential, reading.shown(claims))


def standing(credential: Credential, shown: reading.Shown | None = None) -> Found:
    """Whether a credential of ours holds today. One query."""
    end = CredentialEnd.objects.filter(credential=credential).first()
    if end is not None:
        return Found(State.ENDED, shown, timezone.localdate(end.at))
    if credential.valid_until and credential.valid_until < timezone.localdate():
        return Found(State.OUT_OF_DATE, shown)
    return Found(State.HOLDS, shown)


def _issued(claims: dict) -> Credential | None:
    try:
        uid = UUID(str(claims.get("jti", "")).rstrip("/").rpartition("/")[2])
    except ValueError:
        return None
    return Credential.objects.filter(pk=uid).first()
