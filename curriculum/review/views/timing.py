"""In the room: until when, who has not answered yet, and where time at work to read it stands."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curriculum.review.actions import set_release_time
from curriculum.review.audiences import Place, Roster
from curriculum.review.deadlines import Deadline, deadline_of
from curriculum.review.enums import ReleaseState, SeatRole, Side
from curriculum.review.models import Submission
from curriculum.review.since import minutes_for
from curriculum.review.standing import Standing
from curriculum.review.views.access import find, for_readers
from users.models import Person
from users.permissions import has_role
from users.roles import Role


@dataclass(frozen=True)
class Missing:
    """A side that is waited for; names only for its own people and for those who keep the dates."""

    side: str
    names: list[str]

    @property
    def label(self):
        return Side(self.side).label


@dataclass(frozen=True)
class Time:
    """Where one person's time to read stands."""

    person: Person
    state: str
    is_own: bool

    @property
    def said(self):
        return ReleaseState(self.state).label if self.state else _("not asked for yet")


@dataclass(frozen=True)
class Timing:
    """What templates/review/timing.html takes."""

    deadline: Deadline | None
    asked: bool
    minutes: int
    missing: list[Missing]
    times: list[Time]
    states: list = field(default_factory=lambda: list(ReleaseState))

    @property
    def own(self) -> Time | None:
        return next((time for time in self.times if time.is_own), None)


def timing(request, submission: Submission, place: Standing, *, is_stale: bool) -> Timing:
    """For one reader. A constant number of queries, however many people sit on the committee."""
    user, roster = request.user, Roster([submission.committee_id])
    seats = {one.person.pk: one for one in roster.seated(submission.committee)}
    own = seats.get(user.person_id)
    sees_all = user.has_perm("review.view_submission")
    unanswered = roster.unanswered(submission, [] if is_stale else place.waiting_for)
    missing = [
        Missing(side, [str(one.person) for one in unanswered if one.side == side and (sees_all or _same(own, side))])
        for side in dict.fromkeys(one.side for one in unanswered)
    ]
    return Timing(
        deadline=None if is_stale else deadline_of(place),
        asked=any(one.person.pk == user.person_id for one in unanswered),
        minutes=minutes_for([submission]).get(submission.pk, 0),
        missing=missing,
        times=_times(user, submission, own, seats.values()) if place.is_open else [],
    )


class TimeForm(forms.Form):
    """Whose time, and where it stands."""

    person = forms.ModelChoiceField(queryset=Person.objects.all())
    state = forms.ChoiceField(choices=ReleaseState)


@require_POST
@for_readers
def set_time(request, uid):
    """One tap: asked for, agreed, or not needed. 404 for whoever may not say it for this person."""
    submission = find(request, uid)
    form = TimeForm(request.POST)
    if not form.is_valid():
        raise Http404
    minutes = minutes_for([submission]).get(submission.pk, 0)
    try:
        set_release_time(submission=submission, by=request.user, minutes=minutes, **form.cleaned_data)
    except PermissionDenied:
        raise Http404 from None
    state = ReleaseState(form.cleaned_data["state"])
    messages.success(request, _("Time at work to read it: %(state)s.") % {"state": state.label})
    return redirect(reverse("review_room", args=[submission.pk]))


def _times(user, submission, own: Place | None, seats) -> list[Time]:
    """Oneself; for a co-chair their side, for a coordinator both."""
    is_chair = own is not None and own.role == SeatRole.CO_CHAIR
    everybody = has_role(user, Role.COORDINATOR)
    shown = [one for one in seats if one.answers and (everybody or one is own or (is_chair and one.side == own.side))]
    if not shown:
        return []
    states = {row.person_id: row.state for row in submission.release_times.all()}
    times = [Time(one.person, states.get(one.person.pk, ""), one is own) for one in shown]
    return sorted(times, key=lambda time: not time.is_own)


def _same(own: Place | None, side: str) -> bool:
    return own is not None and own.side == side
