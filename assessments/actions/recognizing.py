"""Experience from before: a claim, and two people who saw the work and confirm it. Hours the law asks for stay."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import groups, queries
from assessments.actions import deciding, trying
from assessments.actions.trying import NotTaken, Signed
from assessments.enums import Capacity, Method, SheetKind
from assessments.models import Attempt, Attestation, Words
from users.models import Learner, User


@transaction.atomic
def claim(*, learner: Learner, group_uid, digest: str, text: str) -> Attempt:
    """A learner says what they did before. The try stays open until an assessor has looked at it. Raises NotTaken."""
    group = groups.find(group_uid)
    if group is None or learner.pk not in group.learners:
        raise NotTaken(_("This phone is not in that course any more. Nothing was kept."))
    if not text.strip():
        raise NotTaken(_("Write what you did, and where and when. Nothing was kept yet."))
    learner = deciding.hold(learner.pk)
    attempt = trying.open_try(group=group, learner=learner, digest=digest, by=learner.person)
    if attempt.method != Method.PRIOR_EXPERIENCE:
        raise NotTaken(_("This is not the place for experience from before. Nothing was kept."))
    if queries.sheets_of(attempt, SheetKind.TRY):
        raise NotTaken(_("Somebody wrote down what they think of this already. It stays as you said it."))
    Words.objects.filter(of=attempt.pk).delete()
    Words.objects.create(learner=learner, of=attempt.pk, text=text.strip())
    return attempt


@transaction.atomic
def attest(
    *,
    attempt: Attempt,
    capacity: Capacity,
    signed: Signed,
    last_seen_on: date,
    text: str,
    by: User | None = None,
) -> Attestation:
    """Somebody who saw the work confirms it: on the learner's phone, or to an assessor who writes it down.

    One person confirms once, in one capacity. Raises NotTaken.
    """
    attempt = deciding.held(attempt)
    if queries.result_of(attempt) is not None:
        raise NotTaken(_("This was decided already. Nothing was kept."))
    if not all(one.strip() for one in (signed.name, signed.role, signed.organization, text)):
        raise NotTaken(_("Write your name, your role, where you worked, and what you saw. Nothing was kept yet."))
    if last_seen_on > timezone.localdate():
        raise NotTaken(_("The day you last saw it cannot lie ahead. Nothing was kept yet."))
    named = [row.witness.name.casefold() for row in attempt.attestations.all()]
    if signed.name.strip().casefold() in named:
        raise NotTaken(
            _("%(name)s confirmed this already. The second person is somebody else.") % {"name": signed.name}
        )
    row = Attestation.objects.create(
        attempt=attempt,
        capacity=capacity,
        witness=trying.witness_of(signed),
        last_seen_on=last_seen_on,
        person=by and by.person,
    )
    Words.objects.create(learner_id=attempt.learner_id, of=row.pk, text=text.strip())
    return row
