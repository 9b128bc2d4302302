"""Tries and sheets: somebody saw a learner do it and says what. A sheet that came twice came once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import groups, instrument, methods, queries
from assessments.actions import deciding
from assessments.enums import EvidenceRule, Outcome, SheetKind
from assessments.instrument import Instrument
from assessments.methods import Slice
from assessments.models import Attempt, GroupRule, Sheet, Witness, Words
from assessments.permissions import check_can_assess
from assessments.policy import scoring
from assessments.policy.scoring import Mark
from curriculum.review.workdays import later
from users.models import Learner, Person, User

#: How far ahead a phone's clock may be before its word on the time is not taken.
AHEAD = timedelta(minutes=5)
#: How long ago something may have been seen that a phone brings.
BEHIND = timedelta(days=366)


class NotTaken(ValueError):
    """A sheet was not kept here; it stays where it was written. Says why and what to do."""


@dataclass(frozen=True)
class Signed:
    """Who signed on a phone they were handed."""

    name: str
    role: str
    organization: str
    license_type: str = ""
    license_number: str = ""


@dataclass(frozen=True)
class Said:
    """What one person says of a try. `digest` names the assessment as they read it.

    `marks` are {criterion: met or level}, `noted` {criterion: {"seconds", "prompts"}}, `notes` {criterion or line: the
    facts}. `uid` is made where it was written.
    """

    uid: UUID
    learner: UUID
    digest: str
    number: int
    marks: Mapping[str, bool | int]
    stopped: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, dict] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    alternative: str = ""
    may_discipline: bool = False
    seen_at: datetime | None = None
    more: Mapping = field(default_factory=dict)


@transaction.atomic
def take(*, group_uid: UUID, by: User, said: Said) -> Sheet:
    """Keep what an assessor saw, and decide the try where that is enough.

    Where the try is complete already, it is kept as the next one: nothing anybody saw is lost. Raises PermissionDenied
    or NotTaken; then nothing was kept here.
    """
    if known := _known(said.uid, by.person_id):
        return known
    group = groups.find(group_uid)
    check_can_assess(by, group)
    if said.learner == by.person_id:
        raise PermissionDenied(_("Nobody decides about themselves. Nothing was kept."))
    read, pinned = _readable(group, said.digest)
    learner = _learner(group, said.learner)
    # The same sheet may have come while this one waited for the learner.
    if known := _known(said.uid, by.person_id):
        return known
    attempt = _open(group, learner, read, pinned, by.person, said.number, rater=by.person_id)
    return _write(attempt, read, said, rater=by.person)


@transaction.atomic
def take_signed(*, group_uid: UUID, learner: Learner, said: Said, signed: Signed) -> Sheet:
    """Keep what somebody without an account saw and signed on the learner's own phone.

    It counts once an assessor of the course has confirmed who signed (`confirm`). Raises NotTaken.
    """
    group = groups.find(group_uid)
    if group is None or learner.pk not in group.learners or said.learner != learner.pk:
        raise PermissionDenied(_("This phone is not in that course any more. Nothing was kept."))
    read, pinned = _readable(group, said.digest)
    learner = _learner(group, learner.pk)
    if known := _signed_before(said.uid, learner):
        return known
    witness = witness_of(signed)
    attempt = _open(group, learner, read, pinned, learner.person, said.number, rater=None)
    return _write(attempt, read, said, witness=witness)


@transaction.atomic
def confirm(*, sheet: Sheet, by: User, uid: UUID | None = None) -> Sheet:
    """An assessor confirms who signed a sheet, or signs a task at work as a second person. Raises NotTaken."""
    if known := uid and _known(uid, by.person_id):
        return known
    attempt = deciding.held(sheet.attempt)
    check_can_assess(by, groups.find(attempt.group))
    if by.person_id in (sheet.rater_id, attempt.learner_id):
        raise NotTaken(_("A second signature is somebody else's. Nothing was kept."))
    if sheet.cosigned_by.filter(kind=SheetKind.TURNED_AWAY).exists():
        raise NotTaken(_("Somebody could not confirm who signed. It counts for nothing."))
    if sheet.cosigned_by.filter(rater=by.person_id).exists():
        raise NotTaken(_("You signed this already. Nothing more was kept."))
    row = _about(attempt, sheet, SheetKind.COSIGN, uid, rater=by.person)
    deciding.settle(attempt)
    return row


@transaction.atomic
def turn_away(*, sheet: Sheet, by: User) -> Sheet:
    """Nobody here knows who signed a sheet on a learner's phone: it counts for nothing, and its place is free again.

    The sheet stays in the record. Raises NotTaken, PermissionDenied.
    """
    attempt = deciding.held(sheet.attempt)
    check_can_assess(by, groups.find(attempt.group))
    if by.person_id == attempt.learner_id or sheet.witness_id is None:
        raise NotTaken(_("There is nothing to turn away here. Nothing was changed."))
    if queries.result_of(attempt) or sheet.cosigned_by.filter(rater__isnull=False).exists():
        raise NotTaken(_("Somebody answered this already, or the try is decided. Nothing was changed."))
    return _about(attempt, sheet, SheetKind.TURNED_AWAY, None, rater=by.person)


@transaction.atomic
def cosign_signed(*, sheet: Sheet, learner: Learner, signed: Signed, uid: UUID | None = None) -> Sheet:
    """A second person at work, a mentor or a steward, signs a task on the learner's phone. Sent twice it is one."""
    attempt = deciding.held(Attempt.objects.get(pk=sheet.attempt_id, learner=learner))
    if known := uid and _signed_before(uid, learner):
        return known
    if sheet.witness and sheet.witness.name.casefold() == signed.name.strip().casefold():
        raise NotTaken(_("A second signature is somebody else's. Nothing was kept."))
    row = _about(attempt, sheet, SheetKind.COSIGN, uid, witness=witness_of(signed))
    deciding.settle(attempt)
    return row


