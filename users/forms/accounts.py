"""Accounts in Wagtail's admin.

Wagtail's own forms ask for two names kept on the account; ours write the person's.
"""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from users.people import rename
from users.permissions import check_sides
from users.roles import Role

User = get_user_model()

ROLES = {role.group_name: role for role in Role}


class RolesField(forms.ModelMultipleChoiceField):
    """Groups under the names and sentences of their roles, in the language on screen."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        role = ROLES.get(group.name)
        return f"{role.label}: {role.sentence}" if role else group.name


def _check_roles(groups):
    try:
        check_sides({ROLES[group.name] for group in groups if group.name in ROLES})
    except PermissionDenied as error:
        raise forms.ValidationError(str(error)) from None
    return groups


class NameOnPerson(forms.ModelForm):
    """Shows and saves `person.name` beside the account's own fields."""

    first_name = None
    last_name = None
    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["name"] = self.instance.person.name

    def save(self, commit=True):
        user = super().save(commit=commit)
        rename(person=user.person, name=self.cleaned_data["name"])
        return user


class _Account(NameOnPerson):
    email = forms.EmailField(label=_("E-mail"), required=False)
    groups = RolesField(label=_("Roles"), queryset=Group.objects.order_by("pk"), required=False)

    def __init__(self, *args, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        # Only a superuser makes another: otherwise looking after accounts would be the way to everything.
        if by is not None and not by.is_superuser:
            self.fields.pop("is_superuser", None)

    def clean_groups(self):
        return _check_roles(self.cleaned_data["groups"])


class NewAccountForm(_Account, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = {"username", "email", "is_superuser", "groups", "preferred_language"}


class AccountForm(_Account, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = {"username", "email", "is_active", "is_superuser", "groups", "preferred_language"}


class OwnAccountForm(NameOnPerson):
    class Meta:
        model = User
        fields = ["email", "preferred_language"]

    field_order = ["name", "email", "preferred_language"]


class OwnTimeZoneForm(LocalePreferencesForm):
    """Without Wagtail's own choice of language: it would overrule the one of the account."""

    preferred_language = None

    class Meta(LocalePreferencesForm.Meta):
        fields = ["current_time_zone"]
