"""Where each role works: the links on top of every screen, and the place one lands after signing in.

No link here opens the admin for a reviewer, a learner or a rater.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

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
INVITATIONS = Desk("/invitations/", _("Invitations"), INVITING)
REVIEW = Desk("/review/", _("Review"), REVIEWERS | {Role.DESIGNER})
#: Who reads reviews finds it on the desk; who teaches has it here.
HURT = Desk("/hurt/", _("This could hurt someone"), TEACHING)
#: In order: the first of one's own is where one lands.
DESKS = (
    Desk("/write/", _("My modules"), frozenset({Role.DESIGNER})),
    REVIEW,
    Desk("/admin/", _("Library"), frozenset({Role.DESIGNER, Role.ADMINISTRATOR})),
    INVITATIONS,
)


def desks_of(user) -> list[Desk]:
    """The places of this person, the one to land at first."""
    held = roles_of(user)
    own = [desk for desk in DESKS if desk.roles & held]
    # Who is named for a check has a place in review without any of its roles.
    own = own or ([REVIEW] if queries.checks_as(user.person).exists() else [COURSES])
    return [*own, HURT] if HURT.roles & held and REVIEW not in own else own
