"""The body of a lesson. Names are those of the package format's directives; groups order the chooser."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from curriculum.blocks import media as media_blocks
from curriculum.blocks import text as text_blocks

WORDS = _("Words")
SAFETY = _("Safety and care")
PRACTICE = _("Practice")
PEOPLE = _("People and place")
MEDIA = _("Pictures and files")


class LessonBody(blocks.StreamBlock):
    """Every kind of block a lesson may hold, each with a stable id given when it is made."""

    text = text_blocks.WordsBlock(icon="pilcrow", label=_("Text"), group=WORDS)
    heading = text_blocks.HeadingBlock(group=WORDS)
    table = media_blocks.TableBlock(group=WORDS)
    key_points = text_blocks.WordsBlock(icon="key", label=_("Key points"), group=WORDS)
    content_note = text_blocks.WordsBlock(icon="info-circle", label=_("Content note"), group=SAFETY)
    safety = text_blocks.WordsBlock(icon="warning", label=_("Safety rule"), group=SAFETY)
    steps = text_blocks.StepsBlock(group=PRACTICE)
    try_it = text_blocks.WordsBlock(icon="edit", label=_("Try it"), group=PRACTICE)
    discuss = text_blocks.WordsBlock(icon="comment", label=_("Talk about it"), group=PRACTICE)
    scenario = text_blocks.ScenarioBlock(group=PRACTICE)
    check = text_blocks.CheckBlock(group=PRACTICE)
    worker_voice = text_blocks.WordsBlock(icon="comment-add", label=_("Worker voice"), group=PEOPLE)
    local_policy = text_blocks.WordsBlock(icon="home", label=_("Local rule"), group=PEOPLE)
    take_home = text_blocks.WordsBlock(icon="upload", label=_("Take it home"), group=PEOPLE)
    facilitator = text_blocks.FacilitatorBlock(group=PEOPLE)
    image = media_blocks.PictureBlock(group=MEDIA)
    video = media_blocks.VideoBlock(group=MEDIA)
    audio = media_blocks.AudioBlock(group=MEDIA)
    document = media_blocks.FileBlock(group=MEDIA)
    link_card = media_blocks.LinkCardBlock(group=MEDIA)

    class Meta:
        required = False
        block_counts = {"content_note": {"max_num": 1}}
