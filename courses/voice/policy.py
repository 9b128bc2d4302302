"""When an item is due, and what may be done with it. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

from courses.voice.enums import Answer, State, StepKind
from curriculum.review import workdays

#: Working days until somebody has read it, and days until it is answered.
READ_WITHIN, ANSWERED_WITHIN = 5, 30
#: So many must be cleared before any of them is shown: one alone can be guessed.
BATCH = 3

_ANSWERS = {StepKind.ANSWERED, StepKind.TAKEN_BACK}
#: What may be done in each state. An answer may be given again, and the earlier one stays in the history.
MOVES = {
    State.WAITING: {StepKind.ACKNOWLEDGED, *_ANSWERS},
    State.ACKNOWLEDGED: _ANSWERS,
    State.DEFERRED: _ANSWERS,
    State.ACCEPTED: {*_ANSWERS, StepKind.TIED, StepKind.UNTIED},
    State.ADAPTED: {*_ANSWERS, StepKind.TIED, StepKind.UNTIED},
    State.DECLINED: _ANSWERS,
    State.TAKEN_BACK: set(),
}

#: Nobody has answered for good.
OPEN = (State.WAITING, State.ACKNOWLEDGED, State.DEFERRED)
#: A version is to carry these.
CARRIED = (State.ACCEPTED, State.ADAPTED)
#: The recording is no longer needed.
CLOSED = (State.ACCEPTED, State.ADAPTED, State.DECLINED, State.TAKEN_BACK)
NEEDS_REASON = (Answer.DECLINED, Answer.DEFERRED)


def may(state: str, kind: str) -> bool:
    return kind in MOVES[State(state)]


def due_on(state: str, came_on: date, put_off_until: date | None, holidays: Collection[date] = ()) -> date | None:
    """The day by which the next thing is to be done; None where nothing is."""
    if state == State.WAITING:
        return workdays.add(came_on, READ_WITHIN, holidays)
    if state == State.ACKNOWLEDGED:
        return came_on + timedelta(days=ANSWERED_WITHIN)
    return put_off_until if state == State.DEFERRED else None
