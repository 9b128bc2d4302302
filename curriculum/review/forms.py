"""What people type and tick in review. Forms parse; actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import ChangeClass, Ground, Position


class AnswerForm(forms.Form):
    """An answer to exactly the text that was shown: `digest` is its fingerprint.

    Which fields there are follows from the answer; `languages` are asked for where the text changed in several,
    [(code, name)].
    """

    position = forms.ChoiceField(choices=Position, widget=forms.HiddenInput)
    digest = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
    ground = forms.ChoiceField(label=_("What is it about?"), choices=Ground, widget=forms.RadioSelect)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=5000)
    alternative = forms.CharField(
        label=_("What would do instead?"),
        help_text=_("One or two plain sentences, so that both sides have something to start from."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages did you read?"),
        help_text=_(
            "Tick only what you read yourself. Somebody else on your side, or a check, can stand for the rest."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the languages you read it in. Nothing was sent yet.")},
    )
    named = forms.BooleanField(label=_("Show my name on the public page"), required=False)

    def __init__(self, *args, languages=(), **kwargs):
        super().__init__(*args, **kwargs)
        position = self["position"].value()
        position = Position(position) if position in Position.values else None
        agrees = position is not None and position.agrees
        if position in _WORDS:
            words = self.fields["words"]
            words.label, words.help_text = _WORDS[position]
            if position.needs_words:
                words.required, words.error_messages["required"] = True, position.missing
        else:
            del self.fields["words"]
        if position != Position.BLOCK:
            del self.fields["ground"], self.fields["alternative"]
        if agrees and len(languages) > 1:
            self.fields["languages"].choices = languages
        else:
            del self.fields["languages"]


#: What the box for words asks, and how it helps. Answers that are not here have none.
_WORDS = {
    Position.REQUEST_CHANGES: (
        _("What should change?"),
        _("One or two plain sentences. Name the lesson, and say why."),
    ),
    Position.RESERVATION: (
        _("Your note"),
        _(
            "It goes with the text for good. Everybody who looks up the agreement reads it, with your side and the "
            "date."
        ),
    ),
    Position.STAND_ASIDE: (
        _("Why you stand aside"),
        _("What you write goes with the text for good, with your side and the date."),
    ),
    Position.BLOCK: (
        _("Why must it not go out?"),
        _("One or two plain sentences. Name the lesson, and say who would be harmed or what would be broken."),
    ),
}


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
