"""Which checks a text can be given, by whom, and what still waits for whom. A check is by list and without a vote."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.review import queries
from curriculum.review.enums import CheckKind, Purpose
from curriculum.review.models import Checker, Submission


class CannotCheck(PermissionDenied):
    """No check was saved; the message says why and what to do."""


@dataclass(frozen=True)
class Asked:
    """One check that a text can be given. `entry` is the latest one given; `gate` says that both sides wait for it."""

    kind: str
    language: str
    met: bool
    gate: bool
    entry: object | None = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.kind, self.language)


def asked_of(submission: Submission) -> list[Asked]:
    """The checks a text can be given (uses prefetched entries).

    Those its charter asks for, and the language check of every language that changed: it stands for readers that a
    side may not have. A safety correction and what was agreed on paper wait for none.
    """
    if submission.purpose in (Purpose.EMERGENCY, Purpose.PAPER):
        return []
    gates = submission.charter.gates_for(queries.class_of(submission), submission.languages, submission.purpose)
    wanted = {(gate["kind"], gate["language"]) for gate in gates}
    known = {(one["kind"], one["language"]): one for one in queries.gates_of(submission)}
    keys = [*known, *((str(CheckKind.LANGUAGE), language) for language in submission.languages)]
    return [
        Asked(
            *key,
            met=key in known and known[key]["met"],
            gate=key in wanted,
            entry=known[key]["entry"] if key in known else None,
        )
        for key in dict.fromkeys(keys)
    ]


def is_valid(checker: Checker, day: date | None = None) -> bool:
    """Whether what gives a checker standing holds on a day."""
    return checker.credential_until is None or checker.credential_until >= (day or timezone.localdate())


def check_can_check(user, submission: Submission, kind: str, language: str = "") -> Checker:
    """The place in which `user` may check this text now. Raises CannotCheck; does not ask whether it is still open."""
    if (kind, language) not in {one.key for one in asked_of(submission)}:
        raise CannotCheck(_("This text does not ask for that check. Nothing was saved."))
    places = queries.checks_as(user.person).filter(committee=submission.committee_id, kind=kind, language=language)
    checker = places.first()
    if checker is None:
        raise CannotCheck(_("You are not named for this check. Nothing was saved. Ask an administrator."))
    if not is_valid(checker):
        raise CannotCheck(
            _("What gives you standing ran out on %(day)s. Nothing was saved. Ask an administrator to renew it.")
            % {"day": date_format(checker.credential_until)}
        )
    if str(user.person_id) in submission.authors:
        raise CannotCheck(_("You helped write this text, so somebody else checks it. Nothing was saved."))
    return checker


def waiting_for(person, submission: Submission, places: list[Checker]) -> list[Asked]:
    """The checks of one open text that this person is named for and nobody has given yet. `places`: `checks_as`."""
    if submission.outcome is not None or str(person.pk) in submission.authors:
        return []
    held = {(one.kind, one.language) for one in places if one.committee_id == submission.committee_id and is_valid(one)}
    return [one for one in asked_of(submission) if one.entry is None and one.key in held]
