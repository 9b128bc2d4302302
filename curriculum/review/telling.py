"""The record of one submission as people read it: every link of its chain, in order, in words.

Uses prefetched entries; where words stand is looked up in the sheet, so reading costs the same however long it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.review import checklists, queries
from curriculum.review.enums import (
    ChangeClass,
    CheckKind,
    Disposition,
    EntryKind,
    Ground,
    InterestPart,
    Outcome,
    Position,
    SeatRole,
    Side,
)
from curriculum.review.models import Entry, Submission
from curriculum.review.reading import Sheet


@dataclass(frozen=True)
class Told:
    """One entry as a person reads it. `facts` are (label, words) that go with it; `about` the entry it answers."""

    at: datetime
    who: str
    side: str
    said: str
    words: str
    digest: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    about: str = ""
    is_sealed: bool = False


@dataclass(frozen=True)
class Teller:
    """Who may be named, and what the pages are called. Without `names` the side stands for the person."""

    submission: Submission
    sheet: Sheet
    names: bool

    def tell(self, entry: Entry) -> Told:
        said, facts = TELLING[entry.kind](self, entry)
        return Told(
            entry.at,
            self.who(entry),
            Side(entry.side).label if entry.side else "",
            str(said),
            entry.words,
            entry.digest,
            [(str(label), str(value)) for label, value in facts if value],
            self._answered(entry),
            entry.is_sealed,
        )

    def who(self, entry: Entry) -> str:
        if self.names:
            return str(entry.person)
        return self.submission.committee.party(entry.side) if entry.side else ""

    def place(self, detail: dict) -> str:
        """The page that words are about, called as readers of the source language know it."""
        page = self.sheet.page(detail["page"]) if detail.get("page") else None
        return page.title(self.sheet.languages[0]) if page else ""

    def _answered(self, entry: Entry) -> str:
        detail = entry.detail
        names = ("to", "corrects", "comment", "of", "entry", "confirms", "block")
        return next((detail[name] for name in names if _is_digest(detail.get(name))), "")


def told(submission: Submission, sheet: Sheet, *, names: bool) -> list[Told]:
    """Every entry in order. `names` is for the people who keep the record."""
    teller = Teller(submission, sheet, names)
    return [teller.tell(entry) for entry in submission.entries.all()]


def charter_lines(submission: Submission) -> list[tuple[str, str]]:
    """The charter it was sent under, as (what, how much): only what bears on this review."""
    charter, weight = submission.charter, queries.class_of(submission)
    gates = charter.gates_for(weight, submission.languages, submission.purpose)
    checks = ", ".join(_check_name(gate["kind"], gate["language"]) for gate in gates)
    return [
        (_("People who must agree on each side"), str(charter.needed(weight, submission.purpose)[Side.LABOR])),
        (_("Working days to answer"), str(charter.days(weight, submission.purpose))),
        (_("A co-chair is among them"), _("yes") if charter.holder_signs else ""),
        (_("Checks before both sides can agree"), checks),
    ]


def _is_digest(value) -> bool:
    return isinstance(value, str) and len(value) == 64


def _language(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)


def _check_name(kind: str, language: str) -> str:
    name = str(CheckKind(kind).label)
    return f"{name} ({_language(language)})" if language else name


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso[:10])) if iso else ""


def _position(teller: Teller, entry: Entry):
    detail = entry.detail
    seat = detail.get("seat")
    return Position(entry.position).label, [
        (_("Read in"), ", ".join(_language(code) for code in detail.get("languages", []))),
        (_("Ground"), Ground(detail["ground"]).label if detail.get("ground") else ""),
        (_("What would do instead"), entry.texts.get("alternative", "")),
        (_("Seat"), SeatRole(seat).label if seat and seat != SeatRole.MEMBER else ""),
        (_("In place of"), _("somebody on the same side") if detail.get("for") else ""),
    ]


def _decision(teller: Teller, entry: Entry):
    made = [
        f"{item.get('label') or _('version %(number)d') % {'number': item['number']}}"
        for item in entry.detail.get("items", [])
        if item.get("label") or item.get("number")
    ]
    return Outcome(entry.outcome).label, [
        (_("Made"), ", ".join(made)),
        (_("Until"), _day(entry.detail.get("until", ""))),
    ]


def _comment(teller: Teller, entry: Entry):
    detail = entry.detail
    if detail.get("corrects"):
        said = _("A note that follows a comment")
    elif detail.get("to"):
        said = _("An answer")
    else:
        said = EntryKind.COMMENT.label
    return said, [
        (_("About"), teller.place(detail)),
        (_("Suggested wording"), entry.texts.get("suggestion", "")),
        (_("Language"), _language(entry.language)),
    ]


def _disposition(teller: Teller, entry: Entry):
    return Disposition(entry.detail["disposition"]).label, [(_("Wording"), entry.texts.get("wording", ""))]


def _translation(teller: Teller, entry: Entry):
    return EntryKind.TRANSLATION.label, [(_("Language"), _language(entry.language))]


def _check(teller: Teller, entry: Entry):
    detail = entry.detail
    met = _("met") if not detail.get("unmet") else _("not met yet")
    return f"{_check_name(detail['kind'], detail.get('language', ''))}: {met}", [
        (_("Met"), str(len(detail.get("met", [])))),
        (_("Not met"), " ".join(checklists.labels(detail["kind"], detail.get("unmet", [])))),
        (_("Standing"), detail.get("credential", "")),
        (_("Holds until"), _day(detail.get("credential_until") or "")),
    ]


def _challenge(teller: Teller, entry: Entry):
    return EntryKind.CHALLENGE.label, [(_("Counts as"), ChangeClass(entry.detail["class"]).label)]


def _interest(teller: Teller, entry: Entry):
    part = InterestPart(entry.detail["part"])
    return f"{EntryKind.INTEREST.label}: {part.label}", [(_("Until"), _day(entry.detail.get("until") or ""))]


def _plain(teller: Teller, entry: Entry):
    return EntryKind(entry.kind).label, []


def _contact(teller: Teller, entry: Entry):
    detail = entry.detail
    return EntryKind.CONTACT.label, [
        (_("Side"), Side(detail["side"]).label),
        (_("How"), detail.get("way", "")),
        (_("Reached"), _("yes") if detail.get("reached") else _("no")),
    ]


def _authorization(teller: Teller, entry: Entry):
    return EntryKind.AUTHORIZATION.label, [(_("Side"), Side(entry.detail["side"]).label)]


def _meeting(teller: Teller, entry: Entry):
    detail = entry.detail
    present = [(Side(side).label, str(len(detail.get("present", {}).get(side, [])))) for side in Side.values]
    return EntryKind.MEETING.label, [(_("Held on"), _day(detail.get("date") or "")), *present]


TELLING: dict[str, Callable] = {
    EntryKind.POSITION: _position,
    EntryKind.DECISION: _decision,
    EntryKind.COMMENT: _comment,
    EntryKind.DISPOSITION: _disposition,
    EntryKind.TRANSLATION: _translation,
    EntryKind.CHECK: _check,
    EntryKind.CHALLENGE: _challenge,
    EntryKind.INTEREST: _interest,
    EntryKind.REFERRAL: _plain,
    EntryKind.CONTACT: _contact,
    EntryKind.AUTHORIZATION: _authorization,
    EntryKind.SEALED: _plain,
    EntryKind.MEETING: _meeting,
}
