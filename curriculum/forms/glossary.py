"""A word of the glossary, in every language."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from curriculum.forms.languages import LanguagesField, content_languages


class GlossaryTermForm(WagtailAdminModelForm):
    """The headword is English; the word in other languages and every meaning stand in boxes of their own."""

    words = LanguagesField(
        label=_("The word in other languages"),
        languages=[language for language in content_languages() if language[0] != settings.LANGUAGE_CODE],
    )
    meanings = LanguagesField(
        label=_("What it means, in plain words"),
        help_text=_("One short sentence. A lesson that explains the word keeps it as it was when the lesson was sent."),
        languages=content_languages(),
        long=True,
    )
