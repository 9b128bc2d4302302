"""Pages of the library: drafts for ever. What is taught is frozen from them and lives elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from curriculum.blocks import AlignmentBlock, GlossaryBlock, LessonBody, PrerequisiteBlock
from curriculum.codec import fields as portable
from curriculum.enums import Kind, LessonFlag, Mode, ReviewClass, Rights, Status
from curriculum.fields import ChoiceSetField
from curriculum.permissions import LibraryPermissionTester, NeverLive

HOURS = portable.Group(
    "hours",
    (
        portable.Number("classroom", 0, "hours_classroom"),
        portable.Number("hands_on", 0, "hours_hands_on"),
        portable.Number("field", 0, "hours_field"),
    ),
)


def hours_field(label):
    """Hours of one kind: two decimals, never a float."""
    return models.DecimalField(label, max_digits=6, decimal_places=2, default=0)


def tabs(*named) -> TabbedInterface:
    """The tabs of a page's form: (heading, panels) each."""
    return TabbedInterface([ObjectList(panels, heading=heading) for heading, panels in named])


HOURS_PANEL = FieldRowPanel(
    [FieldPanel("hours_classroom"), FieldPanel("hours_hands_on"), FieldPanel("hours_field")],
    heading=_("Hours"),
)


class DraftForEver(Page):
    """A page that is never live, in any language.

    Three walls: the permission tester says no, `save` refuses, and a trigger on `wagtailcore_page` refuses what
    comes round both. Publishing, scheduling and view restrictions are deliberately absent.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Raises NeverLive when an existing page is being made live; a new one is made a draft."""
        if self.live:
            if not self._state.adding:
                raise NeverLive
            self.live = False
            self.has_unpublished_changes = True
        super().save(*args, **kwargs)

    def permissions_for_user(self, user):
        return LibraryPermissionTester(user, self)

    def get_workflow(self):
        """Workflows belong to source-language modules and curricula; everything else goes with one of them."""
        return None

    def get_url_parts(self, *args, **kwargs):
        """Drafts have no address."""
        return None


class LibraryPage(DraftForEver):
    """A shelf of the library: the whole, a program's, a department's."""

    subpage_types = ["curriculum.LibraryPage", "curriculum.CurriculumPage", "curriculum.ModulePage"]
    preview_modes = []

    class Meta:
        verbose_name = _("library shelf")
        verbose_name_plural = _("library shelves")


class LibraryItem(DraftForEver):
    """A page with a portable form: module, lesson, assessment or curriculum.

    `uid` names the item in every language; it is Wagtail's translation key, which copying renews and translating
    keeps. The two digests belong to package import: the package last read, and the draft it left.
    """

    kind: Kind
    portable: tuple = ()

    package_digest = models.CharField(max_length=64, blank=True, editable=False)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def uid(self) -> str:
        return str(self.translation_key)

    @property
    def language(self) -> str:
        return self.locale.language_code

    @property
    def is_source(self) -> bool:
        """Whether this is the source-language page, which owns order and membership."""
        return self.locale_id == Locale.get_default().pk

    def serve_preview(self, request, mode_name):
        """The page as a learner will read it, by the renderer that serves learners."""
        from curriculum.views.preview import preview  # the renderer stands above the models

        return preview(request, self)


class LessonTag(TaggedItemBase):
    """A free word on a lesson."""

    content_object = ParentalKey("curriculum.LessonPage", related_name="tagged_items", on_delete=models.CASCADE)


class ModuleTag(TaggedItemBase):
    """A free word on a module."""

    content_object = ParentalKey("curriculum.ModulePage", related_name="tagged_items", on_delete=models.CASCADE)


