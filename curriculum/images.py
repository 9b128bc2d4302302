"""The project's own image and document: Wagtail's, with a content digest and a credit.

A page is frozen with the digest of the bytes it showed, so a file that is replaced or deleted later changes
nothing that somebody has signed.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from curriculum import svg


def file_digest(file) -> str:
    """SHA-256 of a stored or uploaded file, as hexadecimal; the file is left at its start."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def keep_digest(instance) -> None:
    """Set `sha256` and size when the file is new: an uncommitted file is one that was chosen just now."""
    if instance.file and (not instance.sha256 or not instance.file._committed):
        instance.file.open("rb")
        instance.sha256 = file_digest(instance.file)
        instance.file_size = instance.file.size


class HighroadImage(AbstractImage):
    """A picture of the library. `sha256` names its bytes; `credit` is frozen with every page that shows it."""

    sha256 = models.CharField(max_length=64, db_index=True, editable=False, blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = Image.admin_form_fields + ("credit",)

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self):
        super().clean()
        if self.file and self.file.name.lower().endswith(".svg") and not self.file._committed:
            content = self.file.read()
            self.file.seek(0)
            problems = svg.problems(content)
            if problems:
                raise ValidationError({"file": str(problems[0])})

    def save(self, *args, **kwargs):
        keep_digest(self)
        super().save(*args, **kwargs)


class HighroadRendition(AbstractRendition):
    """A scaled copy of a picture: cache, never frozen."""

    image = models.ForeignKey(HighroadImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_of_image")
        ]


class HighroadDocument(AbstractDocument):
    """A file of the library: audio, video, captions or a paper."""

    sha256 = models.CharField(max_length=64, db_index=True, editable=False, blank=True)

    admin_form_fields = Document.admin_form_fields

    def save(self, *args, **kwargs):
        keep_digest(self)
        super().save(*args, **kwargs)
