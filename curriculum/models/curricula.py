"""A curriculum: which modules are taught in which order, for whom and for what job."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from curriculum.blocks import ModuleChoiceBlock
from curriculum.codec import fields as portable
from curriculum.enums import Kind, Status
from curriculum.models.library import LibraryItem, tabs


class CurriculumPage(LibraryItem):
    """An ordered choice of modules. It holds uids, so a module may stand in many curricula."""

    kind = Kind.CURRICULUM
    code = models.CharField(_("code"), max_length=30)
    summary = models.TextField(_("summary"), blank=True)
    audience = models.TextField(_("who it is for"), blank=True, help_text=_("And what they need before day 1."))
    job_classification = models.CharField(_("the job it leads to"), max_length=255, blank=True)
    labor_partner = models.CharField(_("labor partner"), max_length=255, blank=True)
    management_partner = models.CharField(_("management partner"), max_length=255, blank=True)
    reading_grade = models.PositiveSmallIntegerField(_("reading grade to aim for"), default=6)
    status = models.CharField(_("state"), max_length=20, choices=Status, blank=True, default=Status.WRITTEN)
    modules = StreamField(ModuleChoiceBlock(), blank=True, verbose_name=_("modules in order"))
    start_cost = models.TextField(_("what it costs"), blank=True)
    start_next = models.TextField(_("when it starts next"), blank=True)
    start_bring = models.TextField(_("what to bring"), blank=True)
    start_contact = models.TextField(_("whom to call or text"), blank=True)
    start_help = models.TextField(_("help with language and access"), blank=True)
    leads_to = models.TextField(_("where it can lead"), blank=True)
    provenance = models.TextField(
        _("where it comes from"),
        blank=True,
        help_text=_(
            "Sources, and what still needs an expert's sign-off. Shown on the public page and beside the sign-off."
        ),
    )

    parent_page_types = ["curriculum.LibraryPage"]
    subpage_types = []

    portable = (
        portable.Plain("code"),
        portable.Plain("summary"),
        portable.Plain("audience"),
        portable.Plain("job_classification"),
        portable.Plain("labor_partner"),
        portable.Plain("management_partner"),
        portable.Plain("reading_grade", 6),
        portable.Plain("status"),
        portable.Stream("modules", single="module"),
        portable.Group(
            "how_to_start",
            (
                portable.Plain("cost", "", "start_cost"),
                portable.Plain("next_start", "", "start_next"),
                portable.Plain("bring", "", "start_bring"),
                portable.Plain("contact", "", "start_contact"),
                portable.Plain("help", "", "start_help"),
            ),
        ),
        portable.Plain("leads_to"),
        portable.Plain("provenance"),
    )

    content_panels = Page.content_panels + [
        FieldPanel("summary"),
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("job_classification"), FieldPanel("reading_grade")]),
        FieldRowPanel([FieldPanel("labor_partner"), FieldPanel("management_partner")]),
        FieldPanel("modules"),
        MultiFieldPanel(
            [
                FieldPanel("start_cost"),
                FieldPanel("start_next"),
                FieldPanel("start_bring"),
                FieldPanel("start_contact"),
                FieldPanel("start_help"),
            ],
            heading=_("How to start"),
        ),
        FieldPanel("leads_to"),
        FieldPanel("provenance"),
    ]
    promote_panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("slug"), FieldPanel("status")])]
    edit_handler = tabs((_("Curriculum"), content_panels), (_("About the curriculum"), promote_panels))

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")

    def get_workflow(self):
        return Page.get_workflow(self) if self.is_source else None
