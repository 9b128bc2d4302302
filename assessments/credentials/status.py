"""Which credentials do not hold any more, as public lists of bits (W3C, Bitstring Status List 1.0).

A list says nothing of who or when: a credential's place in it is drawn at random. Lists are never more than half
full, so that a place is soon found and one bit always hides among many.
"""

import base64
import gzip
import hashlib
import secrets

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils import timezone

from assessments.credentials import addresses, badge, issuer, keys, tokens
from assessments.models import Credential, CredentialEnd

#: Places in one list: the fewest that the standard allows.
SIZE = 131_072


def how_many() -> int:
    """How many lists there are."""
    return 1 + 2 * Credential.objects.count() // SIZE


def free_place() -> int:
    """A place nobody has, drawn among all lists."""
    among = how_many() * SIZE
    while True:
        place = secrets.randbelow(among)
        if not Credential.objects.filter(place=place).exists():
            return place


def where(place: int) -> tuple[int, int]:
    """(number of the list, place in it)."""
    number, index = divmod(place, SIZE)
    return number + 1, index


def token(number: int) -> str:
    """List `number` as a signed credential. Kept until another credential ends. Raises keys.NoKey."""
    key = keys.thumbprint(keys.signing().public_key())
    ended = CredentialEnd.objects.aggregate(Count("pk"), Max("at"))
    told = f"{number} {ended} {key} {addresses.base()} {issuer.name()}"
    name = f"credentials.status.{hashlib.sha256(told.encode()).hexdigest()}"
    return cache.get_or_set(name, lambda: tokens.sign(_claims(number)), 60 * 60)


def etag(token: str) -> str:
    return f'"{hashlib.sha256(token.encode()).hexdigest()[:24]}"'


def bits_of(number: int) -> bytes:
    """The list as bytes; the first place is the highest bit of the first byte. One query."""
    bits = bytearray(SIZE // 8)
    ended = Credential.objects.filter(end__isnull=False, place__gte=(number - 1) * SIZE, place__lt=number * SIZE)
    for place in ended.values_list("place", flat=True):
        _number, index = where(place)
        bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits)


def _claims(number: int) -> dict:
    address = addresses.status_list(number)
    packed = gzip.compress(bits_of(number), mtime=0)
    now = timezone.now().replace(microsecond=0)
    return {
        "@context": badge.CONTEXTS[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": addresses.issuer(), "name": issuer.name()},
        "validFrom": badge.written(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode(),
        },
        "iss": addresses.issuer(),
        "jti": address,
        "iat": int(now.timestamp()),
    }
