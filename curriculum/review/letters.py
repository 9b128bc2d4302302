"""What a notice says, in its reader's language: a line of a letter, a letter, a short message to text.

Reads; what is sent, and when, is decided in `mailing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from curriculum.review.deadlines import plain_day
from curriculum.review.enums import EntryKind
from curriculum.review.models import Notification, Representative, Submission
from curriculum.review.reading import titles_of
from curriculum.review.standing import Standing, standing
from curriculum.review.steps import ANSWER, Step
from curriculum.review.subjects import Subject, subjects_of

#: A text message is this long; more would arrive in pieces.
SHORT = 160
#: Subjects are cut by mail programs beyond this.
SUBJECT = 110
#: A title is never cut below this.
SHORTEST_TITLE = 12


@dataclass(frozen=True)
class Line:
    """One thing told about one review."""

    notice: Notification
    step: Step
    sentence: str
    short: str
    url: str


class Told:
    """Reviews as letters speak of them, read once for many notices: a constant number of queries a language."""

    def __init__(self, notices: Iterable[Notification]):
        keys = {notice.submission_id for notice in notices}
        people = {notice.person_id for notice in notices if notice.person_id}
        self._sides = dict(Representative.objects.filter(person__in=people).values_list("person", "side"))
        rows = Submission.objects.with_record().filter(pk__in=keys)
        self._standings: dict = {row.pk: standing(row) for row in rows}
        self._titles: dict = {}
        self._notices, self._subjects = list(notices), {}

    def is_over(self, notice: Notification) -> bool:
        """Whether there is nothing left to do about it, so that telling it would only confuse."""
        place, step = self._standings[notice.submission_id], Step(notice.step)
        if step.lasts:
            return False
        if not place.is_open:
            return True
        if step in ANSWER:
            side = self._sides.get(notice.person_id)
            waits = side in place.waiting_for if side else bool(place.open_gates)
            return not waits or _answered(place, notice.person_id)
        if step == Step.CHECK:
            return not place.open_gates
        if step in (Step.DUE, Step.PRINCIPALS):
            return not (place.waiting_for or place.open_gates)
        if step in (Step.STOPPED, Step.INTEREST_LATE):
            return all(entry.digest != notice.about for entry in place.blocking)
        return step != Step.COMMENTED and _taken_back(place.submission, notice.about)

    def lines(self, notices: Iterable[Notification]) -> list[Line]:
        """One line for each thing, the most pressing first, in the language on screen."""
        chosen: dict[tuple, Notification] = {}
        for notice in sorted(notices, key=lambda one: (Step(one.step).rank, one.made_at)):
            step = Step(notice.step)
            own = notice.about if self._subject(notice) else ""
            chosen.setdefault((notice.submission_id, step.same, own), notice)
        return [self.line(notice) for notice in chosen.values()]

    def line(self, notice: Notification) -> Line:
        place, step = self._standings[notice.submission_id], Step(notice.step)
        said = {"day": plain_day(notice.day or place.due_on), "state": place.state.rstrip(".")}
        title, room = self._title(place.submission), _absolute("review_room", place.submission.pk)
        if subject := self._subject(notice):
            title, room = subject.title, _absolute(subject.screen, *subject.arguments)
        return Line(
            notice=notice,
            step=step,
            sentence=str(step.sentence) % {**said, "title": title},
            short=_short(str(step.sentence), said, title),
            # A principal has no account: the address would only lead to a door.
            url="" if notice.principal else room,
        )

    def _subject(self, notice: Notification) -> Subject | None:
        """What it is about, where that is no review."""
        language = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
        if language not in self._subjects:
            self._subjects[language] = subjects_of(self._notices, language)
        return self._subjects[language].get((notice.step, notice.about))

    def _title(self, submission: Submission) -> str:
        language = translation.get_language()
        if language not in self._titles:
            self._titles[language] = titles_of([place.submission for place in self._standings.values()])
        return self._titles[language][submission.pk]


def letter(told: Told, notices: Iterable[Notification], *, language: str, to: str) -> EmailMultiAlternatives | None:
    """One e-mail in `language` with everything in it; None when nothing is left to tell."""
    with translation.override(language or settings.LANGUAGE_CODE):
        lines = told.lines(notices)
        if not lines:
            return None
        context = {
            "first": lines[0],
            "others": lines[1:],
            "center_name": settings.HIGHROAD_CENTER_NAME,
            "desk_url": "" if lines[0].notice.principal else _absolute("review_desk"),
            "language": translation.get_language(),
        }
        mail = EmailMultiAlternatives(_subject(lines), render_to_string("review/letter.txt", context), to=[to])
        mail.attach_alternative(render_to_string("review/letter.html", context), "text/html")
        return mail


def _subject(lines: list[Line]) -> str:
    # A title may hold a line break, a header may not.
    first = _cut(" ".join(lines[0].sentence.split()), SUBJECT)
    more = len(lines) - 1
    if not more:
        return first
    return ngettext("%(first)s And %(n)d more", "%(first)s And %(n)d more", more) % {"first": first, "n": more}


def _short(sentence: str, said: dict, title: str) -> str:
    """The sentence and the address of the desk in one text message; a long title gives way, then the address."""
    for end in (f" {_absolute('review_desk')}", ""):
        room = SHORT - len(end) - len(sentence % {**said, "title": ""})
        if room >= min(len(title), SHORTEST_TITLE):
            return sentence % {**said, "title": _cut(title, room)} + end
    return _cut(sentence % {**said, "title": _cut(title, SHORTEST_TITLE)}, SHORT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _answered(place: Standing, person) -> bool:
    return any(
        entry.person_id == person and entry.kind in (EntryKind.POSITION, EntryKind.CHECK)
        for entry in place.submission.entries.all()
    )


def _taken_back(submission: Submission, about: str) -> bool:
    """Whether whoever gave this answer has given another since."""
    entries = list(submission.entries.all())
    meant = next((entry for entry in entries if entry.digest == about), None)
    return meant is not None and any(
        entry.pk > meant.pk and entry.person_id == meant.person_id and entry.kind == meant.kind for entry in entries
    )


def _absolute(name: str, *args) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=args)
