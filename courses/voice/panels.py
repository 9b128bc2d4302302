"""In Wagtail's page editor: a line about what workers said of this page, with the way to it."""

from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from courses.voice import permissions, queries
from curriculum.models import LibraryItem


class VoicesPanel(Panel):
    """Shown only while something waits for an answer or for a change, to those who may read it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "voice/editor.html"

        @cached_property
        def count(self) -> int:
            if self.instance.pk is None or not permissions.can_triage(self.request.user):
                return 0
            return queries.open_on_page(self.instance.uid)

        def is_shown(self):
            return self.count > 0

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            context.update(count=self.count, url=f"{reverse('voices')}?page={self.instance.uid}")
            return context


def add_to_editors() -> None:
    """Put the panel above the fields of every kind of library item. Called once, when all apps are loaded."""
    for model in LibraryItem.__subclasses__():
        first = model.edit_handler.children[0]
        first.children = [VoicesPanel(heading=_("What workers said"), icon="comment"), *first.children]
