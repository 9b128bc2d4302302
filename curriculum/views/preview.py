"""The page editor's preview: the draft through the learners' renderer, marked as a draft."""

from django.shortcuts import render as respond
from django.urls import reverse

from curriculum.editions.portable import dump
from curriculum.editions.render import REVIEWER, Reading, render


def preview(request, page):
    """The unsaved draft as it would read, with facilitator parts shown because a writer is looking."""
    snapshot = dump(page)
    media = reverse("draft_media", args=["x"]).removesuffix("x")
    reading = Reading(language=snapshot["language"], audience=REVIEWER, media=media)
    return respond(
        request,
        "curriculum/preview.html",
        {"snapshot": snapshot, "body": render(snapshot, reading), "language": snapshot["language"]},
    )
