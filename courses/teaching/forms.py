"""What people type about a course. Forms parse; the actions of `courses.cohorts` decide."""

from datetime import date, datetime

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from courses.cohorts import founding, sessions
from courses.cohorts.enums import Hat, SessionKind
from courses.cohorts.models import Course, Session
from courses.cohorts.text import Text, contents_of

#: A mistyped year is no day: 0026 for 2026.
DAYS = (MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 1, 1)))


def day_field(label, **more) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=DAYS, **more)


def time_field(label, **more) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def months_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Certificate holds for how many months?"),
        help_text=_("Leave it empty where it does not run out."),
        required=False,
        min_value=1,
        max_value=600,
    )


def words_field(label, rows=3, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=5000, **more)


class AboutForm(forms.Form):
    """What stands about a course."""

    title = forms.CharField(label=_("Name of the course"), max_length=200)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    languages = forms.MultipleChoiceField(
        label=_("Languages it is taught in"), widget=forms.CheckboxSelectMultiple, required=False
    )
    department = forms.CharField(label=_("Department or employer"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    valid_months = months_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = settings.LANGUAGES

    @classmethod
    def of(cls, course: Course) -> dict:
        """What stands there now, to begin with."""
        return {name: getattr(course, name) for name in cls.base_fields}


class NewForm(AboutForm):
    """A course of one of the current texts."""

    text = forms.ChoiceField(label=_("Course text"), widget=forms.RadioSelect)
    field_order = ("text",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = {str(row.pk): row for row in founding.current_texts()}
        self.fields["text"].choices = [(key, _named(row)) for key, row in self.texts.items()]

    @property
    def asked(self) -> dict:
        """What `founding.make_course` takes."""
        data = dict(self.cleaned_data)
        return data | {"release": self.texts[data.pop("text")]}


class WhenForm(forms.Form):
    """A day with two times, on the clock of this place."""

    day = day_field(_("Day"))
    starts = time_field(_("Starts at"))
    ends = time_field(_("Ends at"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    @property
    def when(self) -> dict:
        """starts_at and ends_at, as actions take them."""
        data = self.cleaned_data
        return {
            "starts_at": timezone.make_aware(datetime.combine(data["day"], data["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(data["day"], data["ends"])),
        }

    @staticmethod
    def of(meeting) -> dict:
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": meeting.place}


class WorkshopForm(WhenForm):
    """A whole workshop on one screen."""

    module = forms.ChoiceField(label=_("What is it about?"), help_text=_("One module of an agreed course text."))
    title = forms.CharField(
        label=_("Name on the poster"),
        help_text=_("Leave it empty to take the name of the module."),
        max_length=200,
        required=False,
    )
    valid_months = months_field()
    field_order = ("module", "day", "starts", "ends", "place", "title", "valid_months")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.texts = {str(row.pk): row for row in founding.current_texts()}
        language = translation.get_language()
        self.fields["module"].choices = [
            ("", _("Choose a module")),
            *(
                (
                    _named(row),
                    [
                        (f"{key}:{module.uid}", f"{module.code} {module.title(language)}".strip())
                        for module in contents_of(row.frozen_id).modules
                    ],
                )
                for key, row in self.texts.items()
            ),
        ]

    @property
    def asked(self) -> dict:
        """What `founding.make_workshop` takes."""
        data = self.cleaned_data
        key, _colon, module = data["module"].partition(":")
        told = {name: data[name] for name in ("title", "place", "valid_months")}
        return {"release": self.texts[key], "module_uid": module, **told, **self.when}


class SessionForm(WhenForm):
    """One session; a new one may come back every week."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind)
    title = forms.CharField(label=_("What it is about"), max_length=200)
    guest = forms.CharField(
        label=_("Guest"), help_text=_("Who comes, and for whom they speak."), max_length=200, required=False
    )
    prepare = words_field(_("What to bring or prepare"), required=False)
    hours = forms.DecimalField(
        label=_("Hours that count"),
        help_text=_("Leave it empty to count from start to end."),
        min_value=0,
        max_digits=4,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.25"}),
    )
    is_related_instruction = forms.BooleanField(label=_("Counts as related instruction"), required=False, initial=True)
    until = day_field(_("Every week until"), required=False, help_text=_("Leave it empty where it takes place once."))
    pages = forms.MultipleChoiceField(
        label=_("Lessons and assessments it is about"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("title", "kind", "day", "starts", "ends", "until", "place", "guest", "prepare", "hours")

    def __init__(self, *args, course: Course, session: Session | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        language = translation.get_language()
        modules = Text(course).modules
        known = {page.uid for module in modules for page in module.pages}
        choices = [
            (module.title(language), [(page.uid, page.title(language)) for page in module.pages]) for module in modules
        ]
        if session:
            del self.fields["until"]
            gone = [uid for uid in session.pages if uid not in known]
            choices += [(_("Not in the course text any more"), [(uid, uid) for uid in gone])] if gone else []
        self.fields["pages"].choices = choices

    @property
    def asked(self) -> dict:
        """What `sessions.plan` and `sessions.change` take."""
        data = dict(self.cleaned_data)
        for name in ("day", "starts", "ends", "until"):
            data.pop(name, None)
        return data | self.when

    @classmethod
    def of(cls, session: Session) -> dict:
        """Hours are left empty where they are those from start to end, so that they follow other times."""
        names = ("title", "kind", "guest", "prepare", "is_related_instruction", "pages")
        told = super().of(session) | {name: getattr(session, name) for name in names}
        proposed = sessions.proposed_hours(session.starts_at, session.ends_at)
        return told | {"hours": None if session.hours == proposed else session.hours}


class CircleForm(WhenForm):
    """A support circle: nobody's name has a place here."""

    purpose = words_field(_("What it is for"), help_text=_("Write nobody's name here."))
    ground_rules = words_field(_("Ground rules"), rows=4)

    @property
    def asked(self) -> dict:
        data = self.cleaned_data
        return {name: data[name] for name in ("place", "purpose", "ground_rules")} | self.when

    @classmethod
    def of(cls, circle) -> dict:
        return super().of(circle) | {"purpose": circle.purpose, "ground_rules": circle.ground_rules}


class SupportForm(forms.Form):
    """One line of the support page."""

    helps_with = forms.CharField(label=_("Helps with"), max_length=200)
    who = forms.CharField(label=_("Who"), max_length=200)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    hours = forms.CharField(label=_("When to reach them"), max_length=200, required=False)
    spoken = forms.CharField(label=_("Languages they speak"), max_length=200, required=False)


SupportLines = forms.formset_factory(SupportForm, extra=2, can_delete=True, max_num=40)


class TeammateForm(forms.Form):
    """Somebody to stand beside the learners: picked, or named by their account."""

    picked = forms.ChoiceField(label=_("Who"), required=False)
    named = forms.CharField(
        label=_("Or their user name or e-mail address"),
        help_text=_("For tutors and case managers, who are not in the list."),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    hat = forms.ChoiceField(label=_("As what"), choices=Hat)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in founding.who_can_be_picked()}
        self.fields["picked"].choices = [
            ("", _("Choose a person")),
            *((key, str(one)) for key, one in self.people.items()),
        ]

    def clean(self):
        data = super().clean()
        if bool(data.get("picked")) == bool(data.get("named")):
            raise forms.ValidationError(_("Choose a person from the list, or write one user name or e-mail address."))
        return data


def _named(release) -> str:
    """A course text as one chooses it."""
    card = release.outline.card
    told = card.get(translation.get_language()) or card.get(settings.LANGUAGE_CODE) or next(iter(card.values()))
    return f"{told['title']} · {release.label}"
