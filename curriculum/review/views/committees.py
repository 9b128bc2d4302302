"""Committees and seats in Wagtail's admin, for administrators: who sits where decides who holds a key."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from curriculum.review.models import Checker, Committee, Delegation, Holiday, Seat
from curriculum.review.views.charter_form import charter_panel
from curriculum.review.views.committee_forms import (
    CheckerForm,
    EndSeatForm,
    FoundCommitteeForm,
    NewCheckerForm,
    NewSeatForm,
    StandInForAnyForm,
)


class NeverDeleted(ModelPermissionPolicy):
    """Committees and seats stay as long as the record does, whatever a group may do."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission([action for action in actions if action != "delete"])


class OnlyAdded(NeverDeleted):
    """Rows that are not changed either."""

    def user_has_permission(self, user, action):
        return action != "change" and super().user_has_permission(user, action)


class OwnForm:
    """A create or edit view that takes its own form as it stands."""

    own_form: type

    def get_form_class(self):
        return self.own_form

    def get_panel(self):
        return None


class FoundView(OwnForm, CreateView):
    own_form = FoundCommitteeForm


class CharterView(EditView):
    """Its form comes in groups."""

    def get_panel(self):
        return charter_panel()

    def get_form_class(self):
        return self.panel.get_form_class()


class SeatView(OwnForm, CreateView):
    own_form = NewSeatForm


class EndSeatView(OwnForm, EditView):
    own_form = EndSeatForm


class NewCheckerView(OwnForm, CreateView):
    own_form = NewCheckerForm


class CheckerView(OwnForm, EditView):
    own_form = CheckerForm


class StandInView(OwnForm, CreateView):
    own_form = StandInForAnyForm


class CommitteeViewSet(ModelViewSet):
    """A labor side and a management side, and what they agreed on about agreeing."""

    model = Committee
    name = "committees"
    icon = "group"
    menu_label = _("Committees")
    add_view_class = FoundView
    edit_view_class = CharterView
    form_fields = ["name"]
    list_display = ["name", "labor_name", "management_name", "quorum"]
    copy_view_enabled = False
    permission_policy = NeverDeleted(Committee)


class SeatViewSet(ModelViewSet):
    """Who speaks for which side, since when."""

    model = Seat
    name = "seats"
    icon = "user"
    menu_label = _("Seats")
    add_view_class = SeatView
    edit_view_class = EndSeatView
    form_fields = ["until"]
    list_display = ["representative", "committee", "role", "since", "until"]
    list_filter = ["committee"]
    copy_view_enabled = False
    permission_policy = NeverDeleted(Seat)


class CheckerViewSet(ModelViewSet):
    """Who goes through which list, and until when that holds."""

    model = Checker
    name = "checkers"
    icon = "check"
    menu_label = _("Checkers")
    add_view_class = NewCheckerView
    edit_view_class = CheckerView
    form_fields = ["credential"]
    list_display = ["person", "kind", "language", "committee", "credential_until", "until"]
    list_filter = ["committee", "kind"]
    copy_view_enabled = False
    permission_policy = NeverDeleted(Checker)


class StandInViewSet(ModelViewSet):
    """Who answers in whose place, and when. Rows are never changed: old answers stay explained."""

    model = Delegation
    name = "stand-ins"
    icon = "user"
    menu_label = _("Stand-ins")
    add_view_class = StandInView
    form_fields = ["seat"]
    list_display = ["seat", "to", "since", "until"]
    copy_view_enabled = False
    permission_policy = OnlyAdded(Delegation)


class HolidayViewSet(ModelViewSet):
    """Days that no clock of a committee counts."""

    model = Holiday
    name = "holidays"
    icon = "date"
    menu_label = _("Holidays")
    form_fields = ["committee", "day", "name"]
    list_display = ["day", "name", "committee"]
    list_filter = ["committee"]
    copy_view_enabled = False


class BothSides(ModelViewSetGroup):
    """One entry of the menu for who agrees with whom, and how."""

    items = (CommitteeViewSet, SeatViewSet, StandInViewSet, CheckerViewSet, HolidayViewSet)
    menu_label = _("Both sides")
    menu_icon = "group"
    menu_order = 310
