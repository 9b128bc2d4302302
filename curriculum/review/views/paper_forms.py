"""What a coordinator fills in to bring in what was agreed on paper."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curriculum.review import scans


class PaperForm(forms.Form):
    """The scan, its date, and what it was about. `modules` are (uid, title) of those nobody agreed on here."""

    scan = forms.FileField(
        label=_("The signed paper, scanned or photographed"),
        help_text=_("PDF, JPEG or PNG, at most 20 MB. Both sides can open it; the public never can."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"empty": _("This file is empty. Nothing was kept. Scan the paper again.")},
    )
    agreed_on = forms.DateField(
        label=_("The date on the paper"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    modules = forms.MultipleChoiceField(
        label=_("Modules the paper was about"), widget=forms.CheckboxSelectMultiple, required=False
    )
    whole = forms.BooleanField(
        label=_("Also the course text they make, so that learners can read it once both sides have confirmed"),
        required=False,
    )
    note = forms.CharField(
        label=_("What the paper is, in one sentence"),
        help_text=_("Both sides read it, and it stays in the record."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["modules"].choices = modules
        self.fields["agreed_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_scan(self):
        """Kept already when this returns: under its digest, where nobody finds it who may not."""
        try:
            return scans.take(self.cleaned_data["scan"])
        except scans.NotAScan as refused:
            raise forms.ValidationError(str(refused)) from None


class BackForm(forms.Form):
    """Why something that came from paper is taken back."""

    words = forms.CharField(
        label=_("Why, in one sentence"),
        help_text=_("Both sides read it, and it stays in the record."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
