"""Who works on what workers said, and who hears of it. `check_can_x` raises with a sentence, `can_x` is the boolean."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from users.permissions import roles_of
from users.roles import Role

#: They read the words as they came, and hear the recordings.
TRIAGE = frozenset({Role.DESIGNER, Role.COORDINATOR})
#: They read what was cleared of names, places and shifts.
HEAR = TRIAGE | {Role.LABOR_REVIEWER, Role.MANAGEMENT_REVIEWER, Role.INSTRUCTOR, Role.AUDITOR}


def check_can_triage(user) -> None:
    if not roles_of(user) & TRIAGE:
        raise PermissionDenied(
            _("What workers said is read by designers and the coordinator only. Nothing was changed.")
        )


def can_triage(user) -> bool:
    return bool(roles_of(user) & TRIAGE)


def can_hear(user) -> bool:
    return bool(roles_of(user) & HEAR)
