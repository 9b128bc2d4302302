"""What a role may do with people and drafts. `check_can_x` raises with a sentence, `can_x` is the boolean."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _

from users.roles import SIDES, Role

DRAFTS = "wagtailadmin.access_admin"
ABOVE_READERS = frozenset({Role.ADMINISTRATOR, Role.DESIGNER, Role.COORDINATOR})


def read_roles(user):
    """The roles `user` holds, as a set, read now and kept on this object for `roles_of`."""
    held = set(user.groups.values_list("name", flat=True))
    user.held_roles = frozenset(role for role in Role if role.group_name in held)
    return user.held_roles


def roles_of(user):
    """The roles `user` holds, as a frozen set. One query a request.

    A superuser is an administrator and nothing more: no account speaks for a side without being put there.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = user.held_roles if hasattr(user, "held_roles") else read_roles(user)
    return held | {Role.ADMINISTRATOR} if user.is_superuser else held


def has_role(user, role):
    """True when `user` holds `role` (a Role or its value)."""
    return Role(role) in roles_of(user)


def check_has_role(user, *roles):
    """Raise unless `user` holds one of `roles`."""
    wanted = [Role(role) for role in roles]
    if not roles_of(user).intersection(wanted):
        names = ", ".join(str(role.label) for role in wanted)
        raise PermissionDenied(
            _("This page is for: %(roles)s. Ask the coordinator if that should be you.") % {"roles": names}
        )


def check_sides(roles):
    """Raise when `roles` holds both sides: one person speaks for one side."""
    if SIDES <= set(roles):
        raise PermissionDenied(_("One person speaks for one side: labor or management, not both."))


def check_can_see_drafts(user):
    if not user.has_perm(DRAFTS):
        raise PermissionDenied(_("This is a draft. Only the people who write here can open it."))


def can_see_drafts(user):
    return _allowed(check_can_see_drafts, user)


def opens_the_admin(user):
    """Whether an account is more than a reader's: drafts, other people's accounts, or everything."""
    return bool(user.is_superuser or user.is_staff or roles_of(user) & ABOVE_READERS or user.has_perm(DRAFTS))


def who_open_the_admin(accounts):
    """The same for many at once: keys of those among `accounts` (a queryset) that are more than a reader's."""
    codename = DRAFTS.split(".")[1]
    above = Q(is_superuser=True) | Q(is_staff=True) | Q(groups__name__in=[role.group_name for role in ABOVE_READERS])
    given = Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename)
    return set(accounts.filter(above | given).values_list("pk", flat=True))


def check_can_invite(user, role=None):
    """Administrators and coordinators invite. Only an administrator makes another."""
    held = roles_of(user)
    if not held & {Role.ADMINISTRATOR, Role.COORDINATOR}:
        raise PermissionDenied(_("Only an administrator or a coordinator invites people."))
    if role == Role.ADMINISTRATOR and Role.ADMINISTRATOR not in held:
        raise PermissionDenied(_("Only an administrator invites another administrator."))


def can_invite(user, role=None):
    return _allowed(check_can_invite, user, role)


def check_can_change_account(user, account):
    """Whoever looks after accounts does not reach the ones above: a superuser's account is a superuser's."""
    if account.is_superuser and not user.is_superuser:
        raise PermissionDenied(_("This account looks after the whole site. Only its owner changes it."))


def can_change_account(user, account):
    return _allowed(check_can_change_account, user, account)


def _allowed(check, *args):
    try:
        check(*args)
    except PermissionDenied:
        return False
    return True
