"""Taking words that hold personal data out of the record. Row, author, time and digest stay; the chain still holds."""

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.review import chain
from curriculum.review.actions.locking import Refused, locked
from curriculum.review.enums import EntryKind, SeatRole, Side
from curriculum.review.models import CaucusNote, Entry, NoteSealing, Sealing, Seat
from curriculum.review.permissions import makes_samples
from curriculum.review.speaking import check_can_seal
from users.models import User


@transaction.atomic
def seal(*, entry: Entry, by, reason: str, link=None) -> Entry:
    """Take away the words of an entry, and people's translations of them. Returns the entry that says so.

    Works after the review has ended, too. The reason is read by both sides and stays. `link(submission)` gives the full
    address of the room, for the message to both sides. Raises CannotTalk, Refused, ValueError without a reason.
    """
    check_can_seal(by)
    submission = locked(entry.submission)
    entry = Entry.objects.get(pk=entry.pk)
    if entry.kind == EntryKind.SEALED:
        raise Refused(_("This says why words were taken away, and stays. Nothing was changed."))
    if not entry.said:
        raise Refused(_("There are no words here to take away. Nothing was changed."))
    if not reason.strip():
        raise ValueError(_("Say in a sentence why, without the personal data. Nothing was changed yet."))
    told = _empty(submission, entry, by, reason)
    for translated in _translations_of(entry):
        _empty(locked(translated.submission), translated, by, reason)
    transaction.on_commit(lambda: _tell_both_sides(submission, reason.strip(), link(submission) if link else ""))
    return told


@transaction.atomic
def seal_note(*, note: CaucusNote, by, reason: str) -> NoteSealing:
    """The same for a note of one side. Nobody else is told: that the note exists is that side's own."""
    check_can_seal(by)
    if note.is_sealed:
        raise Refused(_("There are no words here to take away. Nothing was changed."))
    if not reason.strip():
        raise ValueError(_("Say in a sentence why, without the personal data. Nothing was changed yet."))
    sealing = NoteSealing.objects.create(note=note, by=by.person, reason=reason.strip(), at=timezone.now())
    CaucusNote.objects.filter(pk=note.pk).update(words="")
    return sealing


def _empty(submission, entry: Entry, by, reason: str) -> Entry:
    """Append why, then empty the row: its trigger lets that happen only once the sealing is there."""
    told = chain.append(
        submission,
        kind=EntryKind.SEALED,
        person=by.person,
        texts={"words": reason},
        details={"entry": entry.digest},
        sample=makes_samples(by),
    )
    Sealing.objects.create(entry=entry, by=by.person, reason=reason.strip(), at=told.at)
    Entry.objects.filter(pk=entry.pk).update(said="", salt="")
    return told


def _translations_of(entry: Entry) -> list[Entry]:
    """Translations hold the same personal data. They follow in this round or a later one."""
    rows = Entry.objects.filter(
        kind=EntryKind.TRANSLATION, submission__subject_uid=entry.submission.subject_uid, pk__gt=entry.pk
    ).exclude(said="")
    return [row for row in rows if row.detail.get("of") == entry.digest]


def _tell_both_sides(submission, reason: str, address: str) -> None:
    for side in Side.values:
        for user in _who_hears(submission.committee_id, side):
            with translation.override(user.preferred_language or translation.get_language()):
                context = {"submission": submission, "reason": reason, "address": address, "name": user.get_full_name()}
                text = render_to_string("review/mail/words_taken_away.txt", context)
                send_mail(_("Words were taken out of a record"), text, None, [user.email])


def _who_hears(committee_id, side: str) -> list[User]:
    """A side's co-chairs, or everybody who sits for it where it has none; those who have an e-mail address."""
    seats = Seat.objects.filter(committee=committee_id, until=None, representative__side=side)
    chairs = seats.filter(role=SeatRole.CO_CHAIR)
    people = (chairs if chairs.exists() else seats).values("representative__person")
    return list(User.objects.filter(person__in=people, is_active=True).exclude(email="").order_by("pk"))
