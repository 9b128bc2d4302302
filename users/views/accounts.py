"""Wagtail's account screens with our forms: people's accounts (settings) and one's own (/admin/account/)."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView, LocaleSettingsPanel, NameEmailSettingsPanel
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from users.forms.accounts import AccountForm, NewAccountForm, OwnAccountForm, OwnTimeZoneForm
from users.permissions import check_can_change_account


class NewAccount(CreateView):
    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}


class EditAccount(EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_change_account(request.user, self.object)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}


class AccountViewSet(UserViewSet):
    add_view_class = NewAccount
    edit_view_class = EditAccount

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else NewAccountForm


class OwnAccountPanel(NameEmailSettingsPanel):
    title = _("Name, e-mail and language")
    form_class = OwnAccountForm


class OwnTimeZonePanel(LocaleSettingsPanel):
    title = _("Time zone")
    form_class = OwnTimeZoneForm


REPLACED = {NameEmailSettingsPanel: OwnAccountPanel, LocaleSettingsPanel: OwnTimeZonePanel}


class OwnAccount(AccountView):
    def get_panels(self):
        return [self._ours(panel) for panel in super().get_panels()]

    def _ours(self, panel):
        ours = REPLACED.get(type(panel))
        return ours(panel.request, panel.user, panel.profile) if ours else panel
