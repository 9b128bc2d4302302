"""Keys to sign credentials with. Making one takes a while, so each is made once for all tests of a run."""

import base64
from functools import cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


@cache
def key(name: str, bits: int = 2048) -> str:
    """The key of a name, as an operator writes it down. The shortest that is taken: it is the quickest to make."""
    made = rsa.generate_private_key(65537, bits)
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return base64.b64encode(pem).decode()
