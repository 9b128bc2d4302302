"""Every way round a review that stock Wagtail leaves open: shown to work there, and to fail on a page of the library.

Each trap is one function. It is sprung twice: on a plain page under Wagtail's own approval, where the harm it names
must be done, and on a module before both sides, where nothing may be live, scheduled or approved afterwards, and
where the review must still come to a proper end.
"""

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import GroupApprovalTask, Page, Revision, Site, Task, TaskState, WorkflowPage

from curriculum import triggers
from curriculum.review import chain
from curriculum.review.actions import submit
from curriculum.review.enums import Outcome
from curriculum.review.models import Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from tests.review.stage import AGREED, UNSEEN, LibraryStage, Stage, StockStage, scheduled, swap_task
from tests.stock.models import StockPage

TRAPS = []


@dataclass(frozen=True)
class Trap:
    attempt: object
    harm: object

    def __str__(self):
        return self.attempt.__name__


def trap(harm):
    """Register a trap; `harm(stage)` says whether it did what it is after."""

    def register(attempt):
        TRAPS.append(Trap(attempt, harm))
        return attempt

    return register


def live(stage):
    return stage.page.live


def live_unseen(stage):
    return stage.page.live and stage.page.summary == UNSEEN


def another_is_live(stage):
    return Page.objects.type(type(stage.page)).filter(live=True).exclude(pk=stage.pk).exists()


def waits_for_its_hour(stage):
    return scheduled(stage.page)


def gone(stage):
    return stage.page is None


def approved_elsewhere(stage):
    return TaskState.objects.get(pk=stage.task_state.pk).status == TaskState.STATUS_APPROVED


def turned_down(stage):
    return TaskState.objects.get(pk=stage.task_state.pk).status == TaskState.STATUS_REJECTED


def no_longer_reviewed(stage):
    return not stage.page.workflow_in_progress


def rewritten_under_review(stage):
    return stage.task_state.revision_id and UNSEEN in json.dumps(
        Revision.objects.get(pk=stage.task_state.revision_id).content
    )


# Publishing past the reviewers


@trap(live_unseen)
def superuser_publishes_from_the_editor(stage: Stage):
    stage.edit(**{"action-publish": "action-publish"})


@trap(another_is_live)
def create_and_publish(stage: Stage):
    stage.create(**{"action-publish": "action-publish"})


@trap(live)
def bulk_publish(stage: Stage):
    stage.bulk("publish")


@trap(live)
def bulk_publish_of_the_section_with_all_below_it(stage: Stage):
    stage.client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={stage.page.get_parent().pk}", {"include_descendants": "on"}
    )


@trap(live_unseen)
def revision_publish(stage: Stage):
    stage.write().publish()


@trap(live_unseen)
def publish_action_without_permission_checks(stage: Stage):
    PublishPageRevisionAction(stage.write()).execute(skip_permission_checks=True)


@trap(live)
def publish_action_as_the_superuser(stage: Stage):
    PublishPageRevisionAction(stage.page.get_latest_revision(), user=stage.admin).execute()


# Scheduling


@trap(waits_for_its_hour)
def schedule_from_the_editor(stage: Stage):
    stage.edit(go_live_at="2090-01-01 09:00", **{"action-publish": "action-publish"})


@trap(waits_for_its_hour)
def go_live_at_in_the_future_and_publish(stage: Stage):
    stage.write(go_live_at=timezone.now() + timedelta(days=1)).publish()


@trap(live)
def an_approved_hour_that_has_come(stage: Stage):
    hour = timezone.now() - timedelta(minutes=1)
    stage.page.save_revision(approved_go_live_at=hour)
    call_command("publish_scheduled")


@trap(live)
def an_approved_hour_set_by_update(stage: Stage):
    hour = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=stage.page.latest_revision_id).update(approved_go_live_at=hour)
    call_command("publish_scheduled")


# Straight at the row


@trap(live)
def save_of_the_specific_page(stage: Stage):
    page = stage.page
    page.live = True
    page.save()


@trap(live)
def save_of_the_base_page(stage: Stage):
    page = Page.objects.get(pk=stage.pk)
    page.live = True
    page.save()


@trap(live)
def update_of_a_query(stage: Stage):
    Page.objects.filter(pk=stage.pk).update(live=True)


@trap(live)
def update_of_a_query_on_the_kind(stage: Stage):
    type(stage.page).objects.filter(pk=stage.pk).update(live=True)


@trap(live)
def bulk_update(stage: Stage):
    page = Page.objects.get(pk=stage.pk)
    page.live = True
    Page.objects.bulk_update([page], ["live"])


@trap(live)
def raw_sql(stage: Stage):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, stage.pk])


