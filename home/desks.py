"""Where each role works: the links on top of every screen, and the place one lands after signing in.

No link here opens the admin for a reviewer, a learner or a rater.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.cohorts.queries import learns
from courses.delivery import addresses
from courses.voice.permissions import HEAR, TRIAGE
from curriculum.review import queries
from curriculum.review.safety import TEACHING
from users.permissions import roles_of
from users.roles import Role


@dataclass(frozen=True)
class Desk:
    """One place, and who works there. Without roles it is for everybody who has no other."""

    url: str
    label: str
    roles: frozenset = frozenset()

    def is_current(self, path: str) -> bool:
        return path == self.url if self.url == "/" else path.startswith(self.url)


REVIEWERS = frozenset({Role.LABOR_REVIEWER, Role.MANAGEMENT_REVIEWER, Role.COORDINATOR, Role.AUDITOR})
INVITING = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})

COURSES = Desk("/", _("Courses"))
#: In the language of the screen: the addresses of a course name theirs, like those of its text.
LEARN = {code: Desk(f"{addresses.prefix(code)}/learn/", _("My course")) for code, _name in settings.LANGUAGES}
INVITATIONS = Desk("/invitations/", _("Invitations"), INVITING)
REVIEW = Desk("/review/", _("Review"), REVIEWERS | {Role.DESIGNER})
#: Whoever an instructor put into the team of a course has it too (`desks_of`).
TEACH = Desk("/teach/", _("My courses"), frozenset({Role.INSTRUCTOR, Role.MENTOR, Role.ASSESSOR, Role.COORDINATOR}))
#: Who reads reviews finds it on the desk; who teaches has it here.
HURT = Desk("/hurt/", _("This could hurt someone"), TEACHING)
#: Nobody lands here. Who may not read the words as they came hears what was cleared.
VOICES = (
    Desk("/voices/", _("What workers said"), TRIAGE),
    Desk("/voices/heard/", _("What workers said"), HEAR),
)
#: In order: the first of one's own is where one lands.
DESKS = (
    Desk("/write/", _("My modules"), frozenset({Role.DESIGNER})),
    REVIEW,
    TEACH,
    Desk("/admin/", _("Library"), frozenset({Role.DESIGNER, Role.ADMINISTRATOR})),
    INVITATIONS,
)


def desks_of(user) -> list[Desk]:
    """The places of this person, the one to land at first."""
    held = roles_of(user)
    own = [desk for desk in DESKS if desk.roles & held]
    # Who is named for a check has a place in review without any of its roles.
    if REVIEW not in own and queries.checks_as(user.person).exists():
        own.append(REVIEW)
    own = own or [_reading(user, held)]
    own = [*own, HURT] if HURT.roles & held and REVIEW not in own else own
    return [*own, *[desk for desk in VOICES if desk.roles & held][:1]]


def _reading(user, held) -> Desk:
    """Where somebody without a room reads: their course, where they are in one, else the courses there are.

    A tutor or a case manager has no role of theirs, and a place beside learners.
    """
    if Role.LEARNER in held and learns(user):
        return LEARN.get(get_language(), LEARN[settings.LANGUAGE_CODE])
    return TEACH if user.person.hats.exists() else COURSES
