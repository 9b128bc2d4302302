"""What designers and the coordinator see and do, and what everybody else who works here hears."""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.delivery import answers
from courses.voice import answering, forms, marking, passages, permissions, policy, queries, recordings, tying
from courses.voice.enums import State, StepKind
from courses.voice.models import VoiceItem
from curriculum.models import Frozen
from curriculum.review.permissions import makes_samples

#: How many of those that are settled are listed.
SETTLED = 30


def _only(allowed):
    """A decorator: for signed-in people of whom `allowed(user)` is true. That there is something is private too."""

    def decorate(view):
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not allowed(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


triage_only, hear_only = _only(permissions.can_triage), _only(permissions.can_hear)


@require_safe
@triage_only
def triage(request):
    """Everything that waits, by the day it is due; what no version carries yet; what was settled last."""
    rows = VoiceItem.objects.all()
    if page := request.GET.get("page"):
        rows = rows.filter(page_uid=_uid(page))
    carried = Q(state__in=policy.CARRIED, tied_number=None)
    settled = rows.filter(state__in=policy.CLOSED).exclude(carried)
    found = queries.shown(
        [
            *rows.filter(state__in=policy.OPEN),
            *rows.filter(carried),
            *settled.order_by("-came_on", "pk")[:SETTLED],
        ]
    )
    to_carry = [one for one in found if one.item.state in policy.CARRIED and one.item.tied_number is None]
    context = {
        "waiting": [one for one in found if one.item.state in policy.OPEN],
        "to_carry": to_carry,
        "settled": [one for one in found if one.item.state in policy.CLOSED and one not in to_carry],
        "one_page": found[0].page if page and found else "",
        "sample": makes_samples(request.user),
    }
    return render(request, "voice/triage.html", context)


@require_safe
@triage_only
def item(request, uid):
    return _item(request, _find(uid))


@require_POST
@triage_only
def acknowledge(request, uid):
    return _do(request, uid, answering.acknowledge, _("Marked as read. The sender sees that."))


@require_POST
@triage_only
def answer(request, uid):
    form = forms.AnswerForm(request.POST)
    return _with_form(
        request, uid, "answer_form", form, answering.answer, _("Answered. The sender sees it by the code.")
    )


@require_POST
@triage_only
def write_down(request, uid):
    form = forms.WrittenDownForm(request.POST)
    return _with_form(request, uid, "written_form", form, answering.write_down, _("Written down."))


@require_POST
@triage_only
def look(request, uid):
    """What is marked in words that are about to be cleared. Nothing is saved."""
    form = forms.ClearedForm(request.POST)
    form.is_valid()
    return _item(request, _find(uid), cleared_form=form, looked_at=request.POST.get("words", ""))


@require_POST
@triage_only
def clear(request, uid):
    form = forms.ClearedForm(request.POST)
    return _with_form(request, uid, "cleared_form", form, answering.clear, _("Saved for everybody else to read."))


@require_POST
@triage_only
def tie(request, uid):
    found = _find(uid)
    form = forms.TieForm(request.POST, versions=queries.versions_of(found.module_uid))
    return _with_form(request, uid, "tie_form", form, tying.tie, _("Tied. The course text says it from now on."))


@require_POST
@triage_only
def untie(request, uid):
    return _do(request, uid, tying.untie, _("Untied. The course text no longer says it."))


@require_safe
@triage_only
def recording(request, uid):
    """The recording itself, to whoever may hear it; never kept by a browser."""
    found = _find(uid)
    if not found.recording:
        raise Http404
    store = recordings.storage()
    try:
        file, size = store.open(found.recording, "rb"), store.size(found.recording)
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Content-Type": recordings.type_of(found.recording),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    response = answers.stream(request, file, size, headers)
    # A file response would guess from the name, and take sound for a film.
    response.headers["Content-Type"] = headers["Content-Type"]
    return response


@require_safe
@hear_only
def heard(request):
    """What was cleared, by module and paragraph, with what became of it. No day, no order of time."""
    modules: dict[str, dict[tuple[str, str], list]] = {}
    for one in queries.heard():
        told = {"shown": one, "answer": queries.last_answer(one.item)}
        modules.setdefault(one.module, {}).setdefault((one.page, one.passage), []).append(told)
    told = [
        {
            "title": title,
            "places": [{"page": page, "passage": passage, "items": items} for (page, passage), items in places.items()],
        }
        for title, places in modules.items()
    ]
    context = {"modules": told, "triages": permissions.can_triage(request.user), "sample": makes_samples(request.user)}
    return render(request, "voice/heard.html", context)


def _item(request, found: VoiceItem, *, status: int = 200, looked_at: str | None = None, **bound):
    """One item with everything that can be done with it; `bound` are forms that came back."""
    snapshot = Frozen.objects.read([found.digest])[found.digest]
    said = found.words or found.transcript
    words = found.cleared or said if looked_at is None else looked_at
    versions = queries.versions_of(found.module_uid)
    context = {
        "shown": queries.shown([found])[0],
        "item": found,
        "paragraph": passages.html_of(snapshot, found.block_id),
        "text_language": found.page_language,
        "steps": found.steps.select_related("person"),
        "pieces": marking.pieces(words),
        "marks": marking.marks(words),
        "is_closed": found.state in policy.CLOSED,
        "is_taken_back": found.state == State.TAKEN_BACK,
        "can_acknowledge": policy.may(found.state, StepKind.ACKNOWLEDGED),
        "can_tie": policy.may(found.state, StepKind.TIED) and found.tied_number is None,
        "can_answer": policy.may(found.state, StepKind.ANSWERED) and found.tied_number is None,
        "answer_form": forms.AnswerForm(),
        "written_form": forms.WrittenDownForm(initial={"words": found.transcript}),
        "cleared_form": forms.ClearedForm(initial={"words": found.cleared or said}),
        "tie_form": forms.TieForm(versions=versions),
        "sample": makes_samples(request.user),
    } | bound
    return render(request, "voice/item.html", context, status=status)


def _with_form(request, uid, name: str, form, act, told: str):
    """Do `act` with what a form says, or show the form again with what is missing."""
    found = _find(uid)
    if form.is_valid():
        try:
            act(item=found, by=request.user, **form.cleaned_data)
        except ValueError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told)
            return redirect("voice_item", uid=uid)
    return _item(request, found, status=422, **{name: form})


def _do(request, uid, act, told: str):
    """The same without a form."""
    try:
        act(item=_find(uid), by=request.user)
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("voice_item", uid=uid)


def _find(uid) -> VoiceItem:
    return get_object_or_404(VoiceItem, pk=uid)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
