"""Committees, their charters and who sits on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.enums import ChangeClass, Side


class Committee(models.Model):
    """A labor side and a management side, and the charter they agreed on.

    The light charter is one person a side and one date; larger quorums are numbers here, not other code.
    """

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(unique=True)
    labor_name = models.CharField(_("name of the labor party"), max_length=160)
    management_name = models.CharField(_("name of the management party"), max_length=160)
    quorum = models.PositiveSmallIntegerField(_("people a side"), default=1)
    quorum_safety = models.PositiveSmallIntegerField(_("people a side, for safety"), default=1)
    days_to_answer = models.PositiveSmallIntegerField(_("working days to answer"), default=10)

    class Meta:
        ordering = ("name",)
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quorum__gte=1) & models.Q(quorum_safety__gte=1),
                name="committee_needs_somebody",
            )
        ]

    def __str__(self):
        return self.name

    def party(self, side: str) -> str:
        """What the party on `side` is called."""
        return self.labor_name if side == Side.LABOR else self.management_name

    def needed(self, change_class: str) -> dict[str, int]:
        """How many people each side needs for a change of this class."""
        count = self.quorum_safety if change_class in (ChangeClass.SAFETY, ChangeClass.EMERGENCY) else self.quorum
        return {side.value: count for side in Side}


class Representative(models.Model):
    """A person speaks for one side, everywhere: the one-to-one makes a second side impossible."""

    person = models.OneToOneField("users.Person", on_delete=models.PROTECT, related_name="representative")
    side = models.CharField(_("side"), max_length=20, choices=Side)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")

    def __str__(self):
        return f"{self.person} ({self.get_side_display()})"


class Seat(models.Model):
    """A representative's place on a committee. Ending it keeps the row: old answers stay explained."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="seats", verbose_name=_("committee")
    )
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, related_name="seats", verbose_name=_("representative")
    )
    since = models.DateField(_("since"), auto_now_add=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=("committee", "representative"),
                condition=models.Q(until=None),
                name="one_seat_a_person",
            )
        ]

    def __str__(self):
        return f"{self.representative}, {self.committee}"
