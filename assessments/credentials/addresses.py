"""Where credentials and what checks them are found. They stand in signed text, so they never change."""

from uuid import UUID

from django.conf import settings


def base() -> str:
    """The address of this site, without a slash at its end."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def issuer() -> str:
    return f"{base()}/"


def credential(uid: UUID | str) -> str:
    """The page about one credential, and its name in the world."""
    return f"{base()}/credentials/{uid}/"


def key(thumbprint: str) -> str:
    """One public key; also its name, as Open Badges wants it: an address that leads to the key."""
    return f"{base()}/credentials/keys/{thumbprint}.json"


def status_list(number: int) -> str:
    return f"{base()}/credentials/status/{number}"


def agreed(fingerprint: str) -> str:
    """Where anybody reads what both sides agreed on under a fingerprint."""
    return f"{base()}/verify/{fingerprint}/"
