"""Assessments as content: authored, frozen and agreed on like lessons. Attempts and results live beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from assessments.blocks import CriteriaBlock, LinesBlock, RubricBlock
from assessments.enums import EvidenceKind, Method
from curriculum.codec import fields as portable
from curriculum.enums import Kind
from curriculum.fields import ChoiceSetField
from curriculum.models.library import LibraryItem, tabs


class Passing(portable.Group):
    """The passing rule, absent where nothing is scored. `others` is an exact share, never a float."""

    def dump(self, page, find):
        if not page.graded:
            return {}
        return {"critical": "all", **super().dump(page, find)}


class AssessmentPage(LibraryItem):
    """One assessment instrument of a module: what is set up, watched for, and enough."""

    kind = Kind.ASSESSMENT
    method = models.CharField(_("method"), max_length=30, choices=Method, default=Method.SKILLS_DEMONSTRATION)
    purpose = models.TextField(_("why the job needs it"), blank=True)
    instructions = models.TextField(_("to the learner"), blank=True)
    set_up = StreamField(LinesBlock(), blank=True, verbose_name=_("what the assessor prepares"))
    criteria = StreamField(CriteriaBlock(), blank=True, verbose_name=_("criteria"))
    critical_failures = StreamField(
        LinesBlock(),
        blank=True,
        verbose_name=_("stop at once"),
        help_text=_("Each needs a note of the facts."),
    )
    rubric = StreamField(RubricBlock(), blank=True, verbose_name=_("levels"))
    graded = models.BooleanField(_("leads to a result"), default=True)
    passing_others = models.DecimalField(
        _("share of the other criteria"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    passing_consecutive = models.PositiveSmallIntegerField(_("times in a row"), default=1)
    passing_raters = models.PositiveSmallIntegerField(_("assessors"), default=1)
    valid_months = models.PositiveSmallIntegerField(_("months a result holds"), null=True, blank=True)
    evidence = ChoiceSetField(_("evidence"), of=EvidenceKind)
    alternatives = StreamField(LinesBlock(), blank=True, verbose_name=_("other ways to show it"))
    objectives = models.JSONField(_("lessons it shows"), default=list, blank=True)

    parent_page_types = ["curriculum.ModulePage"]
    subpage_types = []

    portable = (
        portable.Plain("method", Method.SKILLS_DEMONSTRATION),
        portable.Plain("purpose"),
        portable.Plain("instructions"),
        portable.Stream("set_up", single="line"),
        portable.Stream("criteria", single="criterion"),
        portable.Stream("critical_failures", single="line"),
        portable.Stream("rubric", single="level"),
        portable.Plain("graded", False),
        Passing(
            "passing",
            (
                portable.Number("others", None, "passing_others"),
                portable.Plain("consecutive", 1, "passing_consecutive"),
                portable.Plain("raters", 1, "passing_raters"),
            ),
        ),
        portable.Plain("valid_months", None),
        portable.Set("evidence"),
        portable.Stream("alternatives", single="line"),
        portable.Set("objectives"),
    )

    content_panels = Page.content_panels + [
        FieldRowPanel([FieldPanel("method"), FieldPanel("graded")]),
        FieldPanel("purpose"),
        FieldPanel("instructions"),
        FieldPanel("set_up"),
        FieldPanel("criteria"),
        FieldPanel("critical_failures"),
        FieldPanel("rubric"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("passing_others"),
                        FieldPanel("passing_consecutive"),
                        FieldPanel("passing_raters"),
                        FieldPanel("valid_months"),
                    ]
                ),
                FieldPanel("evidence"),
            ],
            heading=_("When it is enough"),
        ),
        FieldPanel("alternatives"),
    ]
    promote_panels = [FieldPanel("slug"), FieldPanel("objectives")]
    edit_handler = tabs((_("Assessment"), content_panels), (_("About the assessment"), promote_panels))

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
