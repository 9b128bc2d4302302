"""Writes of review, one each: atomic, keyword-only, by somebody; each raises with a sentence a person can act on.

Whatever appends to a chain locks the committees' rows first, so that two people acting at once are put in order.
"""

from .answering import challenge, sign
from .caucus import keep_note
from .checking import give_check
from .ending import approve, withdraw
from .guests import close_guest_link, invite_guest
from .interests import confirm_wording, write_part
from .locking import Refused
from .opening import open_submission, put_newer_text, submit
from .paper import bring_in, take_paper_back
from .release_time import set_release_time
from .sealing import seal, seal_note
from .standing_in import delegate
from .talking import answer_comment, comment, correct, refer, reply, translate_words

__all__ = [
    "Refused",
    "answer_comment",
    "approve",
    "bring_in",
    "challenge",
    "close_guest_link",
    "comment",
    "confirm_wording",
    "correct",
    "delegate",
    "give_check",
    "invite_guest",
    "keep_note",
    "open_submission",
    "put_newer_text",
    "refer",
    "reply",
    "seal",
    "seal_note",
    "set_release_time",
    "sign",
    "submit",
    "take_paper_back",
    "translate_words",
    "withdraw",
    "write_part",
]