@trap(another_is_live)
def add_child_that_is_live(stage: Stage):
    page = stage.page
    extra = {"code": "NEW"} if hasattr(page, "code") else {}
    page.get_parent().add_child(instance=type(page)(title="New", slug="new", live=True, **extra))


# The reviewers' own machinery


@trap(live)
def disable_the_task(stage: Stage):
    stage.post("wagtailadmin_workflows:disable_task", stage.task_state.task_id)


@trap(live)
def disable_the_task_in_code(stage: Stage):
    Task.objects.get(pk=stage.task_state.task_id).deactivate(user=stage.admin)


@trap(no_longer_reviewed)
def disable_the_workflow(stage: Stage):
    stage.post("wagtailadmin_workflows:disable", stage.workflow.pk)


@trap(live)
def cancel_and_take_a_workflow_that_one_click_ends(stage: Stage):
    workflow = stage.trivial_workflow()
    root = Page.get_first_root_node().get_children().ancestor_of(stage.page, inclusive=True).get()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    WorkflowPage.objects.filter(page=stage.page.get_parent()).delete()
    stage.page.current_workflow_state.cancel(user=stage.admin)
    assert stage.page.get_workflow() == workflow
    stage.edit(**{"action-submit": "action-submit"})
    state = stage.page.current_workflow_task_state or workflow.start(stage.page, stage.admin).current_task_state
    stage.post("wagtailadmin_pages:workflow_action", stage.pk, "approve", state.pk)


@trap(live)
def end_the_task_after_swapping_it_in_the_workflow(stage: Stage):
    other = GroupApprovalTask.objects.create(name="Another click")
    swap_task(stage.workflow, other)
    stage.task_state.cancel(user=stage.admin)
    state = stage.page.current_workflow_task_state
    stage.post("wagtailadmin_pages:workflow_action", stage.pk, "approve", state.pk)


@trap(live)
def approve_through_wagtails_screen(stage: Stage):
    stage.post("wagtailadmin_pages:workflow_action", stage.pk, "approve", stage.task_state.pk)


@trap(live_unseen)
def edit_and_approve_in_one_post(stage: Stage):
    stage.edit(**{"action-workflow-action": "1", "workflow-action-name": "approve"})


@trap(approved_elsewhere)
def act_through_another_pages_address(stage: Stage):
    other = Site.objects.get().root_page.add_child(instance=StockPage(title="Other", slug="other", live=False))
    other.save_revision()
    stage.trivial_workflow().start(other, stage.admin)
    stage.post("wagtailadmin_pages:workflow_action", other.pk, "approve", stage.task_state.pk)


@trap(approved_elsewhere)
def extra_json_that_leaves_the_workflow_behind(stage: Stage):
    extra = {"workflow-action-extra-data": json.dumps({"update": False})}
    stage.edit(**{"action-workflow-action": "1", "workflow-action-name": "approve", **extra})


@trap(live)
def approve_in_code(stage: Stage):
    stage.task_state.approve(user=stage.admin)


@trap(live)
def approve_in_code_by_the_base_class(stage: Stage):
    TaskState.objects.get(pk=stage.task_state.pk).approve(user=stage.admin)


@trap(approved_elsewhere)
def approve_in_code_without_telling_the_workflow(stage: Stage):
    TaskState.objects.get(pk=stage.task_state.pk).approve(user=stage.admin, update=False)


@trap(turned_down)
def reject_in_code(stage: Stage):
    stage.task_state.reject(user=stage.admin)


@trap(turned_down)
def reject_in_code_by_the_base_class(stage: Stage):
    TaskState.objects.get(pk=stage.task_state.pk).reject(user=stage.admin)


@trap(approved_elsewhere)
def on_action_in_code(stage: Stage):
    stage.task_state.task.specific.on_action(stage.task_state, stage.admin, "approve", update=False)


@trap(live)
def finish_the_workflow_in_code(stage: Stage):
    stage.page.current_workflow_state.finish(user=stage.admin)


@trap(no_longer_reviewed)
def cancel_in_code_with_no_name(stage: Stage):
    stage.page.current_workflow_state.cancel()


# The words under review


@trap(rewritten_under_review)
def overwrite_the_revision_that_was_sent(stage: Stage):
    revision = Revision.objects.get(pk=stage.task_state.revision_id)
    Revision.objects.filter(pk=revision.pk).update(user=stage.admin)
    stage.edit(overwrite_revision_id=str(revision.pk), loaded_revision_id=str(revision.pk))


@trap(live_unseen)
def write_on_after_sending_and_let_them_approve(stage: Stage):
    stage.write()
    if isinstance(stage, StockStage):
        stage.agree()


# Deleting, copying, moving


@trap(gone)
def delete_from_the_admin(stage: Stage):
    stage.post("wagtailadmin_pages:delete")


