"""In Wagtail's page editor: what the chosen method is, and only the fields it uses.

Without JavaScript, and for a field that holds something already, everything shows.
"""

from django.forms import Media
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, Panel

from assessments.methods import SLICES
from assessments.models import AssessmentPage


class MethodPanel(Panel):
    """One sentence of help for each method, with the names of its fields; the one that is chosen shows."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "assessments/editor_method.html"

        @property
        def media(self):
            css = {"all": ["css/editor-method.css"]}
            return Media(css=css, js=[Script("js/editor-method.js", type="module")])

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            slices = list(SLICES.values())
            context.update(slices=slices, chosen=self.instance.method)
            return context


def add_to_editor() -> None:
    """Put it below the choice of method. Called once, when all apps are loaded."""
    first = AssessmentPage.edit_handler.children[0]
    at = next(place for place, child in enumerate(first.children) if isinstance(child, FieldRowPanel)) + 1
    first.children = [*first.children[:at], MethodPanel(heading=_("About this method")), *first.children[at:]]
