"""Blocks that show or play a file. Bytes are frozen by digest, words about them by value."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from curriculum.blocks.text import INLINE, WordsBlock


class PictureBlock(blocks.StructBlock):
    """A picture with the words a person needs who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(label=_("What the picture shows, in full"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{alt}"


class TableBlock(TypedTableBlock):
    """A table whose first row names the columns; on a narrow screen each row becomes labelled lines."""

    def __init__(self, **kwargs):
        super().__init__([("text", WordsBlock(features=INLINE, required=False, label=_("Text")))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")


class RecordingBlock(blocks.StructBlock):
    """Sound or film, with its words: nobody has to hear or see it to learn."""

    file = DocumentChooserBlock(label=_("File"))
    transcript = WordsBlock(label=_("Transcript"))


class AudioBlock(RecordingBlock):
    """A recording to listen to."""

    class Meta:
        icon = "media"
        label = _("Audio")


class VideoBlock(RecordingBlock):
    """A film, with captions in its language."""

    captions = DocumentChooserBlock(required=False, label=_("Captions (WebVTT)"))
    poster = ImageChooserBlock(required=False, label=_("Picture before it plays"))

    class Meta:
        icon = "media"
        label = _("Video")


class FileBlock(blocks.StructBlock):
    """A paper to open or print, or an address where it stands."""

    file = DocumentChooserBlock(required=False, label=_("File"))
    url = blocks.URLBlock(required=False, label=_("Or its address"))
    text = WordsBlock(label=_("What it is"))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class LinkCardBlock(blocks.StructBlock):
    """A link worth its own card. Other people's pages are linked, never embedded."""

    url = blocks.URLBlock(label=_("Address"))
    text = WordsBlock(label=_("What it is"))

    class Meta:
        icon = "link-external"
        label = _("Link")
