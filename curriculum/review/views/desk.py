"""The desk: what waits for me, what I wait for, what is done."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from curriculum.review.desk import Desk, Paper, desk_of
from curriculum.review.enums import Side
from curriculum.review.presenting import Shower
from curriculum.review.reading import Sheet, read_sheets
from curriculum.review.views.access import for_readers


@require_safe
@for_readers
def desk(request):
    papers = desk_of(request.user)
    return render(request, "review/desk.html", desk_context(request, papers))


def desk_context(request, papers: Desk) -> dict:
    sheets = read_sheets([paper.submission for paper in papers.small])
    everything = [*papers.waiting, *papers.small, *papers.others, *papers.done]
    return {
        "desk": papers,
        "sample": any(paper.submission.sample for paper in everything),
        "side": Side(papers.side) if papers.side else None,
        "waiting": papers.waiting,
        "small": [fix(paper, sheets[paper.submission.pk]) for paper in papers.small],
        "others": papers.others,
        "done": papers.done,
    }


def fix(paper: Paper, sheet: Sheet) -> dict:
    """One small fix with every language's redlines, as the card lists them."""
    submission = paper.submission
    room = reverse("review_room", args=[submission.pk])
    names = dict(settings.LANGUAGES)
    showers = [
        Shower(
            sheet,
            language,
            lambda uid: room,
            reverse("review_desk") + "media/",
            submission.sample,
            apart=f"{language}-{submission.pk.hex[:8]}",
        )
        for language in sheet.languages
        if sheet.changed_in(language)
    ]
    return {
        "paper": paper,
        "submission": submission,
        "room_url": room,
        "carriers": sheet.carriers,
        "versions": [
            {
                "language": shower.language,
                "name": names.get(shower.language, shower.language),
                "pages": [shower.page(page, full=True) for page in sheet.changed_in(shower.language)],
            }
            for shower in showers
        ],
    }
