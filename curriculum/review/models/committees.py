"""Committees, their charters and who sits on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from curriculum.review.charter import Charter, Gate
from curriculum.review.enums import CheckKind, SeatRole, Side


class Committee(models.Model):
    """A labor side and a management side, and the charter they agreed on.

    The light charter is one person a side, one date and two answers; more is numbers and switches here, not other code
    (see `review.charter`, which says what each means).
    """

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(unique=True)
    labor_name = models.CharField(_("name of the labor party"), max_length=160)
    management_name = models.CharField(_("name of the management party"), max_length=160)
    quorum = models.PositiveSmallIntegerField(_("people a side"), default=1)
    quorum_safety = models.PositiveSmallIntegerField(_("people a side, for safety"), default=1)
    holder_signs = models.BooleanField(
        _("a co-chair is among those who agree"),
        default=False,
        help_text=_("Others on the side advise. A co-chair can name somebody to stand in for a time."),
    )
    more_answers = models.BooleanField(
        _("more than two answers"),
        default=False,
        help_text=_("Agree with a note, stand aside, stop it with a reason, take no part."),
    )
    caucus_notes = models.BooleanField(
        _("each side keeps notes of its own"),
        default=False,
        help_text=_("Only that side reads them here. A court or a records request may still reach them."),
    )
    days_to_answer = models.PositiveSmallIntegerField(_("working days to answer"), default=10)
    days_small = models.PositiveSmallIntegerField(_("working days to answer small fixes"), default=3)
    days_challenge = models.PositiveSmallIntegerField(_("working days to say that a change weighs more"), default=3)
    days_changes = models.PositiveSmallIntegerField(_("working days to answer a request for changes"), default=10)
    days_interest = models.PositiveSmallIntegerField(_("working days to settle what somebody stopped"), default=15)
    days_escalation = models.PositiveSmallIntegerField(_("working days the principals have"), default=10)
    days_ratify = models.PositiveSmallIntegerField(_("working days to confirm a safety correction"), default=10)
    hours_to_reach = models.PositiveSmallIntegerField(
        _("hours to reach a side before the duty lead may stand in"), default=24
    )
    contact_attempts = models.PositiveSmallIntegerField(_("times it has to be tried"), default=2)
    hide_expired = models.BooleanField(
        _("safety lessons that ran out are hidden"),
        default=True,
        help_text=_("30 days after the agreement ran out. Others say that they are being checked again."),
    )
    gates = models.JSONField(_("checks before both sides can agree"), default=list, blank=True)
    labor_principal = models.EmailField(_("where labor's last reminders go"), blank=True)
    management_principal = models.EmailField(_("where management's last reminders go"), blank=True)

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

    @property
    def charter(self) -> Charter:
        """The charter in force, as a manifest will carry it."""
        numbers = {name: getattr(self, name) for name in Charter().data if name != "gates"}
        return Charter(**numbers, gates=tuple(Gate(gate["kind"], tuple(gate["classes"])) for gate in self.gates))


class Holiday(models.Model):
    """A day that no clock of a committee counts."""

    committee = models.ForeignKey(
        Committee, on_delete=models.CASCADE, related_name="holidays", verbose_name=_("committee")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("what it is"), max_length=120, blank=True)

    class Meta:
        ordering = ("day",)
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = [models.UniqueConstraint(fields=("committee", "day"), name="holiday_once")]

    def __str__(self):
        return f"{self.day} {self.name}".strip()


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
    role = models.CharField(_("what for"), max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
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


class Delegation(models.Model):
    """Somebody stands in for a seat for a time. The row stays: old answers stay explained."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("in place of"))
    to = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="stands_in", verbose_name=_("who stands in"))
    since = models.DateField(_("from"))
    until = models.DateField(_("up to and with"))

    append_only = True

    class Meta:
        ordering = ("since", "pk")
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="delegation_ends_after"),
            models.CheckConstraint(condition=~models.Q(seat=models.F("to")), name="delegation_to_another"),
        ]

    def __str__(self):
        return f"{self.to.representative.person} / {self.seat.representative.person}"


class Checker(models.Model):
    """A named person who looks by checklist: subject, clinical, accessibility, or one language. Has no vote."""

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="checkers", verbose_name=_("committee")
    )
    person = models.ForeignKey(
        "users.Person", on_delete=models.PROTECT, related_name="checks_as", verbose_name=_("person")
    )
    kind = models.CharField(_("what for"), max_length=20, choices=CheckKind)
    language = models.CharField(_("language"), max_length=10, blank=True)
    credential = models.CharField(_("what gives them standing"), max_length=200, blank=True)
    credential_until = models.DateField(_("which holds until"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("checker")
        verbose_name_plural = _("checkers")
        constraints = [
            models.UniqueConstraint(
                fields=("committee", "person", "kind", "language"),
                condition=models.Q(until=None),
                name="checker_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=CheckKind.LANGUAGE) & ~models.Q(language="")
                | ~models.Q(kind=CheckKind.LANGUAGE) & models.Q(language=""),
                name="checker_of_a_language",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()} {self.language}".strip()
