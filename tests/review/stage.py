"""Two stages for the same trap: a page as Wagtail has it, and a module of the library, each before its reviewers."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Revision, Task, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import querydict_from_html

from curriculum import triggers
from curriculum.models import Frozen
from curriculum.review import chain, queries
from curriculum.review.enums import Outcome
from curriculum.review.models import Decision, Submission
from tests.factories import agree
from users.grants import group_of
from users.roles import Role

AGREED = "The words that were sent."
UNSEEN = "Words that no reviewer saw."


class Stage:
    """A page under review, and the superuser who tries it. `streams` are the StreamFields its form must post."""

    streams = ()

    def __init__(self, page, client, cast):
        self.pk, self.client, self.cast, self.admin = page.pk, client, cast, cast["admin"]
        client.force_login(self.admin)
        self.start()
        self.task_state = self.page.current_workflow_task_state
        self.workflow = self.page.current_workflow_state.workflow

    @property
    def page(self):
        """The page as it is in the database now, or None."""
        page = Page.objects.filter(pk=self.pk).first()
        return page and page.specific

    def write(self, words=UNSEEN, **fields):
        """Save a newer draft in code, as its designer. Returns the revision."""
        page = self.page
        page.summary = words
        for name, value in fields.items():
            setattr(page, name, value)
        if not page.live:
            page.save()
        return page.save_revision(user=self.cast["designer"], log_action=True)

    def edit(self, words=UNSEEN, **posted):
        """Post the page's editor as a browser would, with newer words."""
        return self._post(reverse("wagtailadmin_pages:edit", args=[self.pk]), summary=words, **posted)

    def create(self, **posted):
        """Post the form for a new page of the same kind beside this one."""
        page = self.page
        names = (page._meta.app_label, page._meta.model_name, page.get_parent().pk)
        return self._post(
            reverse("wagtailadmin_pages:add", args=names), title="New", slug="new", summary=UNSEEN, **posted
        )

    def bulk(self, action, **posted):
        """Choose the page in a listing and run a bulk action on it."""
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        return self.client.post(f"{address}?id={self.pk}", posted)

    def post(self, name, *args, data=None):
        return self.client.post(reverse(name, args=args or [self.pk]), data or {})

    def _post(self, address, **fields):
        data = querydict_from_html(self.client.get(address).content.decode(), form_id="page-edit-form")
        data.update({f"{name}-count": "0" for name in self.streams} | fields)
        return self.client.post(address, data)

    def trivial_workflow(self):
        """A workflow that anybody of one group ends alone."""
        task = GroupApprovalTask.objects.create(name="One click")
        task.groups.add(group_of(Role.DESIGNER))
        workflow = Workflow.objects.create(name="One click")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        return workflow


class StockStage(Stage):
    """Wagtail's own page and its own approval by a group."""

    def start(self):
        workflow = self.trivial_workflow()
        WorkflowPage.objects.create(page=self.page.get_parent(), workflow=workflow)
        self.write(AGREED)
        workflow.start(self.page, self.cast["designer"])

    def agree(self):
        """Everybody asked has agreed: Wagtail publishes."""
        self.task_state.approve(user=self.admin)


class LibraryStage(Stage):
    """A module before both sides."""

    streams = ("prerequisites", "alignments")

    def __init__(self, page, client, cast, send):
        self._send = send
        super().__init__(page, client, cast)
        self.submission = queries.open_submission_of(self.page.uid)

    def start(self):
        self.write(AGREED)
        self._send(self.page)

    def agree(self):
        agree(self.submission, self.cast["labor1"], self.cast["management1"])

    def suffer(self, attempt):
        """Try it. A refusal is kept as a request would keep it: what the database said no to is rolled back."""
        with suppress(DatabaseError), transaction.atomic(), suppress(PermissionDenied):
            attempt(self)

    @property
    def outcomes(self):
        return {row.outcome for row in Decision.objects.filter(submission=self.submission)}

    @property
    def approved_words(self):
        """The summary in the module's agreed version."""
        edition = queries.current_edition(self.submission.subject_uid).frozen.content
        digest = edition["snapshots"][0]["digest"]
        return Frozen.objects.get(pk=digest).content["summary"]

    def holds(self):
        """Nothing is live, scheduled or approved, and the record hangs together."""
        types = [model.__name__ for model in triggers.never_live_models()]
        live = [page for page in Page.objects.filter(live=True) if page.specific_class.__name__ in types]
        assert live == []
        assert not Decision.objects.filter(outcome=Outcome.APPROVED).exists()
        assert [chain.problems(row) for row in Submission.objects.all()] == [[]]
        assert all(row.is_intact for row in Frozen.objects.all())
        assert triggers.missing() == []

    def ends_as_it_should(self):
        """While it is open both sides can still agree, on the words that were sent; an ended one was taken back."""
        if self.outcomes:
            assert self.outcomes == {Outcome.WITHDRAWN}
            return
        self.agree()
        assert self.outcomes == {Outcome.APPROVED}
        assert self.approved_words == AGREED
        assert not Page.objects.filter(pk=self.pk, live=True).exists()


def scheduled(page):
    """Whether some revision of the page waits for its hour."""
    return Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).exists()


def swap_task(workflow, task: Task):
    """Put another task in the place of a workflow's tasks, as its edit form does."""
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
