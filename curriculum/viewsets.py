"""Words and standards in Wagtail's admin. Registered in wagtail_hooks.py."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from curriculum.forms.glossary import GlossaryTermForm
from curriculum.models import GlossaryTerm, StandardFramework, StandardItem


class GlossaryViewSet(SnippetViewSet):
    """Words that lessons explain. Changing one changes no lesson that was sent: it was copied there."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    list_display = ["term"]
    search_fields = ["term"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("term"), FieldPanel("words"), FieldPanel("meanings")], base_form_class=GlossaryTermForm
    )


class FrameworkViewSet(SnippetViewSet):
    """Published standards that lessons answer to."""

    model = StandardFramework
    icon = "list-ul"
    menu_label = _("Standards")
    list_display = ["title", "version", "creator"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("version")]),
        FieldRowPanel([FieldPanel("creator"), FieldPanel("adoption_status")]),
    ]


class ItemViewSet(SnippetViewSet):
    """The numbered parts of a standard, with the dates they are in force."""

    model = StandardItem
    icon = "link"
    menu_label = _("Items of standards")
    list_display = ["code", "framework", "starts", "ends"]
    list_filter = ["framework"]
    search_fields = ["code", "statement"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("framework"), FieldPanel("code")]),
        FieldPanel("statement"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("replaced_by"),
    ]


class WordsAndStandards(SnippetViewSetGroup):
    """One entry of the menu for both."""

    items = (GlossaryViewSet, FrameworkViewSet, ItemViewSet)
    menu_label = _("Words")
    menu_icon = "openquote"
    menu_order = 300
