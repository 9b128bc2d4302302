"""Blocks that hold words: rich text limited to what the portable form can carry."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT = ("bold", "italic", "ol", "ul", "link", "blockquote", "code")
INLINE = ("bold", "italic", "link", "code")


class WordsBlock(blocks.RichTextBlock):
    """Rich text with the house's features only."""

    def __init__(self, features=RICH_TEXT, **kwargs):
        super().__init__(features=list(features), **kwargs)


class HeadingBlock(blocks.StructBlock):
    """A heading inside a lesson. Level 2 divides the lesson; level 3 divides a part of it."""

    text = blocks.CharBlock(label=_("Heading"))
    level = blocks.ChoiceBlock(choices=[("2", _("Part")), ("3", _("Smaller part"))], default="2", label=_("Level"))

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        form_classname = "struct-block heading-block"


class StepsBlock(blocks.ListBlock):
    """A procedure: each step has an id of its own, so that a moved step is seen as moved."""

    def __init__(self, **kwargs):
        super().__init__(WordsBlock(features=INLINE, label=_("Step")), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")


class ScenarioBlock(blocks.StructBlock):
    """A short work situation with a decision to make, then what works."""

    situation = WordsBlock(label=_("The situation, with the decision to make"))
    what_works = WordsBlock(label=_("What works"))

    class Meta:
        icon = "group"
        label = _("Scenario")


class AnswerBlock(blocks.StructBlock):
    """One answer of a self-check."""

    text = WordsBlock(features=INLINE, label=_("Answer"))
    correct = blocks.BooleanBlock(required=False, label=_("This one is right"))


class CheckBlock(blocks.StructBlock):
    """A question the reader answers alone; nothing is sent or stored."""

    question = WordsBlock(label=_("Question"))
    answers = blocks.ListBlock(AnswerBlock(), label=_("Answers"), min_num=2)
    feedback = WordsBlock(required=False, label=_("Why"))

    class Meta:
        icon = "circle-check"
        label = _("Self-check")


class CautionBlock(blocks.StructBlock):
    """Something an expert must confirm before this is taught. Open until it has a date."""

    what = WordsBlock(features=INLINE, label=_("What must be confirmed"))
    who = blocks.CharBlock(required=False, label=_("Who can confirm it"))
    confirmed_by = blocks.CharBlock(required=False, label=_("Confirmed by"))
    confirmed_on = blocks.DateBlock(required=False, label=_("Confirmed on"))


class FacilitatorBlock(blocks.StructBlock):
    """For instructors only: frozen and reviewed with the lesson, never rendered for learners."""

    text = WordsBlock(required=False, label=_("For the instructor"))
    cautions = blocks.ListBlock(CautionBlock(), label=_("Confirm before teaching"), default=[])

    class Meta:
        icon = "user"
        label = _("For instructors")
