"""Who holds which role, and the groups that carry the roles' permissions. One write each."""

import logging

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from users.models import User
from users.permissions import check_sides, read_roles
from users.roles import COLLECTION_PERMISSIONS, LIBRARY_PERMISSIONS, PERMISSIONS, Role

log = logging.getLogger(__name__)

# Groups that Wagtail's own migrations make; they may publish every page there is.
STOCK_GROUPS = ("Editors", "Moderators")

PAGE = {"content_type__app_label": "wagtailcore", "content_type__model": "page"}

_added = {role: set() for role in Role}


def add_permissions(role, *names):
    """Let an app above add permissions ("app.codename") of its own models, from its AppConfig.ready()."""
    _added[role].update(names)


def group_of(role):
    group, _made = Group.objects.get_or_create(name=Role(role).group_name)
    return group


@transaction.atomic
def sync_roles():
    """Make the groups say what users/roles.py says; a permission given by hand to a role's group goes away.

    Idempotent. Runs after every `migrate`. Page permissions are granted by whoever makes the page.
    """
    names = {role: {*PERMISSIONS.get(role, ()), *_added[role]} for role in Role}
    every = {*set().union(*names.values()), *set().union(*map(set, COLLECTION_PERMISSIONS.values()))}
    rows = _permissions(every)
    groups = {role: group_of(role) for role in Role}
    for role, group in groups.items():
        group.permissions.set(rows[name] for name in names[role])
    _sync_collections(groups, rows)
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()


def _sync_collections(groups, rows):
    root = Collection.get_first_root_node()
    # A database emptied by `flush` has no collection until somebody makes it again.
    if root is None:
        return
    wanted = {(groups[role].pk, rows[name].pk) for role, names in COLLECTION_PERMISSIONS.items() for name in names}
    there = GroupCollectionPermission.objects.filter(collection=root, group__in=groups.values())
    held = set()
    for row in there:
        pair = (row.group_id, row.permission_id)
        if pair not in wanted:
            row.delete()
        held.add(pair)
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group_id=group, permission_id=permission, collection=root)
        for group, permission in wanted - held
    )


def _permissions(names):
    """{"app.codename": Permission} for all `names`; makes the rows when no app has made them yet."""
    found = _read_permissions(names)
    if missing := names - found.keys():
        for label in {name.split(".")[0] for name in missing}:
            create_permissions(apps.get_app_config(label), verbosity=0)
        found = _read_permissions(names)
    if missing := names - found.keys():
        raise ImproperlyConfigured(f"Roles name permissions that do not exist: {', '.join(sorted(missing))}")
    return found


def _read_permissions(names):
    rows = Permission.objects.filter(content_type__app_label__in={name.split(".")[0] for name in names})
    every = {f"{row.content_type.app_label}.{row.codename}": row for row in rows.select_related("content_type")}
    return {name: row for name, row in every.items() if name in names}


def sync_after_migrate(sender, using, **kwargs):
    """The `post_migrate` receiver: roles hold on every installation without anybody thinking of them."""
    needed = {model._meta.db_table for model in (Group, User, Collection, GroupCollectionPermission)}
    if using == "default" and needed <= set(connection.introspection.table_names()):
        sync_roles()


@transaction.atomic
def grant_library(page):
    """Let each role do its part below `page`, the root of the library. Idempotent."""
    codenames = set().union(*map(set, LIBRARY_PERMISSIONS.values()))
    rows = {row.codename: row for row in Permission.objects.filter(codename__in=codenames, **PAGE)}
    for role, wanted in LIBRARY_PERMISSIONS.items():
        group = group_of(role)
        GroupPagePermission.objects.filter(group=group, page=page).exclude(permission__codename__in=wanted).delete()
        for codename in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=rows[codename])


@transaction.atomic
def give_role(*, user, role, by=None):
    """Put `user` in `role`, unless they hold it already.

    Raises PermissionDenied where that would have one person speak for both sides. `by` is the account that
    does it; None is the installation itself (the first run, the demo).
    """
    role = Role(role)
    # Two people giving one person two roles at once would each see only their own.
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    held = read_roles(user)
    if role in held:
        return
    check_sides(held | {role})
    user.groups.add(group_of(role))
    read_roles(user)
    log.info("role %s given to person %s by %s", role.value, user.person_id, by.person_id if by else "setup")


@transaction.atomic
def take_role(*, user, role, by):
    role = Role(role)
    if role == Role.ADMINISTRATOR and user == by:
        raise PermissionDenied(_("You look after the accounts here. Somebody else has to take that from you."))
    user.groups.remove(group_of(role))
    read_roles(user)
    log.info("role %s taken from person %s by %s", role.value, user.person_id, by.person_id)
