"""The desk: what waits for me, what I wait for, what is done."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from curriculum.review import checklists, queries
from curriculum.review.checking import Asked
from curriculum.review.desk import Desk, Paper, desk_of
from curriculum.review.enums import Side
from curriculum.review.papers import batches_of
from curriculum.review.permissions import can_pass_on, can_see_numbers
from curriculum.review.presenting import Shower
from curriculum.review.reading import Sheet, read_sheets
from curriculum.review.table import has_met
from curriculum.review.views.access import for_readers
from curriculum.review.views.deciding import check_address
from curriculum.review.views.hurt_desk import top_of_desk
from users.forms.signing import ProofForm
from users.permissions import can_invite, roles_of
from users.roles import SIDES, Role

#: Who reads how many people were found competent; the floor above says the same (assessments.permissions.COUNTING).
READS_RESULTS = SIDES | {Role.COORDINATOR, Role.DESIGNER, Role.AUDITOR}


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
        "checks": [_check(paper, asked) for paper, asked in papers.checks],
        "may_name_somebody": bool(papers.side) and queries.may_name_somebody(request.user.person),
        "languages": language_choices(request, [paper.submission for paper in papers.small]),
        "small": [fix(paper, sheets[paper.submission.pk]) for paper in papers.small],
        "others": papers.others,
        "done": papers.done,
        "proof": ProofForm(request) if papers.small else None,
        "batches": batches_of(request.user),
        "safety": top_of_desk(request.user),
        "can_host": can_invite(request.user),
        "meets": can_invite(request.user) or has_met(request.user),
        "sees_numbers": can_see_numbers(request.user),
        "passes_on": can_pass_on(request.user),
        "may_be_asked_to_hear": bool(roles_of(request.user) & SIDES),
        "reads_results": bool(roles_of(request.user) & READS_RESULTS),
    }


def languages_asked(submissions) -> list[str]:
    """The languages one is asked to have read: of each fix that changes several, as on its own sheet."""
    several = [submission.languages for submission in submissions if len(submission.languages) > 1]
    return list(dict.fromkeys(language for languages in several for language in languages))


def language_choices(request, submissions) -> list[dict]:
    """The same as review/languages_asked.html takes them, the reader's own ticked."""
    names = dict(settings.LANGUAGES)
    return [
        {"code": code, "name": names.get(code, code), "mine": code in request.user.reads}
        for code in languages_asked(submissions)
    ]


def _check(paper: Paper, asked: Asked) -> dict:
    """One check that waits for this person, with the way to give it."""
    name = checklists.name_of(asked.kind, asked.language)
    return {"paper": paper, "name": name, "url": check_address(paper.submission, asked)}


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
