"""Roles are data: groups say what users/roles.py says, whatever anybody did to them by hand."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from users import grants
from users.permissions import can_invite, can_see_drafts, check_has_role, has_role, roles_of
from users.roles import PERMISSIONS, SENTENCES, Role

pytestmark = pytest.mark.django_db

BYPASS = ("workflow", "task", "group")


STOCK = ("wagtail", "users.", "auth.")


def held(user):
    """Permissions of Wagtail and Django; the apps above may give roles their own."""
    return {name for name in user.get_all_permissions() if name.startswith(STOCK)}


def all_but(*roles):
    return [role for role in Role if role not in roles]


def test_every_role_has_its_words_and_its_group():
    assert set(SENTENCES) == set(Role)
    assert set(Group.objects.values_list("name", flat=True)) == {role.group_name for role in Role}


@pytest.mark.parametrize("role", Role)
def test_only_three_roles_enter_the_admin(role, someone):
    user = someone(role)
    inside = role in {Role.DESIGNER, Role.COORDINATOR, Role.ADMINISTRATOR}
    assert user.has_perm("wagtailadmin.access_admin") is inside
    assert can_see_drafts(user) is inside


@pytest.mark.parametrize("role", all_but(Role.ADMINISTRATOR))
def test_nobody_else_touches_what_decides_who_signs(role, someone):
    touching = {name for name in held(someone(role)) if name.endswith(tuple(f"_{what}" for what in BYPASS))}
    assert touching == set()


@pytest.mark.parametrize("role", all_but(Role.ADMINISTRATOR, Role.DESIGNER, Role.COORDINATOR))
def test_the_others_hold_no_permission_of_wagtail(role, someone):
    assert held(someone(role)) == set()


def test_syncing_again_changes_nothing(django_assert_max_num_queries):
    def state():
        return (
            set(Group.objects.values_list("name", "permissions__codename")),
            set(GroupCollectionPermission.objects.values_list("group", "permission", "collection")),
        )

    before = state()
    with django_assert_max_num_queries(60):
        call_command("sync_roles", verbosity=0)
    assert state() == before


def test_a_permission_given_by_hand_goes_away():
    group = grants.group_of(Role.LEARNER)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="add_image"),
    )
    call_command("sync_roles", verbosity=0)
    assert not group.permissions.exists()
    assert not group.collection_permissions.exists()


def test_groups_that_may_publish_everything_are_gone():
    assert not Group.objects.filter(name__in=grants.STOCK_GROUPS).exists()
    Group.objects.create(name="Editors")
    call_command("sync_roles", verbosity=0)
    assert not Group.objects.filter(name="Editors").exists()


def test_nobody_may_publish_in_the_library():
    library = Page.get_first_root_node().add_child(title="Library", slug="a-library", live=False)
    grants.grant_library(library)
    grants.grant_library(library)
    rows = GroupPagePermission.objects.filter(page=library)
    assert not rows.filter(permission__codename="publish_page").exists()
    by_role = {
        role: set(rows.filter(group__name=role.group_name).values_list("permission__codename", flat=True))
        for role in Role
    }
    assert by_role[Role.DESIGNER] == {"add_page", "change_page"}
    assert by_role[Role.LABOR_REVIEWER] == by_role[Role.LEARNER] == set()


def test_one_person_speaks_for_one_side(someone):
    user = someone(Role.LABOR_REVIEWER)
    with pytest.raises(PermissionDenied, match="not both"):
        grants.give_role(user=user, role=Role.MANAGEMENT_REVIEWER)
    assert roles_of(user) == {Role.LABOR_REVIEWER}


def test_a_superuser_is_an_administrator_and_sits_on_no_side(someone):
    user = someone(username="root", is_superuser=True)
    assert roles_of(user) == {Role.ADMINISTRATOR}
    assert not has_role(user, "labor_reviewer")


def test_roles_end_with_the_account(someone):
    user = someone(Role.ADMINISTRATOR)
    user.is_active = False
    assert roles_of(user) == set()


def test_refusals_say_what_to_do(someone):
    outsider = someone()
    assert not can_invite(outsider)
    with pytest.raises(PermissionDenied, match="Instructor, Mentor"):
        check_has_role(outsider, Role.INSTRUCTOR, Role.MENTOR)


def test_an_administrator_cannot_leave_the_house_without_one(someone):
    user = someone(Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        grants.take_role(user=user, role=Role.ADMINISTRATOR, by=user)
    assert has_role(user, Role.ADMINISTRATOR)
    grants.take_role(user=user, role=Role.ADMINISTRATOR, by=someone(username="other", is_superuser=True))
    assert not has_role(user, Role.ADMINISTRATOR)


def test_an_app_above_adds_permissions_of_its_own(monkeypatch, someone):
    monkeypatch.setitem(grants._added, Role.AUDITOR, set())
    grants.add_permissions(Role.AUDITOR, "wagtailcore.view_task")
    grants.sync_roles()
    assert someone(Role.AUDITOR).has_perm("wagtailcore.view_task")


def test_a_permission_nobody_defined_stops_the_sync(monkeypatch):
    monkeypatch.setitem(PERMISSIONS, Role.AUDITOR, ("users.fly_kites",))
    with pytest.raises(Exception, match="users.fly_kites"):
        grants.sync_roles()
