"""The code by which a sender follows an item: eight letters and digits that nobody takes for another.

Made from what was sent and a secret of the form, so that a form that is sent twice gives one item and one code. Only
its hash is kept, with the server's key in it: a code is short enough to be tried out on a stolen table.
"""

import hashlib
import hmac

from django.utils.crypto import salted_hmac

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def code_for(secret: str, *said: str | bytes) -> str:
    """The code of one thing said on one form."""
    told = hmac.new(secret.encode(), digestmod=hashlib.sha256)
    for part in said:
        data = part.encode() if isinstance(part, str) else part
        told.update(len(data).to_bytes(8) + data)
    number = int.from_bytes(salted_hmac("courses.voice.code", told.hexdigest(), algorithm="sha256").digest())
    letters = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def hash_of(code: str) -> str:
    return salted_hmac("courses.voice", plain(code), algorithm="sha256").hexdigest()


def plain(typed: str) -> str:
    """A code as people type it: small letters, spaces and dashes do no harm."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def shown(code: str) -> str:
    """In two halves, to be read out."""
    return f"{code[:4]}-{code[4:]}"
