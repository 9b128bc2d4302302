"""Setting up who agrees on what: a committee, its people, and the workflow that brings content to it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from curriculum.review.enums import SeatRole
from curriculum.review.models import Committee, JointReviewTask, Representative, Seat


@transaction.atomic
def found_committee(*, shelf, slug: str, name: str, labor_name: str, management_name: str) -> Committee:
    """A committee on the light charter that looks after everything below `shelf`. Idempotent by slug."""
    committee, made = Committee.objects.get_or_create(
        slug=slug, defaults={"name": name, "labor_name": labor_name, "management_name": management_name}
    )
    if made:
        # Wagtail's migrations put a moderators' workflow on the root page; nobody may be sent there.
        WorkflowPage.objects.filter(page__depth=1).delete()
        task = JointReviewTask.objects.create(name=name, committee=committee)
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.update_or_create(page=shelf, defaults={"workflow": workflow})
    return committee


@transaction.atomic
def seat(*, person, committee: Committee, side: str, role: str = SeatRole.MEMBER) -> Seat:
    """Give a person a place on one side, as a member unless `role` says otherwise.

    Raises ValidationError when they speak for the other side.
    """
    representative, _made = Representative.objects.get_or_create(person=person, defaults={"side": side})
    if representative.side != side:
        raise ValidationError(
            _("%(person)s already speaks for the other side. Nothing was changed. One person sits on one side.")
            % {"person": person}
        )
    found, _made = Seat.objects.get_or_create(
        committee=committee, representative=representative, until=None, defaults={"role": role}
    )
    return found
