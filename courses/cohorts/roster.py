"""A list of names becomes people of a course: read first, then taken whole or not at all. And two acts on one person.

The file is what a spreadsheet saves: commas, semicolons or tabs, UTF-8 or Windows-1252, headings in English or Spanish.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.cohorts import joining
from courses.cohorts.models import Course, Enrollment
from courses.cohorts.permissions import check_can_teach
from users import learners
from users.models import User

MOST_LINES, MOST_BYTES, LONGEST_NAME, LONGEST_EMAIL = 500, 256 * 1024, 60, 254
#: What a spreadsheet would run as a formula where a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

_COLUMNS = {
    "name": {"name", "nombre", "full name", "nombre completo"},
    "language": {"language", "idioma", "lengua"},
    "email": {"email", "e-mail", "mail", "correo", "correo electronico"},
}
_LANGUAGES = {
    "en": {"en", "english", "ingles"},
    "es": {"es", "spanish", "espanol"},
}


class NotTaken(ValueError):
    """Nobody was made. Says why and what to do."""


@dataclass(frozen=True)
class Newcomer:
    """One person of the list; `line` is where they stand in the file."""

    line: int
    name: str
    language: str = ""
    email: str = ""


@dataclass(frozen=True)
class Problem:
    """A line that cannot be taken, and why."""

    line: int
    reason: str


@dataclass
class Roster:
    """A list as it was read. It is taken when there is somebody and no problem."""

    people: list[Newcomer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return bool(self.people) and not self.problems

    @property
    def text(self) -> str:
        """The same list again, as `read` takes it: what the second step carries."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((one.name, one.language, one.email) for one in self.people)
        return out.getvalue()


@dataclass(frozen=True)
class LetIn:
    """Somebody who was made, with the code that lets them in once. The code is nowhere else."""

    enrollment: Enrollment
    code: str


def read(data: bytes, course: Course) -> Roster:
    """What a file says, and every line that cannot be taken. Makes nobody and never raises, whatever the bytes."""
    found = Roster()
    if len(data) > MOST_BYTES:
        return _no(found, 0, _("The file is too large for a list of names. Nothing was read."))
    text = _decoded(data)
    if text is None:
        return _no(found, 0, _("This is not a CSV file. In your spreadsheet choose Save as, then CSV."))
    lines = _lines(text, found)
    if not lines:
        return found if found.problems else _no(found, 0, _("The file is empty."))
    columns = _columns(*lines[0], found)
    if columns is None:
        return found
    if len(lines) - 1 > MOST_LINES:
        told = _("There are %(count)d lines. Send at most %(most)d at a time.")
        return _no(found, lines[MOST_LINES + 1][0], told % {"count": len(lines) - 1, "most": MOST_LINES})
    taken = {name.casefold(): 0 for name in course.enrollments.values_list("called", flat=True) if name}
    for line, cells in lines[1:]:
        if any(cells[len(lines[0][1]) :]):
            reason = _("There are more cells than headings. Put a name with a comma between quotation marks.")
            _no(found, line, reason)
        else:
            _take_line(line, cells, columns, taken, found)
    if not found.people and not found.problems:
        _no(found, 0, _("There is no name below the headings."))
    return found


@transaction.atomic
def take(*, course: Course, data: bytes, by: User) -> list[LetIn]:
    """Make everybody of a list, with a code each. All of them or nobody: raises NotTaken or PermissionDenied."""
    check_can_teach(by, course)
    # Two people who send the same list at once are heard one after the other.
    course = Course.objects.select_for_update().get(pk=course.pk)
    found = read(data, course)
    if not found.is_good:
        count = len(found.problems)
        raise NotTaken(
            ngettext(
                "%(count)d line cannot be taken. Nobody was added. Correct the file and send it again.",
                "%(count)d lines cannot be taken. Nobody was added. Correct the file and send it again.",
                count,
            )
            % {"count": count}
        )
    return [_make(course, one, by) for one in found.people]


