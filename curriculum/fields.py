"""Database fields that Wagtail and Django lack."""

from django import forms
from django.db import models


class ChoiceSetField(models.JSONField):
    """A set of choices, stored as a sorted list, edited as check boxes. Order and repeats carry no meaning."""

    def __init__(self, *args, of=None, **kwargs):
        self.of = of
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.of is not None:
            kwargs["of"] = [(str(value), "") for value, _label in self._options()]
        return name, path, args, kwargs

    def _options(self):
        return getattr(self.of, "choices", self.of) or []

    def formfield(self, **kwargs):
        field = forms.TypedMultipleChoiceField(
            choices=self._options(),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label") or self.verbose_name,
            help_text=self.help_text,
            empty_value=[],
        )
        field.has_changed = lambda initial, data: set(initial or []) != set(data or [])
        return field

    def get_prep_value(self, value):
        return super().get_prep_value(sorted(set(value or [])))
