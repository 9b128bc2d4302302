"""What people type about what is said at work. Forms parse; actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.voice import recordings
from courses.voice.enums import Answer

#: Offered, not asked for: any other can be typed.
SPOKEN = ("English", "Español", "Tagalog", "中文", "한국어", "Հայերեն", "Tiếng Việt", "فارسی", "Русский")


def words_field(label, *, rows=4, required=False, **more) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required, max_length=5000, **more
    )


class SayForm(forms.Form):
    """One thing about a page. `paragraphs` are {block id: first words}."""

    secret = forms.CharField(widget=forms.HiddenInput, max_length=64)
    block = forms.ChoiceField(label=_("Which part do you mean?"), required=False)
    words = words_field(_("What is it like at work?"), rows=5, help_text=_("Type it here, or say it aloud below."))
    recording = forms.FileField(
        label=_("Or send a recording from this phone"),
        help_text=_("At most 3 minutes and 10 MB. Place, device and time of day are taken out of the file."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
    )
    keeps_recording = forms.BooleanField(
        label=_("Keep the recording"),
        help_text=_("Otherwise it is deleted when you have got your answer."),
        required=False,
    )
    language = forms.CharField(
        label=_("Which language do you speak or write here?"),
        help_text=_("Any language is right."),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "spoken", "autocomplete": "off"}),
    )
    signs = forms.BooleanField(
        label=_("Put my name to it"), help_text=_("Without this, nobody is told who you are."), required=False
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Everybody who works on the course reads it beside your words."),
        required=False,
        max_length=200,
    )
    agreed = forms.BooleanField(
        label=_("I agree to this"),
        required=False,
    )

    def __init__(self, *args, paragraphs: dict[str, str], chosen: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        whole = [("", _("The whole page"))]
        self.fields["block"].choices = [*whole, *((id_, words) for id_, words in paragraphs.items() if words)]
        if chosen:
            self.fields["block"].widget = forms.HiddenInput()

    def clean_recording(self):
        sent = self.cleaned_data["recording"]
        if sent and sent.size > recordings.MOST_BYTES:
            raise forms.ValidationError(
                _("This recording is larger than 10 MB. Record a shorter one, or type instead.")
            )
        return sent

    @property
    def said(self) -> dict:
        """What `saying.say` takes."""
        data = self.cleaned_data
        return {
            "block": data["block"],
            "words": data["words"],
            "recording": data["recording"].read() if data["recording"] else b"",
            "language": data["language"],
            "name": data["name"] if data["signs"] else "",
            "keeps_recording": data["keeps_recording"],
            "agreed": data["agreed"],
            "secret": data["secret"],
        }


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class TakeBackForm(forms.Form):
    code = forms.CharField(widget=forms.HiddenInput, max_length=20)
    sure = forms.BooleanField(
        label=_("Yes, delete my words and my recording"), help_text=_("This cannot be undone."), required=True
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("What becomes of it?"), choices=Answer, widget=forms.RadioSelect)
    reason = words_field(
        _("Why"),
        rows=3,
        help_text=_(
            "The sender reads this, and everybody who works here. Write no name in it. Needed to decline or put off."
        ),
    )
    until = forms.DateField(
        label=_("If you put it off: until which day?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class WrittenDownForm(forms.Form):
    words = words_field(
        _("What is said, word for word"), rows=6, help_text=_("Only designers and the coordinator read this.")
    )


class ClearedForm(forms.Form):
    words = words_field(
        _("The same without names, places and shifts"),
        rows=6,
        help_text=_(
            "Both sides, instructors and the auditor read this, once three are ready. Leave it empty to show nothing."
        ),
    )


class TieForm(forms.Form):
    number = forms.TypedChoiceField(label=_("Which version carries it?"), coerce=int)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = [
            (row.number, _("Version %(number)s") % {"number": row.number}) for row in versions
        ]
