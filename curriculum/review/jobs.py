"""What review does at every tick: reminders that are due, and the letters that carry them."""

from curriculum.review import mailing
from curriculum.review.actions.confirming import lapse_unratified
from curriculum.review.actions.looking_again import find_triggers
from curriculum.review.actions.reminding import remind
from curriculum.review.actions.renewing import watch_expiry
from curriculum.review.ticking import register


def remind_people() -> str:
    return f"{remind()} new notices"


def send_letters() -> str:
    sent = mailing.write_letters()
    return f"{sent} letters" if mailing.mail_is_on() else "there is no mail server: notices are on the notices screen"


def keep_corrections() -> str:
    return f"{lapse_unratified()} corrections not confirmed in time"


def watch_agreements() -> str:
    return f"{watch_expiry()} notices over agreements that ran out, {find_triggers()} reasons for a new look"


def register_jobs() -> None:
    register("corrections", keep_corrections)
    register("agreements", watch_agreements)
    register("reminders", remind_people)
    register("letters", send_letters, last=True)
