"""Words that lessons explain."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class GlossaryTerm(index.Indexed, models.Model):
    """A word in every language, with its plain meaning. Frozen by value in each lesson that uses it.

    `words` and `meanings` map a language tag to text; the English headword is the identity.
    """

    term = models.CharField(_("English word"), max_length=160, unique=True)
    words = models.JSONField(_("the word in other languages"), default=dict, blank=True)
    meanings = models.JSONField(_("plain meaning, by language"), default=dict, blank=True)

    search_fields = [index.SearchField("term"), index.AutocompleteField("term")]

    class Meta:
        ordering = ("term",)
        verbose_name = _("glossary word")
        verbose_name_plural = _("glossary")

    def __str__(self):
        return self.term

    def in_language(self, language: str) -> dict:
        """The entry as a snapshot holds it; English stands in where a language has no text yet."""
        return {
            "term": self.term,
            "word": self.words.get(language) or self.term,
            "meaning": self.meanings.get(language) or self.meanings.get("en", ""),
        }
