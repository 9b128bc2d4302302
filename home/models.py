"""What an installation says about itself, and the link by which it is set up."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from curriculum.fields import ChoiceSetField


class LanguagesField(ChoiceSetField):
    """Languages of the installation, read from the settings when asked for: adding one needs no migration."""

    def _options(self):
        return settings.LANGUAGES


@register_setting(icon="home")
class SiteAnswers(BaseGenericSetting):
    """The answers of the first run, one row. Without it the settings hold: `HIGHROAD_CENTER_NAME`, every language.

    The parties and their people are deliberately absent: they belong to the committee and its seats.
    """

    center_name = models.CharField(_("the center’s name"), max_length=120)
    languages = LanguagesField(_("languages offered"))
    set_up_on = models.DateField(_("set up on"), null=True, editable=False)

    panels = [FieldPanel("center_name"), FieldPanel("languages")]

    class Meta:
        verbose_name = _("name and languages")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_answers_one_row")]

    def __str__(self):
        return self.center_name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @property
    def offered(self) -> list[tuple[str, str]]:
        """(code, name in itself) of the languages offered, all of them where none was chosen."""
        chosen = [pair for pair in settings.LANGUAGES if pair[0] in (self.languages or ())]
        return chosen or list(settings.LANGUAGES)


class FirstRunLink(models.Model):
    """The way into the first run, good once. Only the hash of its token is kept: the link cannot be read back."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("link of the first run")
        verbose_name_plural = _("links of the first run")

    def __str__(self):
        return f"{self.expires_at:%Y-%m-%d}"
