"""The lists an assessment is made of; every entry has a stable id."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class CriterionItemBlock(blocks.StructBlock):
    """One observable statement. A critical one must be met and is never averaged away."""

    code = blocks.CharBlock(label=_("Letter"), max_length=10)
    text = blocks.TextBlock(label=_("What is seen or heard"), rows=2)
    critical = blocks.BooleanBlock(required=False, label=_("Critical: must be met"))

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
