"""External standards in the shape of 1EdTech CASE: a framework and its items, with dates and successors."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class StandardFramework(models.Model):
    """A published standard (CFDocument). `source` keeps the package form, so that export gives back what came in."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=255)
    version = models.CharField(_("version"), max_length=255, blank=True)
    creator = models.CharField(_("creator"), max_length=255, blank=True)
    adoption_status = models.CharField(_("adoption status"), max_length=60, blank=True)
    source = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ("title",)
        verbose_name = _("standard")
        verbose_name_plural = _("standards")

    def __str__(self):
        return self.title


class StandardItem(index.Indexed, models.Model):
    """One numbered part of a standard (CFItem). `replaced_by` is the item that took its place."""

    framework = models.ForeignKey(
        StandardFramework, on_delete=models.CASCADE, related_name="items", verbose_name=_("standard")
    )
    code = models.CharField(_("number"), max_length=120)
    statement = models.TextField(_("statement"))
    starts = models.DateField(_("in force from"), null=True, blank=True)
    ends = models.DateField(_("in force until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    position = models.PositiveIntegerField(default=0, editable=False)

    # To be a part of a standard is no use of it; lessons that name an item are still counted.
    wagtail_reference_index_ignore = True

    search_fields = [
        index.SearchField("code"),
        index.SearchField("statement"),
        index.AutocompleteField("code"),
        index.AutocompleteField("statement"),
    ]

    class Meta:
        ordering = ("framework", "position")
        constraints = [models.UniqueConstraint(fields=("framework", "code"), name="standard_item_code")]
        verbose_name = _("item of a standard")
        verbose_name_plural = _("items of standards")

    def __str__(self):
        return f"{self.code} {self.statement[:80]}"