@transaction.atomic
def let_back_in(*, enrollment: Enrollment, by: User) -> str:
    """A code, good once, for somebody who forgot their PIN. Shown once. Raises PermissionDenied."""
    check_can_teach(by, enrollment.course)
    if enrollment.left_on is not None:
        raise PermissionDenied(_("This person is not in the course any more. No code was made."))
    return learners.make_code(learner=enrollment.learner, by=by)


@transaction.atomic
def take_out(*, enrollment: Enrollment, by: User) -> Enrollment:
    """Take somebody out of the course; attendance stays. Raises PermissionDenied."""
    check_can_teach(by, enrollment.course)
    return joining.leave(enrollment=enrollment) if enrollment.left_on is None else enrollment


def _make(course: Course, one: Newcomer, by: User) -> LetIn:
    learner = learners.new_learner(name=one.name, language=one.language, email=one.email)
    try:
        enrollment = joining.enroll(course=course, learner=learner, called=one.name)
    except learners.NotRight as refusal:
        raise NotTaken(f"{refusal} {_('Nobody was added.')}") from None
    return LetIn(enrollment, learners.make_code(learner=learner, by=by))


def _no(found: Roster, line: int, reason: str) -> Roster:
    found.problems.append(Problem(line, reason))
    return found


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _lines(text: str, found: Roster) -> list[tuple[int, list[str]]]:
    """(number of its first line, cells) of every row that is not empty."""
    heading = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, at = [], 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return lines
        except csv.Error:
            _no(found, at, _("A quotation mark is missing or too many. The rest of the file was not read."))
            return lines
        if any(cell.strip() for cell in cells):
            lines.append((at, [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in cells]))
        at = reader.line_num + 1


def _columns(line: int, headings: list[str], found: Roster) -> dict[str, int] | None:
    """{column: position}; None where there is no column of names or one stands twice."""
    columns = {}
    for position, heading in enumerate(headings):
        name = next((name for name, known in _COLUMNS.items() if _plain(heading) in known), None)
        if name is None:
            if heading:
                found.left_aside.append(heading)
        elif name in columns:
            _no(found, line, _("The column “%(heading)s” stands twice.") % {"heading": heading})
            return None
        else:
            columns[name] = position
    if "name" not in columns:
        _no(found, line, _("The first line must hold the headings, one of them “name”."))
        return None
    return columns


def _take_line(line: int, cells: list[str], columns: dict[str, int], taken: dict[str, int], found: Roster) -> None:
    values = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    name, email = values["name"], values.get("email", "")
    language = _language(values.get("language", ""))
    reason = _wrong_name(name, taken) or _wrong_email(email)
    if not reason and language is None:
        reason = _("“%(language)s” is no language of this course. Write English, Español, or nothing.") % {
            "language": values["language"][:40]
        }
    if name:
        taken.setdefault(name.casefold(), line)
    if reason:
        _no(found, line, reason)
    else:
        found.people.append(Newcomer(line, name, language or "", email))


def _wrong_name(name: str, taken: dict[str, int]) -> str:
    if not name:
        return _("There is no name.")
    if len(name) > LONGEST_NAME:
        return _("The name is longer than %(most)d letters.") % {"most": LONGEST_NAME}
    if name.startswith(FORMULA) or not any(letter.isalpha() for letter in name) or not name.isprintable():
        return _("This does not look like a name.")
    if name.casefold() not in taken:
        return ""
    told = {"name": name, "line": taken[name.casefold()]}
    if told["line"]:
        return _("%(name)s stands in line %(line)d too. Add a letter to one of them.") % told
    return _("Somebody called %(name)s is in the course already. Add a letter, or leave this line out.") % told


def _wrong_email(email: str) -> str:
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        return _("“%(email)s” is not an e-mail address.") % {"email": email[:60]}
    return _("The e-mail address is too long.") if len(email) > LONGEST_EMAIL else ""


def _language(text: str) -> str | None:
    plain = _plain(text)
    return "" if not plain else next((code for code, known in _LANGUAGES.items() if plain in known), None)


def _plain(text: str) -> str:
    """Without accents, capitals and spaces around."""
    letters = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
