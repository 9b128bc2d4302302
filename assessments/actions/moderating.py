"""A second look at a sample of sheets, so that assessors go on meaning the same by the same words."""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import groups, instrument, queries
from assessments.enums import SheetKind
from assessments.models import GroupRule, Moderated, Sheet
from assessments.permissions import check_can_coordinate
from assessments.policy import scoring, watching
from users.models import User


class NotModerated(ValueError):
    """Nothing was kept; says why and what to do."""


def sample(group_uid: UUID) -> list[Sheet]:
    """The sheets of a group that somebody looks at again: at least one in ten and five, the same every time one asks.

    Which those are cannot be known by whoever writes one. One query.
    """
    rows = {
        str(sheet.pk): sheet
        for sheet in Sheet.objects.filter(attempt__group=group_uid, kind=SheetKind.TRY).select_related("attempt")
    }
    salt = hashlib.sha256(f"{settings.SECRET_KEY}{group_uid}".encode()).hexdigest()
    return [rows[uid] for uid in watching.sample(list(rows), salt)]


@transaction.atomic
def moderate(*, sheet: Sheet, by: User, marks: Mapping[str, bool | int]) -> Moderated:
    """Another assessor, or the coordinator, says what they see in what is there. Changes no result.

    Raises NotModerated, PermissionDenied.
    """
    group = groups.find(sheet.attempt.group)
    if not (group and by.person_id in group.assessors):
        check_can_coordinate(by)
    if by.person_id == sheet.rater_id:
        raise NotModerated(_("This is your own sheet. Somebody else looks at it again."))
    read = instrument.read(sheet.digest)
    if missing := ", ".join(one.code for one in read.criteria if one.id not in marks):
        raise NotModerated(_("Say something of every point first. Still open: %(what)s.") % {"what": missing})
    if Moderated.objects.filter(sheet=sheet).exists():
        raise NotModerated(_("Somebody looked at this sheet again already. Nothing was changed."))
    said = {one.id: scoring.mark_of(read.rule, marks[one.id]) for one in read.criteria}
    return Moderated.objects.create(sheet=sheet, marks=queries.stored(said), person=by.person)


@transaction.atomic
def ask_for_raters(*, group_uid: UUID, raters: int, by: User) -> GroupRule:
    """How many people see each try of a group from now on, at least. Tries that are open keep what they began with.

    For whoever teaches the group, and coordinators. Raises NotModerated, PermissionDenied.
    """
    group = groups.find(group_uid)
    if not (group and by.person_id in group.leads):
        check_can_coordinate(by)
    if not 1 <= raters <= 3:
        raise NotModerated(_("One, two or three people. Nothing was changed."))
    row, _made = GroupRule.objects.update_or_create(group=group_uid, defaults={"raters": raters})
    return row
