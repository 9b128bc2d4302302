"""What people type when they talk about a text. Forms parse; actions decide."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import Disposition

LONGEST = 5000


def _words(label, help_text="", rows=3, **more):
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST,
        error_messages={"required": _("Write a sentence first. Nothing was sent yet.")},
        **more,
    )


class Talking(forms.Form):
    """Somebody's words, and the language they are in: the one on screen unless they say otherwise."""

    words = _words(_("Your words"))
    language = forms.ChoiceField(label=_("You write in"), choices=lambda: settings.LANGUAGES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE).split("-")[0]


class CommentForm(Talking):
    """A comment; with `suggested`, the block's words as they are now, other words for it."""

    words = _words(_("What do you want to say?"), required=False)
    suggestion = _words(
        _("Your wording for this block"),
        _("Change the words below to how they should read. Leave them to suggest nothing."),
        rows=4,
        required=False,
        strip=False,
    )

    def __init__(self, *args, suggested="", **kwargs):
        super().__init__(*args, **kwargs)
        self.suggested = suggested
        if suggested:
            self.fields["suggestion"].initial = suggested
        else:
            del self.fields["suggestion"]
            self.fields["words"].required = True

    def clean_suggestion(self):
        """Words that were left as they are suggest nothing."""
        said = self.cleaned_data["suggestion"].replace("\r\n", "\n").strip()
        return "" if said == self.suggested.strip() else said


class ReplyForm(Talking):
    """An answer in a thread."""


class CorrectForm(Talking):
    """A note that follows one's own words."""

    words = _words(_("The note that follows"), _("What you posted stays as it is. This stands under it."))


class ReferForm(forms.Form):
    """Something for the parties."""

    words = _words(
        _("What should the parties take up?"),
        _("One or two sentences, without names. People of both sides read it."),
    )


class TranslateForm(forms.Form):
    """A person's translation."""

    language = forms.ChoiceField(label=_("You translate into"), choices=lambda: settings.LANGUAGES)
    words = _words(
        _("Your translation"),
        _("Your own words, not a machine's: your name stands with them."),
    )

    def __init__(self, *args, source="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [choice for choice in settings.LANGUAGES if choice[0] != source]
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE).split("-")[0]


class AnswerForm(forms.Form):
    """What becomes of a comment. `suggestion` fills the wording; with `can_put_in` it may go into the draft at once."""

    disposition = forms.ChoiceField(
        label=_("What becomes of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it. Nothing was sent yet.")},
    )
    words = _words(_("Why"), _("Needed for all but “Take it”. Whoever asked reads it."), required=False)
    wording = _words(_("The wording you take instead"), _("For “Take it in other words”."), required=False)
    put_in = forms.BooleanField(label=_("Put the words into the draft now"), required=False, initial=True)

    def __init__(self, *args, suggestion="", can_put_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["disposition"].choices = [(one.value, one.verb) for one in Disposition]
        self.fields["wording"].initial = suggestion
        if not can_put_in:
            del self.fields["put_in"]


class SealForm(forms.Form):
    """Why words are taken away."""

    words = _words(
        _("Why are these words taken away?"),
        _("One sentence, without the personal data. Both sides read it, and it stays."),
    )


class NoteForm(forms.Form):
    """A note for one's own side."""

    words = _words(_("Your note"))


class GuestForm(forms.Form):
    """Somebody without an account, for one text and some days."""

    name = forms.CharField(
        label=_("Name of the guest"),
        help_text=_("It stands beside what the guest says, with the word “guest”."),
        max_length=200,
    )
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The link goes there once. The address is not kept."), required=False
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=lambda: settings.LANGUAGES)
    days = forms.ChoiceField(
        label=_("How long the link is good"),
        choices=[("7", _("7 days")), ("14", _("14 days")), ("30", _("30 days"))],
        initial="14",
    )
    may_comment = forms.BooleanField(label=_("The guest may comment"), required=False, initial=True)
