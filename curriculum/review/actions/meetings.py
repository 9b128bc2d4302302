"""A joint meeting: open it, put texts on its agenda, note who is there and what is said, close it into the record."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review import chain, queries
from curriculum.review.actions.answering import sign
from curriculum.review.actions.locking import Refused, locked
from curriculum.review.enums import EntryKind
from curriculum.review.models import (
    AgendaItem,
    Attendance,
    Committee,
    Entry,
    Meeting,
    Representative,
    Seat,
    SignedSheet,
    Submission,
)
from curriculum.review.permissions import makes_samples
from curriculum.review.scans import Scan


class NotAtThisTable(PermissionDenied):
    """The person convenes no meetings of this committee and has no seat on it."""


def check_can_lead(user, committee: Committee) -> None:
    """Coordinators and everybody with a seat may open a meeting and keep its minutes. Raises NotAtThisTable."""
    if user.has_perm("review.view_committee"):
        return
    if not queries.seats_of(user.person).filter(committee=committee).exists():
        raise NotAtThisTable(_("You do not sit on this committee. Nothing was changed."))


@transaction.atomic
def open_meeting(*, committee: Committee, by, held_on: date | None = None, place: str = "") -> Meeting:
    """Open a meeting with everything that is before the committee on its agenda, oldest first.

    The one that is open already is returned: a committee sits at one table.
    """
    check_can_lead(by, committee)
    list(Committee.objects.select_for_update().filter(pk=committee.pk))
    running = Meeting.objects.filter(committee=committee, closed_at=None).first()
    if running:
        return running
    meeting = Meeting.objects.create(
        committee=committee, held_on=held_on or timezone.localdate(), place=place.strip(), opened_by=by.person
    )
    rows = Submission.objects.open().filter(committee=committee).order_by("opened_at")
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, submission=row, place=number) for number, row in enumerate(rows, 1)
    )
    return meeting


@transaction.atomic
def note_present(*, meeting: Meeting, by, people: list) -> None:
    """Write down who is at the table: `people` are persons; those with a seat count for their side."""
    _check_running(meeting, by)
    sides = dict(Representative.objects.filter(person__in=people).values_list("person", "side"))
    seated = set(
        Seat.objects.filter(committee=meeting.committee, until=None).values_list("representative__person", flat=True)
    )
    Attendance.objects.filter(meeting=meeting).exclude(person__in=people).delete()
    known = set(Attendance.objects.filter(meeting=meeting).values_list("person", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=person, side=sides.get(person.pk, "") if person.pk in seated else "")
        for person in people
        if person.pk not in known
    )


@transaction.atomic
def note_minutes(*, item: AgendaItem, by, minutes: str, actions: str = "") -> None:
    """Keep what was said about one text. It can be put right until the meeting is closed."""
    _check_running(item.meeting, by)
    AgendaItem.objects.filter(pk=item.pk).update(minutes=minutes.strip(), actions=actions.strip())


@transaction.atomic
def close_meeting(*, meeting: Meeting, by) -> None:
    """Close it: the minutes of each text become a link of that text's chain, with who was there by side.

    Texts about which nothing was noted are left alone. Raises Refused when it is closed already.
    """
    _check_running(meeting, by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.is_open:
        raise Refused(_("This meeting is closed already. Nothing was changed."))
    present: dict[str, list[str]] = {"labor": [], "management": [], "others": []}
    for row in meeting.present.all():
        present[row.side or "others"].append(str(row.person_id))
    for item in meeting.agenda.select_related("submission"):
        if item.minutes or item.actions:
            chain.append(
                locked(item.submission),
                kind=EntryKind.MEETING,
                person=by.person,
                texts={"words": item.minutes, "actions": item.actions},
                details={"meeting": str(meeting.pk), "date": meeting.held_on.isoformat(), "present": present},
                sample=makes_samples(by),
            )
    meeting.closed_at, meeting.closed_by = timezone.now(), by.person
    meeting.save(update_fields=["closed_at", "closed_by"])


@transaction.atomic
def sign_at_table(
    *, meeting: Meeting, submission: Submission, by, position: str, digest: str, words: str = ""
) -> Entry:
    """Somebody at the table answers on the shared screen. `by` is the account of whoever answers, proven by the caller.

    Raises Refused for people who are not noted as present, and whatever `sign` raises.
    """
    if not meeting.is_open or not meeting.present.filter(person=by.person).exists():
        raise Refused(_("Only people who are noted as here answer on this screen. Nothing was signed."))
    return sign(submission=submission, by=by, position=position, digest=digest, words=words, meeting=str(meeting.pk))


@transaction.atomic
def file_sheet(*, meeting: Meeting, submission: Submission, by, scan: Scan, people: list) -> SignedSheet:
    """File the photo of a sheet that people signed by hand. It agrees to nothing: each confirms in the room.

    Raises Refused where nobody is named, or somebody who does not sit on the committee.
    """
    check_can_lead(by, meeting.committee)
    seated = set(
        Seat.objects.filter(committee=meeting.committee, until=None).values_list("representative__person", flat=True)
    )
    if not people or not {person.pk for person in people} <= seated:
        raise Refused(_("Tick who signed the sheet: people who sit on this committee. Nothing was filed."))
    sheet = SignedSheet.objects.create(
        meeting=meeting, submission=submission, scan=scan.digest, ext=scan.ext, filed_by=by.person
    )
    sheet.people.set(people)
    return sheet


def _check_running(meeting: Meeting, by) -> None:
    check_can_lead(by, meeting.committee)
    if not meeting.is_open:
        raise Refused(_("This meeting is closed already. Nothing was changed."))
