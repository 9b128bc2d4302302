"""What delivery remembers of agreed text, so that reading costs no query; made anew from frozen content at any time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.models import Decision


class ReleaseOutline(models.Model):
    """Where an agreed release is read: its slug, and every page with its title.

    A slug stays with its curriculum: another one that wants the same gets a number, so that an address once printed
    never shows another course. `pages` is {path: {language: title}} in reading order; `card` is what the list of
    courses shows, per language; `media` are names of the files it may show.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, primary_key=True, related_name="outline")
    slug = models.CharField(max_length=255, db_index=True)
    languages = models.JSONField(default=list)
    pages = models.JSONField(default=dict)
    card = models.JSONField(default=dict)
    media = models.JSONField(default=list)

    class Meta:
        verbose_name = _("outline of a course text")
        verbose_name_plural = _("outlines of course texts")

    def __str__(self):
        return f"{self.slug} {self.decision.label}"


class AgreedPart(models.Model):
    """A page that an approved edition or release holds: how a page's fingerprint finds its agreement."""

    digest = models.CharField(max_length=64, db_index=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("page of an agreed text")
        verbose_name_plural = _("pages of agreed texts")
        constraints = [models.UniqueConstraint(fields=("digest", "decision"), name="agreed_part_once")]

    def __str__(self):
        return f"{self.digest[:12]} in {self.decision}"


class ReleasedText(models.Model):
    """The words of one page of a current release, for searching. Text for instructors is never here.

    `language` is that of the address, `text_language` that of the words: a page nobody translated yet is found in
    its own language. `digest` is the fingerprint of the words.
    """

    curriculum_uid = models.UUIDField(db_index=True)
    language = models.CharField(max_length=20)
    text_language = models.CharField(max_length=20)
    path = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64, db_index=True)
    course = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    text = models.TextField()

    class Meta:
        verbose_name = _("released text")
        verbose_name_plural = _("released texts")
        constraints = [models.UniqueConstraint(fields=("path",), name="released_text_once")]

    def __str__(self):
        return self.path
