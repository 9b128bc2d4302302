"""Wagtail's admin around the editor: menu, panels, reports, colors."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

_MODERATION = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)
_REPORTS = frozenset({"workflows", "workflow-tasks", "aging-pages"})


class ForReaders(MenuItem):
    """Shown to whoever may read reviews."""

    def is_shown(self, request):
        return request.user.has_perm("review.view_submission")


def my_modules():
    return MenuItem(_("My modules"), reverse("write"), name="my-modules", icon_name="edit", order=1)


def review_desk():
    return ForReaders(_("Review"), reverse("review_desk"), name="review", icon_name="group", order=2)


def without_moderation_panels(request, panels) -> None:
    panels[:] = [panel for panel in panels if not isinstance(panel, _MODERATION)]


def without_moderation_reports(request, items) -> None:
    items[:] = [item for item in items if item.name not in _REPORTS]


def style():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
