"""Sheets as phones send them: read from JSON or from a plain form, taken in one by one, and what became of each.

What a phone sends is checked before anything is written; a sheet is written whole or not at all.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import instrument, methods, queries
from assessments.actions import deciding, trying
from assessments.actions.trying import NotTaken, Said
from assessments.enums import Outcome, SheetKind
from assessments.instrument import Instrument
from assessments.models import Sheet
from courses.cohorts.models import Course
from users.models import User

log = logging.getLogger(__name__)

#: What one request may bring; a full sheet with a note on every point is below a tenth of it.
MOST_BYTES, MOST_SHEETS = 512 * 1024, 50
MOST_LETTERS = 4000
MOST_TRIES = 32_000
KEPT, WAITS = "kept", "waits"


class Unreadable(ValueError):
    """What came in is no list of sheets. Its text says what to do; nothing was written."""


@dataclass(frozen=True)
class Became:
    """What became of one sheet, in a sentence for whoever sent it. `number` is that of their next try, once kept."""

    uid: str
    state: str
    sentence: str
    number: int | None = None
    sent: bool = False

    @property
    def told(self) -> dict:
        return {key: value for key, value in vars(self).items() if value is not None}


def from_json(body: bytes) -> list[dict]:
    """The sheets of a request as they came, each with a uid that can be read. Raises Unreadable."""
    problem = _("These sheets could not be read, and nothing was kept here. They are still on your phone.")
    try:
        rows = json.loads(body)["sheets"]
        uids = [str(UUID(row["uid"])) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(problem) from error
    if not isinstance(rows, list) or len(uids) > MOST_SHEETS:
        raise Unreadable(problem)
    return rows


def said_in(row: dict) -> Said:
    """One sheet of a phone; what we do not know is passed over. Raises NotTaken where something is no sheet's."""
    try:
        return Said(
            uid=UUID(row["uid"]),
            learner=UUID(row["learner"]),
            digest=_short(row["digest"]),
            number=_whole(row.get("number", 1)),
            marks={_short(key): _mark(value) for key, value in row["marks"].items()},
            stopped=tuple(_short(one) for one in row.get("stopped", ())),
            notes={_short(key): _words(value) for key, value in row.get("notes", {}).items()},
            noted={_short(key): _counted(value) for key, value in row.get("noted", {}).items()},
            rules=tuple(_short(one) for one in row.get("rules", ())),
            alternative=_short(row.get("alternative", "")),
            may_discipline=row.get("may_discipline") is True,
            seen_at=_time(row.get("seen_at")),
            more=_more(row.get("more", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        if isinstance(error, NotTaken):
            raise
        raise NotTaken(
            _("This sheet is damaged. It stays on your phone. Open it, look it over and send it again.")
        ) from error


def said_in_form(data, read: Instrument, learner: UUID, uid: UUID, number: int, *, of_team: bool = False) -> Said:
    """What the form of the plain page says of one learner. Of a team what is `individual` carries their uid."""

    def name(prefix: str, point) -> str:
        return f"{prefix}-{learner}-{point.id}" if of_team and point.individual else f"{prefix}-{point.id}"

    def typed(prefix: str, point) -> str:
        return data.get(name(prefix, point), "").strip()

    values = {one.id: typed("m", one) for one in read.criteria}
    row = {
        "uid": str(uid),
        "learner": str(learner),
        "digest": read.digest,
        "number": number,
        "marks": {key: _chosen(value) for key, value in values.items() if value},
        "stopped": [one.id for one in read.stops if data.get(f"s-{one.id}")],
        "notes": {one.id: typed("n", one) for one in read.criteria}
        | {one.id: data.get(f"n-{one.id}", "").strip() for one in read.stops if data.get(f"s-{one.id}")},
        "noted": {one.id: {"seconds": typed("t", one), "prompts": typed("p", one)} for one in read.criteria},
        "rules": data.getlist("rule"),
        "alternative": data.get("alternative", ""),
        "may_discipline": data.get("may_discipline") == "on",
        "more": {"gaps": data.getlist("gap"), "team": of_team},
    }
    return said_in(row)


def uid_of_member(base: UUID, learner: UUID) -> UUID:
    """The uid of one member's sheet of a team's form: sent twice it is the same."""
    return uuid5(base, str(learner))


def take(course: Course, by: User, said: Said) -> Became:
    """Keep one sheet, in a transaction of its own, and say what became of it or why it waits."""
    uid = str(said.uid)
    for _time_of_two in range(2):
        try:
            sheet = trying.take(group_uid=course.pk, by=by, said=said)
            return became(sheet, by)
        except (NotTaken, PermissionDenied) as refused:
            return Became(uid, WAITS, str(refused))
        except IntegrityError:
            # The same sheet came twice at the same moment: the second time round it is known.
            continue
    return Became(uid, WAITS, _("Two sheets came at the same moment. Nothing is lost. Send this one again."))


def take_row(course: Course, by: User, row: dict) -> Became:
    """The same for a sheet as it came from a phone."""
    uid = str(UUID(row["uid"]))
    try:
        return take(course, by, said_in(row))
    except NotTaken as refused:
        return Became(uid, WAITS, str(refused))
    except Exception:
        # A mistake of ours about one sheet must not keep the others on the phone.
        log.exception("sheet %s could not be kept", uid)
        return Became(uid, WAITS, _("Something went wrong here, and this sheet was not kept. It stays on your phone."))


def became(sheet: Sheet, by: User) -> Became:
    """What there is to say of a sheet that is here. Nothing in it tells what anybody else wrote."""
    attempt = deciding.fresh(sheet.attempt)
    read = instrument.read(attempt.instrument)
    known = queries.tries_of(attempt.learner_id, attempt.assessment_uid)
    after = trying.next_for(known, group_uid=attempt.group, read=read, rater=by.person_id)
    return Became(str(sheet.pk), KEPT, _sentence(attempt, read), after.number, after.sent)


def _sentence(attempt, read: Instrument) -> str:
    result = queries.result_of(attempt)
    if result is not None:
        if result.met and result.outcome == Outcome.NOT_YET:
            return _("Kept. This try is enough. The next one follows: it takes more than one in a row.")
        return _("Kept. %(result)s.") % {"result": Outcome(result.outcome).label}
    if methods.of(read.method).sheet_kind == SheetKind.TASK:
        return _("Kept in the task log.")
    if deciding.verdict(attempt).differ:
        return _("Kept. Third look needed: two people saw it differently. Somebody else decides.")
    return _("Kept. Waiting for the second person.")


def _short(value) -> str:
    if not isinstance(value, str) or len(value) > 100 or not value.isprintable():
        raise TypeError("a short text")
    return value


def _words(value) -> str:
    if not isinstance(value, str):
        raise TypeError("words")
    if len(value) > MOST_LETTERS:
        raise NotTaken(
            _("A note is longer than %(count)d letters. Make it shorter, then send it again.") % {"count": MOST_LETTERS}
        )
    return value


def _chosen(value: str) -> bool | int | str:
    """What a button of the form stands for."""
    is_level = value.isascii() and value.isdigit() and len(value) < 4
    return int(value) if is_level else {"met": True, "not": False}.get(value, value)


def _mark(value) -> bool | int:
    if not isinstance(value, (bool, int)):
        raise TypeError("met or not, or a level")
    return value


def _whole(value) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_TRIES:
        raise TypeError("a number of a try")
    return value


def _counted(value: dict) -> dict[str, int]:
    """Seconds and prompts; an hour is as much as a clock counts."""
    return {key: min(int(value[key]), 3600) for key in ("seconds", "prompts") if str(value.get(key, "")).isdecimal()}


def _more(value: dict) -> dict:
    """Lessons still to do after experience was looked at, and that a whole team was seen. Nothing else is kept."""
    found = {}
    if gaps := [_short(one) for one in value.get("gaps", ())][:MOST_SHEETS]:
        found["gaps"] = gaps
    if value.get("team") is True:
        found["team"] = True
    return found


def _time(value) -> datetime | None:
    if value in (None, ""):
        return None
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else timezone.make_aware(at)
