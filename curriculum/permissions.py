"""What may be done to library pages, whoever asks: never published, never deleted under review."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester, WorkflowState


class NeverLive(PermissionDenied):
    """Somebody tried to put a library page on the web. Learners read agreed course texts, never drafts."""

    sentence = _(
        "Pages of the library are drafts and are never published. What learners read is the course text that both "
        "sides agreed on. Nothing was changed. Use Send for agreement."
    )

    def __init__(self):
        super().__init__(self.sentence)


class LibraryPermissionTester(PagePermissionTester):
    """The superuser is asked too: these answers do not depend on rank."""

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_unpublish(self):
        return False

    def can_unschedule(self):
        return False

    def can_submit_for_moderation(self):
        """Only through *Send for agreement*, which checks, asks for a sentence and freezes."""
        return False

    def can_set_view_restrictions(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not under_review(self.page)


def under_review(page) -> bool:
    """Whether this page or one below it is before a committee now."""
    keys = [str(key) for key in page.get_descendants(inclusive=True).values_list("pk", flat=True)]
    kind = page.get_base_content_type()
    return WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=keys).exists()
