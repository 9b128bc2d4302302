"""The lists an assessment is made of; every entry has a stable id."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class CriterionItemBlock(blocks.StructBlock):
    """One observable statement. A critical one must be met and is never averaged away."""

    code = blocks.CharBlock(label=_("Letter"), max_length=10)
    text = blocks.TextBlock(label=_("What is seen or heard"), rows=2)
    critical = blocks.BooleanBlock(required=False, label=_("Must be right"))
    limit = blocks.IntegerBlock(
        required=False,
        min_value=1,
        label=_("Seconds it may take"),
        help_text=_("Leave it empty where time does not matter."),
    )
    individual = blocks.BooleanBlock(required=False, label=_("Each person on the team shows this"))

    class Meta:
        icon = "tasks"
        label = _("Criterion")
        label_format = "{code} {text}"


class CriteriaBlock(blocks.StreamBlock):
    """Criteria in the order they are watched for."""

    criterion = CriterionItemBlock()

    class Meta:
        required = False


class LevelItemBlock(blocks.StructBlock):
    """One level of a rubric; it holds for every criterion."""

    level = blocks.IntegerBlock(label=_("Level"))
    label = blocks.CharBlock(label=_("Name"))
    descriptor = blocks.TextBlock(label=_("What it looks like"), rows=2)
    enough = blocks.BooleanBlock(
        required=False,
        label=_("This level is enough"),
        help_text=_("This one and those above it count as met. Where none is ticked, only the highest does."),
    )

    class Meta:
        icon = "order"
        label = _("Level")


class RubricBlock(blocks.StreamBlock):
    """Levels from least to most."""

    level = LevelItemBlock()

    class Meta:
        required = False


class LinesBlock(blocks.StreamBlock):
    """Plain sentences in order: set-up, critical failures, alternatives."""

    line = blocks.TextBlock(label=_("Line"), rows=1, icon="minus")

    class Meta:
        required = False