def witness_of(signed: Signed) -> Witness:
    """Keep who signed. Raises NotTaken where something of it is missing."""
    if not all(one.strip() for one in (signed.name, signed.role, signed.organization)):
        raise NotTaken(_("Write your name, your role and where you work. Nothing was kept yet."))
    return Witness.objects.create(**{key: value.strip() for key, value in vars(signed).items()})


def open_try(*, group: groups.Group, learner: Learner, digest: str, by: Person) -> Attempt:
    """The try that is open, or the next one. Raises NotTaken where a talk comes first."""
    read, pinned = _readable(group, digest)
    return _open(group, learner, read, pinned, by, number=1, rater=None)


def next_number(attempts) -> int:
    """The number of the try that comes next."""
    return max((attempt.number for attempt in attempts), default=0) + 1


def before_next(attempts) -> scoring.Before:
    """What stands before a learner's next try at an assessment, from their tries in this group. What went wrong in
    another one is for the people there to talk over: nobody here could, and the learner would wait for ever."""
    return scoring.before_next(queries.past_of(attempts))


@dataclass(frozen=True)
class Next:
    """Where somebody's next sheet about a learner goes. `sent`: theirs is here, and the try waits for others.
    `for_others`: after an appeal others look again."""

    number: int
    sent: bool
    before: scoring.Before
    for_others: bool = False


def next_for(known, *, group_uid: UUID, read: Instrument, rater: UUID) -> Next:
    """The same that `take` will find, from all tries of a learner at one assessment; says nothing of what others saw.

    No query for tries read with their work.
    """
    here = [one for one in known if one.group == group_uid]
    for attempt in here:
        if attempt.yardstick == read.yardstick and _wants(attempt, rater):
            return Next(attempt.number, False, scoring.Before())
    newest = here[-1] if here else None
    if newest and queries.result_of(newest) is None and newest.yardstick == read.yardstick:
        mine = any(sheet.rater_id == rater for sheet in queries.sheets_of(newest, SheetKind.TRY))
        return Next(newest.number if mine else next_number(here), mine, before_next(here))
    return Next(next_number(here), False, before_next(here), str(rater) in _looked_at_again(here))


def raters_for(group_uid: UUID, read: Instrument) -> int:
    """How many people see each try: what the assessment asks for, or more where the group does."""
    rule = GroupRule.objects.filter(pk=group_uid).first()
    return max(read.rule.raters, rule.raters if rule else 1)


def _known(uid: UUID, person_id) -> Sheet | None:
    """The sheet that came before under this uid. Raises PermissionDenied where it is somebody else's."""
    row = Sheet.objects.filter(pk=uid).first()
    if row and row.rater_id != person_id:
        raise PermissionDenied(_("A sheet with this number is somebody else's. Nothing was changed."))
    return row


