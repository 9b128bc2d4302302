"""What a signed credential says, for a screen or for paper: its own words and nothing from anywhere else."""

from dataclasses import dataclass
from datetime import date, datetime

import jwt
from django.utils import timezone

from assessments.credentials import badge
from assessments.models import Credential


@dataclass(frozen=True)
class Shown:
    """`language` is the credential's own; titles and the narrative are in it. `fine_print` has the fingerprint."""

    address: str
    center: str
    title: str
    name: str
    description: str
    narrative: str
    fine_print: str
    language: str
    label: str
    fingerprint: str
    issued_on: date
    valid_until: date | None
    sample: bool


def claims_of(credential: Credential) -> dict:
    """What the kept token says. It was signed here, so nothing is checked again."""
    return jwt.decode(credential.token, options={"verify_signature": False})


def shown(claims: dict) -> Shown:
    subject = claims["credentialSubject"]
    achievement = subject["achievement"]
    narrative, _line, fine_print = achievement["criteria"]["narrative"].partition("\n\n")
    return Shown(
        address=claims["id"],
        center=claims["issuer"]["name"],
        title=achievement["name"],
        name=next((one["identityHash"] for one in subject.get("identifier", ())), ""),
        description=achievement["description"],
        narrative=narrative,
        fine_print=fine_print,
        language=achievement["inLanguage"],
        label=achievement["version"],
        fingerprint=achievement["id"].rstrip("/").rpartition("/")[2],
        issued_on=_day(claims["validFrom"]),
        valid_until=_day(claims["validUntil"]) if "validUntil" in claims else None,
        sample=badge.SAMPLE in achievement.get("tag", ()),
    )


def _day(written: str) -> date:
    return timezone.localdate(datetime.fromisoformat(written))