class ModulePage(LibraryItem):
    """The reusable unit of teaching and of agreement: lessons and assessments in order."""

    kind = Kind.MODULE
    code = models.CharField(_("code"), max_length=30)
    summary = models.TextField(_("summary"), blank=True)
    prerequisites = StreamField(PrerequisiteBlock(), blank=True, verbose_name=_("comes after"))
    alignments = StreamField(AlignmentBlock(), blank=True, verbose_name=_("standards"))
    tags = ClusterTaggableManager(through=ModuleTag, blank=True, verbose_name=_("tags"))
    review_class = models.CharField(
        _("class of a usual change"), max_length=20, choices=ReviewClass, default=ReviewClass.SUBSTANTIVE
    )
    valid_months = models.PositiveSmallIntegerField(_("months an agreement holds"), default=24)
    status = models.CharField(_("state"), max_length=20, choices=Status, blank=True, default=Status.WRITTEN)
    hours_classroom = hours_field(_("classroom"))
    hours_hands_on = hours_field(_("hands-on"))
    hours_field = hours_field(_("field"))
    rights_kind = models.CharField(_("rights"), max_length=30, choices=Rights, default=Rights.OWN_WORK)
    rights_note = models.TextField(_("about the rights"), blank=True)

    parent_page_types = ["curriculum.LibraryPage"]
    subpage_types = ["curriculum.LessonPage", "assessments.AssessmentPage"]

    portable = (
        portable.Plain("code"),
        portable.Plain("summary"),
        portable.Uids("prerequisites"),
        portable.Alignments(),
        portable.Tags(),
        portable.Group(
            "review",
            (portable.Plain("class", "substantive", "review_class"), portable.Plain("valid_months", 24)),
        ),
        portable.Plain("status"),
        HOURS,
        portable.Group(
            "rights",
            (portable.Plain("kind", "own_work", "rights_kind"), portable.Plain("note", "", "rights_note")),
        ),
        portable.Children(),
    )

    content_panels = Page.content_panels + [
        FieldRowPanel([FieldPanel("code"), FieldPanel("status")]),
        FieldPanel("summary"),
        FieldPanel("prerequisites"),
        FieldPanel("alignments"),
        FieldPanel("tags"),
        HOURS_PANEL,
    ]
    settings_panels = [
        FieldRowPanel([FieldPanel("review_class"), FieldPanel("valid_months")]),
        MultiFieldPanel([FieldPanel("rights_kind"), FieldPanel("rights_note")], heading=_("Rights")),
        FieldPanel("slug"),
    ]
    edit_handler = tabs((_("Module"), content_panels), (_("Agreement and rights"), settings_panels))

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def get_workflow(self):
        return Page.get_workflow(self) if self.is_source else None


class LessonPage(LibraryItem):
    """One teachable session: what a learner will be able to do, and the blocks that lead there."""

    kind = Kind.LESSON
    code = models.CharField(_("code"), max_length=30)
    objective = models.TextField(
        _("objective"),
        blank=True,
        help_text=_("One sentence that starts with something a person can be seen doing."),
    )
    hours_classroom = hours_field(_("classroom"))
    hours_hands_on = hours_field(_("hands-on"))
    hours_field = hours_field(_("field"))
    mode = models.CharField(_("how it is taught"), max_length=20, choices=Mode, default=Mode.CLASSROOM)
    minutes = models.PositiveSmallIntegerField(_("minutes to read"), default=8)
    flags = ChoiceSetField(_("marks"), of=LessonFlag)
    tags = ClusterTaggableManager(through=LessonTag, blank=True, verbose_name=_("tags"))
    glossary = StreamField(GlossaryBlock(), blank=True, verbose_name=_("words to explain"))
    alignments = StreamField(
        AlignmentBlock(),
        blank=True,
        verbose_name=_("standards"),
        help_text=_("Only where more exact than the module's."),
    )
    body = StreamField(LessonBody(), blank=True, verbose_name=_("lesson"))

    parent_page_types = ["curriculum.ModulePage"]
    subpage_types = []

    portable = (
        portable.Plain("code"),
        portable.Plain("objective"),
        HOURS,
        portable.Plain("mode", Mode.CLASSROOM),
        portable.Plain("minutes", 0),
        portable.Set("flags"),
        portable.Tags(),
        portable.Words(),
        portable.Alignments(),
        portable.Stream("body"),
    )

    content_panels = Page.content_panels + [
        FieldPanel("objective"),
        FieldPanel("body"),
    ]
    promote_panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("slug")]),
        HOURS_PANEL,
        FieldRowPanel([FieldPanel("mode"), FieldPanel("minutes")]),
        FieldPanel("flags"),
        FieldPanel("glossary"),
        FieldPanel("alignments"),
        FieldPanel("tags"),
    ]
    edit_handler = tabs((_("Lesson"), content_panels), (_("About the lesson"), promote_panels))

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
