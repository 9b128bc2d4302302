"""Giving a learner a credential for what they showed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assessments import groups, queries
from assessments.credentials import badge, issuer, status, tokens
from assessments.enums import ENOUGH, Method, Subject
from assessments.models import Credential, Result
from assessments.permissions import can_assess, check_can_coordinate
from curriculum.enums import FrozenKind
from curriculum.review.models import Decision
from curriculum.review.queries import approved
from users.models import Learner, User

LONGEST_NAME = Credential._meta.get_field("name").max_length


class NotIssued(ValueError):
    """No credential was given; says why and what to do."""


@transaction.atomic
def issue(
    *,
    learner: Learner,
    group: UUID,
    subject: Subject,
    subject_uid: UUID | str,
    title: str,
    release: str,
    edition: str,
    results: Iterable[Result],
    name: str = "",
    language: str,
    valid_until: date | None,
    by: User | Learner | None = None,
) -> Credential:
    """Sign what `results` show, with `name` in it where the learner chose one. `edition` is empty for a curriculum.

    `by` None is the house itself, once everything is shown. Raises NotIssued, keys.NoKey, PermissionDenied.
    """
    _check_may(by, learner, group)
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    name, results = " ".join(name.split()), list(results)
    if len(name) > LONGEST_NAME:
        raise NotIssued(_("This name is too long to stand in a credential. Nothing was made: choose a shorter one."))
    agreed = _agreed(release, edition)
    methods = _methods(learner, results, language)
    _check_none_holds(learner, subject_uid, edition or release, name)
    if valid_until and valid_until < timezone.localdate():
        raise NotIssued(_("This would be out of date already: what it rests on has to be shown again first."))
    place, uid = status.free_place(), uuid4()
    list_number, index = status.where(place)
    told = badge.Told(
        uid=str(uid),
        center=issuer.name(),
        subject=Subject(subject),
        title=title,
        label=agreed.label,
        fingerprint=edition or release,
        methods=methods,
        language=language,
        issued_at=timezone.now().replace(microsecond=0),
        valid_until=valid_until,
        list_number=list_number,
        place=index,
        name=name,
        sample=agreed.sample,
    )
    return Credential.objects.create(
        uid=uid,
        learner=learner,
        group=group,
        subject=subject,
        subject_uid=subject_uid,
        title=title,
        release=release,
        edition=edition,
        results=[str(one.pk) for one in results],
        name=name,
        issued_at=told.issued_at,
        valid_until=valid_until,
        place=place,
        token=tokens.sign(badge.claims(told)),
    )


def _check_may(by, learner: Learner, group: UUID) -> None:
    if isinstance(by, Learner):
        if by.pk != learner.pk:
            raise PermissionDenied(_("A credential is asked for by the learner it is about. Nothing was made."))
    elif by is not None and not can_assess(by, groups.find(group)):
        check_can_coordinate(by)


def _agreed(release: str, edition: str) -> Decision:
    """The agreement on the course text. Nothing is said in a credential that both sides did not agree on."""
    found = approved(FrozenKind.RELEASE).filter(frozen=release).last()
    if found is None or (edition and not approved(FrozenKind.EDITION).filter(frozen=edition).exists()):
        raise NotIssued(_("Both sides have not agreed on this text, so no credential was given for it."))
    return found


def _methods(learner: Learner, results: list[Result], language: str) -> tuple[str, ...]:
    """How it was shown, in words. Raises NotIssued where a result is not the learner's, or does not count any more."""
    tries = {one.attempt_id: one.attempt for one in results}
    if not results or {one.learner_id for one in tries.values()} != {learner.pk}:
        raise NotIssued(_("A credential rests on the learner's own results, and one at least. None was given."))
    counting = queries.newest(Result.objects.filter(attempt__in=tries))
    if [uid for uid in tries if counting[uid].outcome not in ENOUGH]:
        raise NotIssued(_("A result it rests on was corrected, or is not there yet. No credential was given."))
    with translation.override(language):
        return tuple(str(method.label) for method in Method if method in {one.method for one in tries.values()})


def _check_none_holds(learner: Learner, subject_uid, fingerprint: str, name: str) -> None:
    rows = Credential.objects.filter(learner=learner, subject_uid=subject_uid, name=name, end=None, sealed=None)
    held = [row for row in rows if not row.valid_until or row.valid_until >= timezone.localdate()]
    if fingerprint in {row.edition or row.release for row in held}:
        raise NotIssued(_("There is such a credential already, and it holds. Nothing was made twice."))
