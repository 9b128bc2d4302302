"""Committees and seats in Wagtail's admin, for administrators: who sits where decides who holds a key."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from curriculum.review.models import Committee, Seat
from curriculum.review.views.committee_forms import (
    CharterForm,
    EndSeatForm,
    FoundCommitteeForm,
    NewSeatForm,
)


class NeverDeleted(ModelPermissionPolicy):
    """Committees and seats stay as long as the record does, whatever a group may do."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission([action for action in actions if action != "delete"])


class OwnForm:
    """A create or edit view that takes its own form as it stands."""

    own_form: type

    def get_form_class(self):
        return self.own_form

    def get_panel(self):
        return None


class FoundView(OwnForm, CreateView):
    own_form = FoundCommitteeForm


class CharterView(OwnForm, EditView):
    own_form = CharterForm


class SeatView(OwnForm, CreateView):
    own_form = NewSeatForm


class EndSeatView(OwnForm, EditView):
    own_form = EndSeatForm


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
    list_display = ["representative", "committee", "since", "until"]
    list_filter = ["committee"]
    copy_view_enabled = False
    permission_policy = NeverDeleted(Seat)


class BothSides(ModelViewSetGroup):
    """One entry of the menu for both."""

    items = (CommitteeViewSet, SeatViewSet)
    menu_label = _("Both sides")
    menu_icon = "group"
    menu_order = 310
