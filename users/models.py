"""People, and the accounts some of them have."""

import uuid
from secrets import token_hex

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from users.roles import Role


def languages():
    """Choices read when asked for, so that adding a locale needs no migration."""
    return settings.LANGUAGES


class Person(models.Model):
    """The one row that carries a person's name.

    Sign-offs, results and comments keep `uid` and no name, so blanking this row takes the name away
    everywhere while the record holds. It outlives the account: deleting a `User` leaves it. Deliberately
    absent: anything else about the person.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("name taken away at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(name=""),
                name="person_erased_has_no_name",
            )
        ]

    def __str__(self):
        return self.name or str(_("a person whose name was taken away") if self.erased_at else _("a person"))


class Accounts(UserManager):
    """Accounts come with their person: the name is wanted wherever an account is."""

    # The history of the tables does not depend on this class.
    use_in_migrations = False

    def get_queryset(self):
        return super().get_queryset().select_related("person")

    @transaction.atomic
    def create_user(self, username, email=None, password=None, *, name="", **fields):
        fields.setdefault("person", None)
        person = fields.pop("person") or Person.objects.create(name=name)
        return super().create_user(username, email, password, person=person, **fields)


class User(AbstractUser):
    """An account. The name is the person's, so the two name fields of Django are gone."""

    first_name = property(lambda self: self.get_short_name(), doc="What Wagtail's side bar greets by.")
    last_name = None
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user", editable=False)
    preferred_language = models.CharField(_("language of the screens"), max_length=10, choices=languages, blank=True)
    is_demo = models.BooleanField(_("belongs to the demo"), default=False, editable=False)
    reads_languages = models.JSONField(_("languages read in review"), default=list, blank=True, editable=False)
    toured_at = models.DateTimeField(_("took or skipped the tour at"), null=True, blank=True, editable=False)

    objects = Accounts()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def save(self, *args, **kwargs):
        """An account without a person gets one here, below every way of making an account."""
        if self.person_id is None:
            self.person = Person.objects.create()
        super().save(*args, **kwargs)

    def __str__(self):
        return self.get_full_name()

    @property
    def reads(self) -> list[str]:
        """Languages this person reads: those ticked last, else the one of the screens. Only a first suggestion."""
        return self.reads_languages or [self.preferred_language or settings.LANGUAGE_CODE]

    def get_full_name(self):
        return self.person.name or self.username

    def get_short_name(self):
        return self.get_full_name()


class Invitation(models.Model):
    """A way in for one person, good once. Only the hash of its token is kept: the link cannot be read back.

    Name and e-mail are blanked when it is accepted: from then on the name lives on the `Person` alone.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=languages, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"))
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent", null=True)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="invitations_accepted", null=True, editable=False
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.name or self.email}".strip()


class LinkPurpose(models.TextChoices):
    """What a way in is for. Each leads to one part of the house and nowhere else."""

    REVIEW = "review", _("To read and answer")

    @property
    def leads_below(self):
        return {"review": "/review/"}[self.value]


class SignInLink(models.Model):
    """A way into one account, good once: a link, and a short code for whoever cannot open it.

    Only hashes are kept. The row stays when it was used or is too old: it says who let whom in, and when.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links", verbose_name=_("account"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(_("what for"), max_length=20, choices=LinkPurpose, default=LinkPurpose.REVIEW)
    next_path = models.CharField(_("leads to"), max_length=300, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sign_in_links_made")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True, editable=False)

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("way in")
        verbose_name_plural = _("ways in")

    def __str__(self):
        return f"{self.user} {self.made_at:%Y-%m-%d}"


class SigningPin(models.Model):
    """The digits a person types when they sign, hashed like a password; and how often somebody got them wrong.

    Without a PIN the row counts tries at the password, or says that a coordinator took the old PIN away.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="signing_pin", verbose_name=_("account"))
    pin = models.CharField(max_length=128, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    set_at = models.DateTimeField(null=True, blank=True)
    reset_at = models.DateTimeField(null=True, blank=True)
    reset_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("PIN to sign with")
        verbose_name_plural = _("PINs to sign with")

    def __str__(self):
        return str(self.user)


class Learner(models.Model):
    """Somebody who learns: a name to be called by, which is their person's, and a PIN. Nothing else need be known.

    `stamp` is carried by every phone that is signed in; a new one signs all of them out. Deliberately absent: legal
    name, address, birthday, and whatever a job market holds against people.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="learner")
    account = models.OneToOneField(User, on_delete=models.SET_NULL, related_name="learner", null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=languages, blank=True)
    pin = models.CharField(max_length=128, blank=True, editable=False)
    stamp = models.CharField(max_length=64, default=token_hex, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")

    def __str__(self):
        return str(self.person)


class LearnerCode(models.Model):
    """A code that lets one learner in, once, to choose a new PIN. The row stays: it says who let whom in, and when."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True, editable=False)

    class Meta:
        ordering = ("made_at", "pk")
        verbose_name = _("code for a learner")
        verbose_name_plural = _("codes for learners")

    def __str__(self):
        return f"{self.learner} {self.made_at:%Y-%m-%d}"
