"""What happens in a review, and who hears of it. Receivers of review's own signals: acts know nothing of letters."""

from django.dispatch import receiver

from curriculum.review import queries, signals
from curriculum.review.actions.noticing import tell
from curriculum.review.audiences import Roster, answered_by
from curriculum.review.enums import EntryKind, Outcome, Position, Purpose
from curriculum.review.models import Entry, Submission
from curriculum.review.steps import Step


@receiver(signals.opened, dispatch_uid="announce-opened")
def announce_opened(sender, submission, **kwargs):
    """Both sides hear at the same time; whoever answered the round before hears that newer text took its place."""
    roster = Roster([submission.committee_id])
    people = [place.person for place in roster.answering(submission)]
    if submission.purpose == Purpose.EMERGENCY:
        tell(Step.URGENT, submission, [*people, *roster.coordinators])
        return
    before = answered_by(submission.replaces) if submission.replaces_id else set()
    tell(Step.NEWER, submission, [person for person in people if person.pk in before])
    tell(Step.SENT, submission, [person for person in people if person.pk not in before])
    tell(Step.CHECK, submission, roster.checkers(submission, queries.gates_of(submission)))


@receiver(signals.ended, dispatch_uid="announce-ended")
def announce_ended(sender, submission, outcome, decisions, **kwargs):
    """Of an agreement everybody hears; of another end those who gave an answer. The newer round tells of itself."""
    if outcome == Outcome.SUPERSEDED:
        return
    roster = Roster([submission.committee_id])
    people = [place.person for place in roster.answering(submission)]
    designers = roster.designers(submission)
    if outcome in (Outcome.APPROVED, Outcome.RATIFIED, Outcome.REAFFIRMED):
        tell(Step.AGREED, submission, _but(decisions[0].entry, [*people, *designers]))
        return
    if outcome == Outcome.WITHDRAWN:
        answered = answered_by(submission)
        people = [person for person in people if person.pk in answered]
    tell(Step.ENDED, submission, _but(decisions[0].entry, [*people, *designers]))


@receiver(signals.said, dispatch_uid="announce-said")
def announce_said(sender, submission, entry, **kwargs):
    """Of a new link in the chain those hear whom it asks for something, but not whoever added it."""
    announce = ANNOUNCED.get(entry.kind)
    if announce is not None:
        announce(submission, entry, Roster([submission.committee_id]))


def _answer(submission, entry, roster):
    if entry.position == Position.REQUEST_CHANGES:
        people = [*roster.designers(submission), *roster.coordinators]
        tell(Step.CHANGE_ASKED, submission, _but(entry, people), about=entry.digest)
    elif entry.position == Position.BLOCK:
        people = [*roster.designers(submission), *roster.coordinators, *roster.co_chairs(submission.committee)]
        tell(Step.STOPPED, submission, _but(entry, people), about=entry.digest)


def _check(submission, entry, roster):
    if entry.detail.get("unmet"):
        tell(Step.CHANGE_ASKED, submission, _but(entry, roster.designers(submission)), about=entry.digest)


def _comment(submission, entry, roster):
    """A new one is for the designers; one below another also for whoever began."""
    if entry.detail.get("corrects"):
        return
    began = _root(submission, entry.detail.get("to"))
    designers = _but(entry, roster.designers(submission))
    tell(Step.COMMENTED, submission, [one for one in designers if one not in began], about=entry.digest)
    tell(Step.COMMENT_ANSWERED, submission, _but(entry, began), about=entry.digest)


def _disposition(submission, entry, roster):
    began = _root(submission, entry.detail.get("comment"))
    tell(Step.COMMENT_ANSWERED, submission, _but(entry, began), about=entry.digest)


def _stood_in(submission, entry, roster):
    people = [place.person for place in roster.answering(submission)]
    tell(Step.STOOD_IN, submission, _but(entry, [*people, *roster.coordinators]), about=entry.digest)


def _sealed(submission, entry, roster):
    tell(Step.SEALED, submission, roster.co_chairs(submission.committee), about=entry.digest)


ANNOUNCED = {
    EntryKind.POSITION: _answer,
    EntryKind.CHECK: _check,
    EntryKind.COMMENT: _comment,
    EntryKind.DISPOSITION: _disposition,
    EntryKind.AUTHORIZATION: _stood_in,
    EntryKind.SEALED: _sealed,
}


def _but(entry: Entry, people) -> list:
    """Without whoever did it: they know."""
    return [person for person in people if person.pk != entry.person_id]


def _root(submission: Submission, digest: str | None) -> list:
    """Who began a thread: a list of one or none."""
    found = Entry.objects.filter(submission=submission, digest=digest or "").select_related("person").first()
    return [found.person] if found else []