def _signed_before(uid: UUID, learner: Learner) -> Sheet | None:
    """The same of what was signed on a learner's phone. Raises NotTaken."""
    row = Sheet.objects.select_related("attempt").filter(pk=uid).first()
    if row and (row.rater_id or row.attempt.learner_id != learner.pk):
        raise NotTaken(_("A sheet with this number is somebody else's. Nothing was changed."))
    return row


def _readable(group: groups.Group, digest: str) -> tuple[Instrument, groups.Pinned]:
    pinned = group.pinned(digest)
    if pinned is None:
        raise NotTaken(_("This assessment is not part of the course. It stays on your phone. Tell the coordinator."))
    return instrument.read(digest), pinned


def _learner(group: groups.Group, uid: UUID) -> Learner:
    """Whoever it is about, one act at a time: two phones that come back together must not open the same try twice.

    Raises NotTaken; also of somebody who had their name taken away, about whom nothing new is written.
    """
    learner = deciding.hold(uid) if uid in group.learners | group.former else None
    if learner is None or learner.person.erased_at:
        raise NotTaken(_("This learner is not in the course. It stays on your phone. Tell the coordinator."))
    return learner


def _open(group, learner, read: Instrument, pinned, by: Person, number: int, rater) -> Attempt:
    """The first try from `number` on that still wants this rater, else a new one."""
    known = queries.tries_of(learner.pk, read.uid)
    here = [one for one in known if one.group == group.uid]
    looked = _looked_at_again(here)
    if rater and str(rater) in looked:
        raise NotTaken(_("Both sides asked for others to look again. Your sheet stays on your phone until they have."))
    for attempt in here:
        if attempt.number >= number and attempt.yardstick == read.yardstick and _wants(attempt, rater):
            return attempt
    if before := before_next(here):
        raise NotTaken(
            _("Before the next try there is a plan meeting. It stays on your phone until then.")
            if before.plan
            else _("Before the next try somebody talks over what went wrong. It stays on your phone until then.")
        )
    return Attempt.objects.create(
        learner=learner,
        group=group.uid,
        assessment_uid=read.uid,
        module_uid=pinned.module,
        method=read.method,
        number=next_number(here),
        instrument=read.digest,
        yardstick=read.yardstick,
        edition=pinned.edition,
        release=pinned.release,
        language=read.language,
        raters=max(raters_for(group.uid, read), 2 if looked else 1),
        opened_at=timezone.now(),
        opened_by=by,
    )


def _looked_at_again(here: list[Attempt]) -> frozenset[str]:
    """Whoever decided the last try, where an appeal asked for two others to look again. A task at work is no such try:
    it is seen by whoever works there."""
    decided = [(one, row) for one in here if (row := queries.result_of(one))]
    attempt, last = decided[-1] if decided else (None, None)
    if last is None or (last.outcome, last.why) != (Outcome.VOID, deciding.BY_APPEAL):
        return frozenset()
    return frozenset(last.raters if methods.of(attempt.method).sheet_kind == SheetKind.TRY else ())


def _wants(attempt: Attempt, rater) -> bool:
    """Whether a try is open for one more sheet of this person."""
    if queries.result_of(attempt) is not None:
        return False
    if methods.of(attempt.method).sheet_kind == SheetKind.TASK:
        return True
    if rater and any(sheet.rater_id == rater for sheet in queries.sheets_of(attempt, SheetKind.TRY)):
        return False
    return queries.places(attempt) > 0


def _write(attempt: Attempt, read: Instrument, said: Said, *, rater=None, witness=None) -> Sheet:
    slice_ = methods.of(read.method)
    marks = _marks(read, said, whole=slice_.sheet_kind == SheetKind.TRY)
    _check(attempt, read, slice_, said, marks)
    now = timezone.now()
    sheet = Sheet.objects.create(
        uid=said.uid,
        attempt=attempt,
        kind=slice_.sheet_kind,
        rater=rater,
        witness=witness,
        digest=read.digest,
        language=read.language,
        marks=queries.stored(marks, {key: _counted(value) for key, value in said.noted.items()}),
        stopped=sorted(set(said.stopped)),
        rules=sorted(set(said.rules) & set(EvidenceRule.values)),
        alternative=said.alternative,
        may_discipline=said.may_discipline,
        more=dict(said.more),
        seen_at=_seen_at(said, now),
    )
    words = {about: text.strip() for about, text in said.notes.items() if text.strip()}
    Words.objects.bulk_create(
        Words(learner=attempt.learner, of=sheet.pk, about=about, text=text) for about, text in words.items()
    )
    deciding.settle(attempt)
    return sheet


