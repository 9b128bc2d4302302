"""What people were told, and the letters that told it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import Side
from curriculum.review.models.committees import Committee
from curriculum.review.models.record import Submission


class Letter(models.Model):
    """One e-mail to one person or one side's principal: everything of a day, or one thing that cannot wait.

    The row is made before anything is sent, and the constraints let only one of a day exist: whoever makes it sends
    it, so two ticks at once never send two. `attempted_at` is a lease: an attempt that came to nothing is made
    again after a while.
    """

    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="letters", null=True)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+", null=True)
    principal = models.CharField(max_length=20, choices=Side, blank=True)
    day = models.DateField()
    urgent = models.BooleanField(default=False)
    attempted_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "day"), condition=Q(person__isnull=False, urgent=False), name="one_letter_a_day"
            ),
            models.UniqueConstraint(
                fields=("committee", "principal", "day"),
                condition=Q(person__isnull=True, urgent=False),
                name="one_letter_a_day_to_a_principal",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, principal="", committee__isnull=True)
                | Q(person__isnull=True, committee__isnull=False) & ~Q(principal=""),
                name="letter_to_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.person or self.principal}"


class Notification(models.Model):
    """Somebody is to be told one thing about one review: `step` is a `steps.Step`.

    `about` is the digest of the entry it is about where there can be several; `day` the one it speaks of, where that is
    not the day by which answers are due; `principal` the side whose principal is
    told, at the address the committee gives. Unique, so that telling twice tells once. What became of it: a `letter`
    carried it, the coordinator `passed_on` it by hand, or it was `over` before anybody was told.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="notices")
    step = models.CharField(max_length=40)
    about = models.CharField(max_length=64, blank=True)
    person = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="notices", null=True)
    principal = models.CharField(max_length=20, choices=Side, blank=True)
    day = models.DateField(null=True)
    made_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="notices", null=True)
    passed_on_at = models.DateTimeField(null=True)
    passed_on_by = models.ForeignKey("users.Person", on_delete=models.PROTECT, related_name="+", null=True)
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(
                fields=("person",),
                condition=Q(letter=None, passed_on_at=None, over_at=None),
                name="notices_not_yet_told",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("person", "submission", "step", "about"),
                condition=Q(person__isnull=False),
                name="person_told_once",
            ),
            models.UniqueConstraint(
                fields=("principal", "submission", "step", "about"),
                condition=Q(person__isnull=True),
                name="principal_told_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, principal="") | Q(person__isnull=True) & ~Q(principal=""),
                name="notice_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(passed_on_at__isnull=True, passed_on_by__isnull=True)
                | Q(passed_on_at__isnull=False, passed_on_by__isnull=False),
                name="notice_passed_on_at_and_by",
            ),
        ]

    def __str__(self):
        return f"{self.step}: {self.person or self.principal}"
