"""What people type about a danger. Forms parse; actions decide."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from curriculum.review import corrections
from curriculum.review.corrections import Fix
from curriculum.review.enums import Repair, Side

ASK_FIRST = _("Ask your instructor before you do this step. It is being corrected.")


def words_field(label, *, rows=3, required=True, **more) -> forms.CharField:
    """A few plain sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=required, max_length=5000, **more)


class ReportForm(forms.Form):
    """What could happen, and which parts of the page are meant."""

    reason = words_field(
        _("What could happen?"),
        help_text=_("One sentence is enough. Do not write the name of anybody who was hurt."),
    )
    blocks = forms.MultipleChoiceField(
        label=_("Where on the page"),
        help_text=_("Leave it open if you mean the whole page."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, blocks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["blocks"].choices = blocks


class WarnForm(forms.Form):
    """The warning that learners read at once, in every language of this house."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            with translation.override(code):
                usual = str(ASK_FIRST)
            label = _("What learners read now (%(language)s)") % {"language": name}
            self.fields[f"text-{code}"] = words_field(label, rows=2, initial=usual)

    @property
    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text-{code}"] for code, _name in settings.LANGUAGES}


class WordsForm(forms.Form):
    """One reason, kept in the record."""

    words = words_field(_("In one sentence"), rows=2)

    def __init__(self, *args, label=None, **kwargs):
        super().__init__(*args, **kwargs)
        if label:
            self.fields["words"].label = label


class TriedForm(forms.Form):
    """One attempt to reach a side."""

    side = forms.ChoiceField(label=_("Which side you tried"), choices=Side, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("How you tried"),
        choices=[
            ("call", _("A call")),
            ("text", _("A text message")),
            ("e-mail", _("An e-mail")),
            ("in person", _("In person")),
        ],
    )
    reached = forms.BooleanField(label=_("Somebody of that side was reached"), required=False)


class CorrectionForm(forms.Form):
    """For each reported part and language: leave it, take it out, warn before it, or write it right."""

    def __init__(self, *args, page, blocks, **kwargs):
        """`page` is the agreed page; `blocks` are ids of the parts that were reported, none for every part."""
        super().__init__(*args, **kwargs)
        self.names: dict[tuple[str, str], tuple[str, str]] = {}
        for code, snapshot in page.versions.items():
            for id_, entry in corrections.entries_of(snapshot).items():
                if not blocks or id_ in blocks:
                    self._add(code, snapshot, id_, entry)
        for code, name in settings.LANGUAGES:
            said = {"language": name}
            self.fields[f"wrong-{code}"] = words_field(_("For learners: what was wrong (%(language)s)") % said, rows=2)
            self.fields[f"right-{code}"] = words_field(_("For learners: what is right (%(language)s)") % said, rows=2)

    def _add(self, code, snapshot, id_, entry) -> None:
        kinds = [kind for kind in Repair if kind != Repair.WARN or corrections.can_warn(snapshot, id_)]
        choices = [("", _("Leave it as it is")), *((kind.value, kind.label) for kind in kinds)]
        repair, words = f"repair-{code}-{id_}", f"words-{code}-{id_}"
        self.fields[repair] = forms.ChoiceField(
            label=_("What becomes of it"), choices=choices, required=False, widget=forms.RadioSelect
        )
        self.fields[words] = words_field(
            _("The right words, or the warning"),
            rows=4,
            required=False,
            initial=corrections.typed(entry),
            help_text=_("An empty line starts a paragraph. A line that starts with “- ” is an item of a list."),
        )
        self.names[code, id_] = (repair, words)

    def part(self, code: str, id_: str) -> list:
        """The bound fields of one part."""
        return [self[name] for name in self.names[code, id_]]

    @property
    def closing(self) -> list:
        """The bound fields about what learners are told."""
        return [self[name] for name in self.fields if name.startswith(("wrong-", "right-"))]

    @property
    def fixes(self) -> list[Fix]:
        said = self.cleaned_data
        return [
            Fix(id_, code, Repair(said[repair]), said[words])
            for (code, id_), (repair, words) in self.names.items()
            if said[repair]
        ]

    def told(self, what: str) -> dict[str, str]:
        """{language: words} of "wrong" or "right"."""
        return {code: self.cleaned_data[f"{what}-{code}"] for code, _name in settings.LANGUAGES}