@trap(gone)
def bulk_delete(stage: Stage):
    stage.bulk("delete")


@trap(gone)
def delete_the_section(stage: Stage):
    stage.post("wagtailadmin_pages:delete", stage.page.get_parent().pk)


@trap(gone)
def bulk_delete_of_the_section(stage: Stage):
    stage.client.post(f"/admin/bulk/wagtailcore/page/delete/?id={stage.page.get_parent().pk}")


@trap(gone)
def delete_in_code(stage: Stage):
    stage.page.delete(user=stage.admin)


@trap(gone)
def delete_the_section_in_code(stage: Stage):
    stage.page.get_parent().delete()


@trap(gone)
def delete_by_query(stage: Stage):
    Page.objects.filter(pk=stage.pk).delete()


@trap(another_is_live)
def copy_and_publish_the_copy(stage: Stage):
    stage.post(
        "wagtailadmin_pages:copy",
        data={
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": stage.page.get_parent().pk,
            "copy_subpages": "on",
            "publish_copies": "on",
        },
    ) and stage.page.get_next_sibling().get_latest_revision().publish()


@trap(another_is_live)
def copy_that_says_it_is_live(stage: Stage):
    stage.page.copy(update_attrs={"slug": "copy", "live": True})


@trap(another_is_live)
def alias_that_follows_a_publication(stage: Stage):
    stage.page.create_alias(update_slug="alias")
    stage.page.get_latest_revision().publish()


@trap(live)
def move_to_where_one_click_ends_a_review(stage: Stage):
    section = stage.page.get_parent()
    target = section.get_parent().specific
    WorkflowPage.objects.update_or_create(page=target, defaults={"workflow": stage.trivial_workflow()})
    stage.page.move(target, pos="last-child", user=stage.admin)
    stage.page.current_workflow_state.cancel(user=stage.admin)
    state = stage.page.get_workflow().start(stage.page, stage.admin).current_task_state
    state.approve(user=stage.admin)


@pytest.fixture
def stock(db, client, cast):
    root = Site.objects.get().root_page
    section = root.add_child(instance=StockPage(title="Section", slug="section", live=False))
    inner = section.add_child(instance=StockPage(title="Inner", slug="inner", live=False))
    page = inner.add_child(instance=StockPage(title="Page", slug="page", live=False))
    return StockStage(page, client, cast)


@pytest.fixture
def library(client, cast, module):
    def send(page):
        submit(page=page, by=cast["designer"], proposal=Proposal(note="Gloves."))

    return LibraryStage(module, client, cast, send)


@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_stock_wagtail_falls_for_it(trap, stock):
    assert not trap.harm(stock)
    trap.attempt(stock)
    assert trap.harm(stock)


@pytest.mark.parametrize("trap", TRAPS, ids=str)
def test_the_library_does_not(trap, library):
    library.suffer(trap.attempt)
    library.holds()
    assert trap.harm is not gone or library.page
    library.ends_as_it_should()


def test_disabling_the_workflow_is_written_down_as_taking_back(library):
    library.post("wagtailadmin_workflows:disable", library.workflow.pk)
    entry = library.submission.entries.get()
    assert (entry.outcome, entry.person) == (Outcome.WITHDRAWN, library.admin.person)
    with pytest.raises(CannotSign, match="taken back"):
        library.agree()


def test_swapping_the_task_while_they_read_ends_with_a_word_to_the_last_signer(library):
    swap_task(library.workflow, GroupApprovalTask.objects.create(name="Another click"))
    with pytest.raises(CannotSign, match="settings"):
        library.agree()
    assert [entry.side for entry in Submission.objects.get().entries.all()] == ["labor"]
    library.holds()


def test_what_was_agreed_stays_agreed_whatever_becomes_of_the_page(library):
    library.agree()
    library.post("wagtailadmin_pages:unpublish")
    library.post("wagtailadmin_pages:delete")
    assert library.page is None
    assert library.outcomes == {Outcome.APPROVED}
    assert library.approved_words == AGREED
    assert chain.problems(Submission.objects.get()) == []


def test_stock_wagtail_takes_an_agreed_page_down_by_one_hand(stock):
    stock.agree()
    assert stock.page.live
    stock.post("wagtailadmin_pages:unpublish")
    assert not stock.page.live


@pytest.mark.parametrize("kind", triggers.never_live_models(), ids=lambda model: model.__name__)
def test_no_kind_of_library_page_is_ever_live(library, curriculum, kind):
    library.pk = kind.objects.last().pk
    for attempt in (update_of_a_query, bulk_update, bulk_publish, save_of_the_specific_page, save_of_the_base_page):
        library.suffer(attempt)
    library.holds()
