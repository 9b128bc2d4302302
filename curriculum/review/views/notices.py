"""Notices to pass on by hand: each as a short message to copy and text, for those whom no mail reaches."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from curriculum.review.actions.noticing import pass_on
from curriculum.review.letters import Line, Told
from curriculum.review.mailing import mail_is_on, still_to_tell
from curriculum.review.models import Notification
from curriculum.review.permissions import can_pass_on
from curriculum.review.views.access import only
from users.models import Person


@dataclass(frozen=True)
class ToTell:
    """One person and what they are to be told, in their language. `by_mail` says that a letter will, too."""

    person: Person
    language: str
    by_mail: bool
    lines: list[Line]


def for_coordinators(view):
    return never_cache(only(can_pass_on, view))


@require_safe
@for_coordinators
def notices(request):
    """People no mail reaches first. As many queries for many notices as for one in each language."""
    rows, people = still_to_tell(), defaultdict(list)
    told = Told(rows)
    for notice in rows:
        if notice.person_id != request.user.person_id:
            people[notice.person].append(notice)
    found = [_to_tell(told, person, own) for person, own in people.items()]
    found.sort(key=lambda one: (one.by_mail, one.lines[0].step.rank, str(one.person)))
    return render(request, "review/to_pass_on.html", {"people": found, "mail_is_on": mail_is_on()})


@require_POST
@for_coordinators
def passed_on(request, pk):
    """Take a notice off the list: it was told by hand."""
    pass_on(notice=get_object_or_404(Notification, pk=pk, principal=""), by=request.user)
    return redirect("review_notices")


def _to_tell(told: Told, person: Person, notices) -> ToTell:
    user = getattr(person, "user", None)
    language = (user and user.preferred_language) or settings.LANGUAGE_CODE
    with translation.override(language):
        lines = told.lines(notices)
    return ToTell(person, language, mail_is_on() and bool(user and user.email), lines)
