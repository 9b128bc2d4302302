from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class StockPage(Page):
    """A page with nothing of ours on it: it has the one field of a module that the traps change."""

    summary = models.TextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]
