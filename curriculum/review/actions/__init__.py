"""Writes of review, one each: atomic, keyword-only, by somebody; each raises with a sentence a person can act on.

Whatever appends to a chain locks the committees' rows first, so that two people acting at once are put in order.
"""

from .answering import challenge, sign
from .ending import approve, withdraw
from .locking import Refused
from .opening import open_submission, put_newer_text, submit

__all__ = ["Refused", "approve", "challenge", "open_submission", "put_newer_text", "sign", "submit", "withdraw"]
