"""Sending letters: one a day to each person, at once only what could hurt someone. Safe to run twice and at once.

A letter's row is claimed before it is sent, so of several processes one sends it; a letter that could not be sent is
tried again by a later `manage.py tick`. People without an address keep their notices on the coordinator's screen.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task

from curriculum.review.letters import Told, letter
from curriculum.review.models import Checker, Letter, Notification, Seat
from curriculum.review.steps import Step
from users.models import User

#: An attempt that did not say how it ended is made again after so long.
LEASE = timedelta(minutes=30)
#: A notice older than this is not passed on by hand any more.
PASSED_ON_FOR = timedelta(days=60)
#: Told to whoever they are about, seat or not: people without one comment too.
PERSONAL = frozenset({Step.COMMENT_ANSWERED})


class NotSent(Exception):
    """Some letters could not be handed to the mail server; they are tried again."""


def mail_is_on() -> bool:
    """Whether there is a mail server at all: production without MAIL_HOST has none."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def untold():
    """Notices that nobody was told of yet, with whom they are for."""
    return Notification.objects.filter(letter=None, passed_on_at=None, over_at=None).select_related(
        "person__user", "submission__committee"
    )


def write_letters(now=None) -> int:
    """Write and send what is due now. Returns how many letters went out. Raises NotSent when some did not.

    Before HIGHROAD_LETTERS_FROM o'clock only what cannot wait goes out.
    """
    now = timezone.localtime(now)
    notices = sort_out(list(untold()))
    if not mail_is_on():
        return 0
    urgent = [notice for notice in notices if Step(notice.step).is_urgent]
    keys = [pk for notice in urgent if (pk := _write(notice.person, [notice], now.date(), urgent=True))]
    again = Letter.objects.filter(_free(now), sent_at=None).exclude(pk__in=keys)
    if now.hour >= settings.HIGHROAD_LETTERS_FROM:
        keys += _write_daily([notice for notice in notices if notice not in urgent], now.date())
    else:
        again = again.filter(urgent=True)
    keys = list(dict.fromkeys([*keys, *again.values_list("pk", flat=True)]))
    results = [send.enqueue(pk) for pk in keys]
    lost = sum(result.status == TaskResultStatus.FAILED for result in results)
    if lost:
        raise NotSent(f"{lost} of {len(keys)} letters could not be sent; they are tried again")
    # Another process may have been quicker; a queue has not said yet.
    return sum(not result.is_finished or bool(result.return_value) for result in results)


def send_urgent(sender, submission, **kwargs) -> None:
    """Receiver of `signals.urgent`: mail at once what could hurt someone, to whoever has an address."""
    notices = sort_out(list(untold().filter(submission=submission, step=Step.URGENT)))
    if mail_is_on():
        today = timezone.localdate()
        keys = [_write(notice.person, [notice], today, urgent=True) for notice in notices]
        for pk in filter(None, keys):
            send.enqueue(pk)


def still_to_tell() -> list[Notification]:
    """What the coordinator can still pass on by hand: what no letter carried, and what a letter asked for in vain."""
    recent = Notification.objects.filter(
        passed_on_at=None, over_at=None, principal="", made_at__gte=timezone.now() - PASSED_ON_FOR
    )
    rows = living(list(recent.select_related("person__user", "submission__committee")))
    return [notice for notice in rows if notice.letter_id is None or not Step(notice.step).lasts]


def living(notices: list[Notification]) -> list[Notification]:
    """Those that still need telling: not done meanwhile, and for somebody who is still there."""
    told, business = Told(notices), _Business(notices)
    return [notice for notice in notices if not told.is_over(notice) and business.has(notice)]


def sort_out(notices: list[Notification]) -> list[Notification]:
    """The same; the others are marked as over."""
    left = living(notices)
    gone = {notice.pk for notice in notices} - {notice.pk for notice in left}
    Notification.objects.filter(pk__in=gone).update(over_at=timezone.now())
    return left


@task()
def send(pk: int) -> bool:
    """Send one letter, unless it was sent or somebody is at it. Returns whether it went out."""
    now = timezone.now()
    if not Letter.objects.filter(_free(now), pk=pk, sent_at=None).update(attempted_at=now):
        return False
    row = Letter.objects.select_related("person__user", "committee").get(pk=pk)
    notices = sort_out(list(row.notices.select_related("person__user", "submission__committee")))
    address, language = _address(row)
    mail = letter(Told(notices), notices, language=language, to=address) if address else None
    if mail is not None:
        mail.send()
    Letter.objects.filter(pk=pk).update(sent_at=timezone.now())
    return mail is not None


def _free(now) -> Q:
    """Nobody is at it."""
    return Q(attempted_at=None) | Q(attempted_at__lt=now - LEASE)


def _write_daily(notices: Iterable[Notification], day: date) -> list[int]:
    """One letter for each person and each principal who has none today."""
    bundles = defaultdict(list)
    for notice in notices:
        committee = notice.submission.committee if notice.principal else None
        bundles[notice.person, committee, notice.principal].append(notice)
    return [
        pk
        for (person, committee, principal), bundle in bundles.items()
        if (pk := _write(person, bundle, day, committee=committee, principal=principal))
    ]


def _write(person, notices, day: date, *, committee=None, principal="", urgent=False) -> int | None:
    """The key of a new letter that carries these notices; None where there is no address or one today already."""
    known = {"person": person, "committee": committee, "principal": principal, "day": day, "urgent": urgent}
    if not _address(Letter(**known))[0]:
        return None
    with transaction.atomic():
        if urgent:
            row, made = Letter.objects.create(**known), True
        else:
            row, made = Letter.objects.get_or_create(**known)
        free = Notification.objects.filter(pk__in=[notice.pk for notice in notices], letter=None)
        if made and free.update(letter=row):
            return row.pk
        if made:
            row.delete()
    return None


def _address(row: Letter) -> tuple[str, str]:
    """Where it goes and in which language; an empty address where there is none."""
    if row.principal:
        return getattr(row.committee, f"{row.principal}_principal"), settings.LANGUAGE_CODE
    user = getattr(row.person, "user", None)
    return (user.email, user.preferred_language) if user and user.is_active else ("", "")


class _Business:
    """Who still has business with which review: a seat, a check, or the right to read all. Three queries for all."""

    def __init__(self, notices: Iterable[Notification]):
        people = {notice.person_id for notice in notices if notice.person_id}
        seats = Seat.objects.filter(
            until=None, representative__person__in=people, representative__person__user__is_active=True
        )
        checks = Checker.objects.filter(until=None, person__in=people, person__user__is_active=True)
        self._at = {
            *seats.values_list("representative__person", "committee"),
            *checks.values_list("person", "committee"),
        }
        readers = User.objects.with_perm("review.view_submission").filter(person__in=people)
        self._everywhere = set(readers.values_list("person", flat=True))

    def has(self, notice: Notification) -> bool:
        if notice.principal or notice.person_id in self._everywhere:
            return True
        if (notice.person_id, notice.submission.committee_id) in self._at:
            return True
        # People without an account comment by a link; the coordinator tells them.
        is_guest = not notice.person.erased_at and getattr(notice.person, "user", None) is None
        return is_guest and Step(notice.step) in PERSONAL
