"""The key that signs credentials, and the public keys that check them. docs/operations.md tells how to keep them.

RSA throughout, with the exponent everybody uses, so that a public key is told by its modulus alone. A production
server is given its key; any other machine makes one below HIGHROAD_VAR, for itself. A key is named by its thumbprint
(RFC 7638), so the same key has the same name everywhere.
"""

import base64
import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.utils.translation import gettext as _

from assessments.credentials import addresses

FILE = "credential-key.pem"
ALGORITHM = "RS256"
EXPONENT = 65537
#: How long a key made here is, and which lengths are taken: RS256 asks for 2048 bits, and beyond 8192 checking is slow.
BITS, LEAST_BITS, MOST_BITS = 3072, 2048, 8192


class NoKey(ValueError):
    """Nothing can be signed here: no key is set, or nobody can read the one that is."""


def signing() -> RSAPrivateKey:
    """The key that signs now. Raises NoKey."""
    text = settings.CREDENTIAL_KEY
    if not text and settings.HIGHROAD_PRODUCTION:
        raise NoKey(
            _("No credential was given: this site has no key to sign with. Whoever runs it finds how in its manual.")
        )
    try:
        return _private(text) if text else _made_here(Path(settings.VAR) / FILE)
    except ValueError as wrong:
        raise NoKey(
            _("No credential was given: the key of this site cannot be read. Whoever runs it has to set it anew.")
        ) from wrong


def known() -> dict[str, RSAPublicKey]:
    """{thumbprint: public key} of the key that signs now and of former ones. Former ones nobody can read are left out;
    the system check names them."""
    found = []
    try:
        found.append(signing().public_key())
    except NoKey:
        pass
    for text in settings.CREDENTIAL_FORMER_KEYS:
        try:
            found.append(_public(text))
        except ValueError:
            continue
    return {thumbprint(key): key for key in found}


def thumbprint(key: RSAPublicKey) -> str:
    """RFC 7638: the SHA-256 of the key's required members as canonical JSON."""
    canonical = json.dumps(_members(key), sort_keys=True, separators=(",", ":"))
    return _encoded(hashlib.sha256(canonical.encode()).digest())


def as_jwk(key: RSAPublicKey) -> dict:
    return {**_members(key), "kid": addresses.key(thumbprint(key)), "alg": ALGORITHM, "use": "sig"}


def _members(key: RSAPublicKey) -> dict:
    numbers = key.public_numbers()
    return {"e": _encoded(_bytes(numbers.e)), "kty": "RSA", "n": _encoded(_bytes(numbers.n))}


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@lru_cache(maxsize=8)
def _private(text: str) -> RSAPrivateKey:
    """A key as PEM, or as the base64 of that: one line, with nothing in it that a file of settings reads its own way.
    Raises ValueError."""
    pem = text.encode() if "BEGIN" in text else base64.b64decode(text, validate=True)
    try:
        key = load_pem_private_key(pem, None)
    except (TypeError, UnsupportedAlgorithm) as wrong:
        raise ValueError("locked with a password, or of a kind nobody here knows") from wrong
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("not an RSA key")
    _check_size(key.public_key().public_numbers())
    return key


@lru_cache(maxsize=32)
def _public(text: str) -> RSAPublicKey:
    """A key as the `n` of keys.json. Raises ValueError."""
    modulus = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    numbers = RSAPublicNumbers(EXPONENT, int.from_bytes(modulus))
    _check_size(numbers)
    return numbers.public_key()


def _check_size(numbers: RSAPublicNumbers) -> None:
    if numbers.e != EXPONENT or not LEAST_BITS <= numbers.n.bit_length() <= MOST_BITS:
        raise ValueError("an RSA key of another size")


@lru_cache(maxsize=8)
def _made_here(path: Path) -> RSAPrivateKey:
    """The key in a file that only this account reads, made the first time. Of two that make it, one is kept."""
    if not path.exists():
        # Made whole beside it and then linked: nobody ever reads half a key. Its mode is 0600.
        made = rsa.generate_private_key(EXPONENT, BITS)
        with NamedTemporaryFile(dir=path.parent) as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            try:
                os.link(file.name, path)
            except FileExistsError:
                pass
    return _private(path.read_text())


@register(Tags.security, deploy=True)
def check_key(app_configs, **kwargs):
    """System check: a server people rely on can sign, and every key that is set can be read."""
    found = []
    if settings.CREDENTIAL_KEY and not _readable(_private, settings.CREDENTIAL_KEY):
        found.append(Error("CREDENTIAL_KEY is no RSA key.", hint="docs/operations.md", id="assessments.E001"))
    if settings.HIGHROAD_PRODUCTION and not settings.CREDENTIAL_KEY:
        said = "CREDENTIAL_KEY is not set: no credential is given here."
        found.append(Warning(said, hint="docs/operations.md tells how to make one.", id="assessments.W001"))
    if [text for text in settings.CREDENTIAL_FORMER_KEYS if not _readable(_public, text)]:
        said = "A key in CREDENTIAL_FORMER_KEYS is no public RSA key: what it signed does not check."
        found.append(Error(said, hint="docs/operations.md", id="assessments.E002"))
    return found


def _readable(read, text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
