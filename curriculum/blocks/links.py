"""Blocks that point at other rows of the library: words of the glossary, standards, modules."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class GlossaryBlock(blocks.StreamBlock):
    """The words a lesson explains where they stand."""

    term = SnippetChooserBlock("curriculum.GlossaryTerm", label=_("Word"))

    class Meta:
        required = False


class AlignmentItemBlock(blocks.StructBlock):
    """An item of an outside standard, and what of it is met here."""

    item = SnippetChooserBlock("curriculum.StandardItem", label=_("Item of a standard"))
    note = blocks.CharBlock(required=False, label=_("Note"))

    class Meta:
        icon = "link"
        label = _("Standard")


class AlignmentBlock(blocks.StreamBlock):
    """The standards a page answers to."""

    alignment = AlignmentItemBlock()

    class Meta:
        required = False


class PrerequisiteBlock(blocks.StreamBlock):
    """Modules that come before this one."""

    module = blocks.PageChooserBlock("curriculum.ModulePage", label=_("Module"))

    class Meta:
        required = False


class ModuleItemBlock(blocks.StructBlock):
    """A module in a curriculum. The page is only the handle: what is kept is the module's uid."""

    module = blocks.PageChooserBlock("curriculum.ModulePage", label=_("Module"))
    elective = blocks.BooleanBlock(required=False, label=_("Elective"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Module")


class ModuleChoiceBlock(blocks.StreamBlock):
    """The modules of a curriculum in the order they are taught."""

    module = ModuleItemBlock()

    class Meta:
        required = False
