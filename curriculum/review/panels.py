"""What reviewers said, in Wagtail's page editor: each thread with a way to its block, and answered there.

The panel is one of the form's, above the fields, and shows nothing until somebody has said something about the page.
Its own fields have no names, so they are no part of the page: saving, autosave and Wagtail's warning about unsaved text
know nothing of them (see static/js/editor-talk.js).
"""

from functools import cached_property

from django.db.models import F
from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from curriculum.models import LibraryItem
from curriculum.review import speaking
from curriculum.review.enums import Disposition
from curriculum.review.margin import shorter
from curriculum.review.models import Submission
from curriculum.review.passages import passages_of, read_page
from curriculum.review.talk import Thread, conversation


class TalkPanel(Panel):
    """Threads about the page that is being edited, from the review that is open, else from the latest."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "review/editor_talk.html"

        @cached_property
        def submission(self) -> Submission | None:
            """One query where the page was never sent, and none for a page that is new."""
            if self.instance.pk is None:
                return None
            uids = {self.instance.translation_key, self.instance.get_parent().translation_key}
            rows = Submission.objects.filter(items__subject_uid__in=uids).order_by(
                F("decisions__at").desc(nulls_first=True), "-opened_at"
            )
            return rows.select_related("committee").prefetch_related("items", "entries__person", "decisions").first()

        @cached_property
        def threads(self) -> list[Thread]:
            return conversation(self.submission).on_page(self.instance.uid) if self.submission else []

        def is_shown(self):
            return bool(self.threads)

        @property
        def media(self):
            if not self.threads:
                return Media()
            return Media(css={"all": ["css/editor-talk.css"]}, js=[Script("js/editor-talk.js", type="module")])

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            submission = self.submission
            context.update(
                submission=submission,
                threads=[self._shown(thread) for thread in self._in_order],
                can_answer=speaking.can_answer(self.request.user, submission),
                room_url=reverse("review_room", args=[submission.pk]),
                dispositions=[(one.value, one.verb) for one in Disposition],
                screen_language=get_language(),
            )
            return context

        @property
        def _in_order(self) -> list[Thread]:
            """Those that wait for an answer first."""
            return sorted(self.threads, key=lambda thread: not thread.waits)

        @cached_property
        def _blocks(self) -> dict:
            """The page's blocks as they were sent, in its language."""
            snapshot = read_page(self.submission, self.instance.uid).get(self.instance.language)
            return passages_of(snapshot) if snapshot else {}

        def _shown(self, thread: Thread) -> dict:
            passage = self._blocks.get(thread.block)
            address = reverse("review_act", args=[self.submission.pk, thread.digest, "answer"])
            return {
                "thread": thread,
                "block": passage.id if passage else "",
                "excerpt": shorter(passage.words) if passage else "",
                "answer_url": "" if thread.is_closed else address,
            }


def add_to_editors() -> None:
    """Put the panel above the fields of every kind of library item. Called once, when all apps are loaded."""
    for model in LibraryItem.__subclasses__():
        first = model.edit_handler.children[0]
        first.children = [TalkPanel(heading=_("What was said in review"), icon="comment"), *first.children]
