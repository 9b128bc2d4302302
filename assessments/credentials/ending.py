"""A credential does not hold any more; and taking its words away from here."""

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments import queries
from assessments.enums import ENOUGH
from assessments.models import Credential, CredentialEnd, CredentialSealed, Result
from assessments.permissions import check_can_coordinate
from users.models import Learner, Person, User


class Why(models.TextChoices):
    """Why a credential ended, and no more than this: kept in the record, never on the public page."""

    IN_ERROR = "in_error", gettext_lazy("It was given in error")
    CORRECTED = "corrected", gettext_lazy("A result it rests on was corrected")
    ASKED = "asked", gettext_lazy("The learner asked for it")


class NotEnded(ValueError):
    """The credential is as it was; says why."""


@transaction.atomic
def end(*, credential: Credential, why: Why, by: User | Learner) -> CredentialEnd:
    """From now on whoever checks it reads that it does not hold. For the coordinator, or the learner whose it is.

    Raises NotEnded, PermissionDenied. Cannot be undone; another can be given.
    """
    if not isinstance(by, Learner):
        check_can_coordinate(by)
    elif by.pk != credential.learner_id or why != Why.ASKED:
        raise PermissionDenied(_("Only the learner whose it is ends this credential. It still holds."))
    credential = Credential.objects.select_for_update(of=("self",)).get(pk=credential.pk)
    if CredentialEnd.objects.filter(credential=credential).exists():
        raise NotEnded(_("This credential ended before. Nothing was changed."))
    return CredentialEnd.objects.create(credential=credential, why=Why(why), person=by.person)


@transaction.atomic
def end_for_result(result: Result, by: Person | None) -> list[CredentialEnd]:
    """End what rests on a result that says competent no more. A correction to competent or recognized ends nothing."""
    rows = Result.objects.filter(attempt=result.attempt_id)
    if queries.newest(rows)[result.attempt_id].outcome in ENOUGH:
        return []
    of_the_try = {str(row.pk) for row in rows}
    held = Credential.objects.select_for_update(of=("self",)).filter(learner=result.attempt.learner_id, end=None)
    return [
        CredentialEnd.objects.create(credential=row, why=Why.CORRECTED, person=by)
        for row in held
        if of_the_try & set(row.results)
    ]


def on_corrected(sender, result: Result, by: Person | None, **kwargs) -> None:
    """Receiver of `assessments.signals.corrected`."""
    end_for_result(result, by)


@transaction.atomic
def seal(*, learner: Learner) -> None:
    """Take the name and the signed text of every credential of a learner away. What they carry still holds."""
    rows = list(Credential.objects.filter(learner=learner, sealed=None))
    CredentialSealed.objects.bulk_create(CredentialSealed(credential=row) for row in rows)
    Credential.objects.filter(pk__in=[row.pk for row in rows]).update(name="", token="")