def _seen_at(said: Said, now: datetime) -> datetime:
    """When it was seen, by the phone that wrote it down, unless its clock cannot be right."""
    at = said.seen_at
    return min(at, now + AHEAD) if at and at > now - BEHIND else now


def _counted(noted: dict) -> dict:
    """Seconds and prompts as whole numbers; nothing else is kept beside a mark."""
    return {key: int(noted[key]) for key in ("seconds", "prompts") if str(noted.get(key, "")).isdigit()}


def _marks(read: Instrument, said: Said, *, whole: bool) -> dict[str, Mark]:
    """What was said of each criterion. Raises NotTaken where something is unknown or, of a whole try, missing."""
    known, levels = {one.id for one in read.criteria}, {one.number for one in read.levels}
    _check_known(said.marks, known)
    marks = {}
    for criterion, value in said.marks.items():
        if not isinstance(value, bool) and value not in levels:
            raise NotTaken(_("“%(level)s” is no level of this assessment. Nothing was kept.") % {"level": value})
        marks[criterion] = scoring.mark_of(read.rule, value)
    missing = [one.code for one in read.criteria if one.id not in marks]
    if whole and missing and not said.stopped:
        raise NotTaken(_("Say something of every point first. Still open: %(what)s.") % {"what": ", ".join(missing)})
    if not marks and not said.stopped:
        raise NotTaken(_("Say which task was done. Nothing was kept yet."))
    return marks


def _check(attempt: Attempt, read: Instrument, slice_: Slice, said: Said, marks: dict[str, Mark]) -> None:
    """What must be there before anybody decides. Raises NotTaken."""
    stops = {one.id for one in read.stops}
    _check_known(said.stopped, stops)
    _check_known([about for about in said.notes if about], stops | {one.id for one in read.criteria})
    judged, whole = scoring.judge(read.rule, marks, said.stopped), slice_.sheet_kind == SheetKind.TRY
    grave = [*said.stopped, *(one for one in judged.missed if whole and one in marks)]
    if not all(said.notes.get(one, "").strip() for one in grave):
        raise NotTaken(_("Write what you saw at each point that must be right and was not: only the facts."))
    unticked = ", ".join(str(one.label) for one in slice_.still_to_tick(said.rules))
    if judged.met and unticked:
        raise NotTaken(_("Before you say that this is enough, tick: %(what)s.") % {"what": unticked})
    if judged.met and slice_.confirmations:
        _check_confirmed(attempt, slice_)
    if said.alternative and said.alternative not in {one.id for one in read.alternatives}:
        raise NotTaken(_("That other way is not part of this assessment. Nothing was kept."))


def _check_known(said, known: set[str]) -> None:
    if unknown := ", ".join(one for one in said if one not in known):
        raise NotTaken(
            _("This sheet speaks of points that the assessment does not have: %(what)s. Nothing was kept.")
            % {"what": unknown}
        )


def _check_confirmed(attempt: Attempt, slice_: Slice) -> None:
    """Experience counts once two people who saw it confirmed it, and recently enough."""
    rows = list(attempt.attestations.all())
    if slice_.still_to_confirm([row.capacity for row in rows]):
        raise NotTaken(_("Two people confirm it first: a supervisor, and a co-worker or steward. Nothing was kept."))
    day = max(row.last_seen_on for row in rows)
    if later(day, slice_.currency_months) < timezone.localdate():
        raise NotTaken(
            _("It was last seen on %(day)s, more than %(months)d months ago. A fresh try shows it better.")
            % {"day": day.isoformat(), "months": slice_.currency_months}
        )


def _about(attempt: Attempt, sheet: Sheet, kind: SheetKind, uid, *, rater=None, witness=None) -> Sheet:
    return Sheet.objects.create(
        uid=uid or uuid.uuid4(),
        attempt=attempt,
        kind=kind,
        cosigns=sheet,
        rater=rater,
        witness=witness,
        digest=sheet.digest,
        language=sheet.language,
        marks=[],
        seen_at=timezone.now(),
    )
