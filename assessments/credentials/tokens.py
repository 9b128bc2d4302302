"""Signing a credential, and reading what claims to be one: the JWT proof of Open Badges 3.0, to the letter.

The credential is the payload itself. The header has `alg`, `kid` and `typ` and nothing else; RS256 is what every
verifier of Open Badges has to know. VC-JOSE-COSE came later and types such a line otherwise: the older rule is kept,
because verifiers of badges are held to it.
"""

import re

import jwt

from assessments.credentials import addresses, keys

TYPE = "JWT"
_NAMED = re.compile(r"/credentials/keys/([\w-]{43})\.json$")


class NotAToken(ValueError):
    """Not three parts, or parts that hold no JSON."""


class NotFromHere(ValueError):
    """No key of ours is named in it."""


class Changed(ValueError):
    """A key of ours is named, and it did not sign these words."""


def sign(claims: dict) -> str:
    """The claims as one signed line. Raises keys.NoKey."""
    key = keys.signing()
    name = addresses.key(keys.thumbprint(key.public_key()))
    return jwt.encode(claims, key, keys.ALGORITHM, headers={"typ": TYPE, "kid": name})


def read(token: str) -> dict:
    """The claims of a token that was signed here; when they hold is for others to judge.

    Raises NotAToken, NotFromHere, Changed. What it says of itself is trusted no further than which key to try.
    """
    try:
        header = jwt.get_unverified_header(token)
        jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError as wrong:
        raise NotAToken from wrong
    named = _NAMED.search(str(header.get("kid", "")))
    key = keys.known().get(named[1]) if named else None
    if key is None:
        raise NotFromHere
    only_signature = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    try:
        return jwt.decode(token, key, algorithms=[keys.ALGORITHM], options=only_signature)
    except jwt.InvalidTokenError as wrong:
        raise Changed from wrong
