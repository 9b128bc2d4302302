"""What people type and tick in review. Forms parse; actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import ChangeClass, Position


class AnswerForm(forms.Form):
    """An answer to exactly the text that was shown: `digest` is its fingerprint."""

    position = forms.ChoiceField(choices=Position, widget=forms.HiddenInput)
    digest = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What should change?"),
        help_text=_("One or two plain sentences. Name the lesson, and say why."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self["position"].value() == Position.REQUEST_CHANGES:
            self.fields["words"].required = True
            self.fields["words"].error_messages["required"] = _(
                "Say in a sentence what should change. Nothing was sent yet."
            )


class NoteForm(forms.Form):
    """One sentence about why something is taken back."""

    note = forms.CharField(
        label=_("Why, in one sentence"),
        help_text=_("Both sides read it, and it stays in the record."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )


class SendForm(forms.Form):
    """What a designer says when sending. Choices come from what is about to be sent.

    `seen` is the fingerprint of the draft that was shown, so that nobody sends what they have not read.
    """

    note = forms.CharField(
        label=_("What changed and why, in one sentence"),
        help_text=_("Both sides read it first. It stays in the record."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    change_class = forms.ChoiceField(label=_("How much this change weighs"), widget=forms.RadioSelect)
    releases = forms.MultipleChoiceField(
        label=_("Course texts that will carry it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    modules = forms.MultipleChoiceField(
        label=_("Modules that go along"),
        help_text=_("Their drafts changed since both sides last agreed on them."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    left_out = forms.MultipleChoiceField(
        label=_("Translations to leave out this time"),
        help_text=_("Learners then read these pages in English."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args, classes, releases=(), modules=(), left_out=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change_class"].choices = [(value.value, value.label) for value in classes]
        for name, choices in (("releases", releases), ("modules", modules), ("left_out", left_out)):
            if choices:
                self.fields[name].choices = choices
            else:
                del self.fields[name]
        if len(classes) == 1:
            self.fields["change_class"].widget = forms.HiddenInput()


def class_choices(proposed: ChangeClass) -> list[ChangeClass]:
    """The proposed class and the weightier ones. An emergency has its own way in."""
    weights = [ChangeClass.TYPO, ChangeClass.EDITORIAL, ChangeClass.SUBSTANTIVE, ChangeClass.SAFETY]
    heavier = weights[weights.index(proposed) :] if proposed in weights else [proposed]
    return [value for value in heavier if value == proposed or not value.is_small]
