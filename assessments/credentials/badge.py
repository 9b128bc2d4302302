"""A credential in the form of Open Badges 3.0 (1EdTech) on the W3C's Verifiable Credentials 2.0. Pure: no database.

Deliberately absent: whatever tells two credentials of one person apart from those of two people, and the course, the
assessors, the date of birth. A name is in it where the learner chose one, and nowhere else.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments.credentials import addresses
from assessments.enums import Subject

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
#: Words of Open Badges for what was achieved.
KINDS = {Subject.MODULE: "Competency", Subject.CURRICULUM: "CertificateOfCompletion"}
SAMPLE = "sample"


@dataclass(frozen=True)
class Told:
    """Everything a credential says. `methods` are in words of its language; `fingerprint` is of what both sides agreed
    on; `place` is its bit among those that do not hold any more; `list_number` which list that bit stands in."""

    uid: str
    center: str
    subject: Subject
    title: str
    label: str
    fingerprint: str
    methods: tuple[str, ...]
    language: str
    issued_at: datetime
    valid_until: date | None
    list_number: int
    place: int
    name: str = ""
    sample: bool = False


def claims(told: Told) -> dict:
    """What is signed: the credential, with the claims of a JWT beside it that say the same."""
    made = credential(told)
    found = {
        **made,
        "iss": made["issuer"]["id"],
        "sub": made["credentialSubject"]["id"],
        "jti": made["id"],
        "nbf": _number(told.issued_at),
        "iat": _number(told.issued_at),
    }
    if told.valid_until:
        found["exp"] = _number(last_second(told.valid_until))
    return found


def credential(told: Told) -> dict:
    """The credential as Open Badges 3.0 has it."""
    address = addresses.credential(told.uid)
    # The subject is whoever carries this one: a name of its own in each credential ties no two of them together.
    subject = {"id": f"{address}#holder", "type": ["AchievementSubject"], "achievement": _achievement(told)}
    if told.name:
        subject["identifier"] = [
            {"type": "IdentityObject", "hashed": False, "identityHash": told.name, "identityType": "name"}
        ]
    made = {
        "@context": CONTEXTS,
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": addresses.issuer(),
            "type": ["Profile"],
            "name": told.center,
            "url": addresses.issuer(),
        },
        "validFrom": written(told.issued_at),
        "name": told.title,
        "credentialSubject": subject,
        "credentialStatus": {
            "id": f"{addresses.status_list(told.list_number)}#{told.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(told.place),
            "statusListCredential": addresses.status_list(told.list_number),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    if told.valid_until:
        made["validUntil"] = written(last_second(told.valid_until))
    return made


def last_second(day: date) -> datetime:
    """When a credential that holds until a day ends: with that day, by the center's clock."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)), timezone.get_default_timezone())


def _achievement(told: Told) -> dict:
    address = addresses.agreed(told.fingerprint)
    with translation.override(told.language):
        description, narrative = _description(told), _narrative(told)
    made = {
        "id": address,
        "type": ["Achievement"],
        "achievementType": KINDS[told.subject],
        "name": told.title,
        "description": description,
        "criteria": {"id": address, "narrative": narrative},
        "inLanguage": told.language,
        "version": told.label,
    }
    return made | ({"tag": [SAMPLE]} if told.sample else {})


def _description(told: Told) -> str:
    if told.subject == Subject.MODULE:
        return _("Everything this module asks somebody to show was shown, and found competent or recognized.")
    return _("Everything this course text asks somebody to show was shown, and found competent or recognized.")


def _narrative(told: Told) -> str:
    """Two paragraphs, the second with the fingerprint: screens show that among their details."""
    parts = [
        _("SAMPLE, not for use.") if told.sample else "",
        _("How it was shown: %(methods)s.") % {"methods": ", ".join(told.methods)},
        _("Judged by course text %(label)s. Labor and management both read it and agreed on it.")
        % {"label": told.label},
    ]
    fingerprint = _("The fingerprint of what they agreed on: %(fingerprint)s.") % {"fingerprint": told.fingerprint}
    return "\n\n".join((" ".join(part for part in parts if part), fingerprint))


def written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(at: datetime) -> int:
    return int(at.timestamp())
