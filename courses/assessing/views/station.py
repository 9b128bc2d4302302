"""The station: an assessor writes down what they see, on a phone, with or without a line.

One page holds everything a phone needs; static/js/station.js keeps it and every sheet until it is sent. Without a
script it is a plain form for one learner. Nothing on it tells what anybody else saw of a try that is open.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from assessments import instrument, methods
from assessments.actions import trying
from assessments.actions.trying import NotTaken
from assessments.enums import EvidenceKind, EvidenceRule
from assessments.evidence import protocol
from assessments.models import Attempt, Upload
from assessments.permissions import can_assess, check_can_assess
from courses.assessing import people, sheets
from courses.assessing.access import address, for_assessors
from courses.assessing.form import Form
from courses.cohorts.text import Text
from courses.teaching import access
from users.models import Learner

#: What can be sent as a file; words are the notes of a sheet.
FILES = (EvidenceKind.PHOTO, EvidenceKind.VIDEO, EvidenceKind.AUDIO, EvidenceKind.FILE)


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
@ensure_csrf_cookie
@for_assessors
def station(request, course, group, uid):
    """One assessment and the learners of the course. POST is the plain form of one learner, or of a team."""
    pinned = group.pages.get(str(uid))
    if pinned is None:
        raise Http404
    read = instrument.read(pinned.digest(translation.get_language()))
    slice_ = methods.of(read.method)
    rows = people.rows(course, group, read, request.user)
    form = Form(read, slice_, rows, request.POST if request.method == "POST" else request.GET)
    refusals = []
    if request.method == "POST":
        refusals = _take_form(request, course, form)
        if not refusals:
            return redirect(address(course, f"skills/station/{uid}/"))
    kinds = slice_.takes(read.evidence)
    context = {
        "read": read,
        "slice": slice_,
        "lessons": _lessons(course, read) if slice_.confirmations else [],
        "digests": " ".join(pinned.digests.values()),
        "form": form,
        "refusals": refusals,
        "raters": trying.raters_for(group.uid, read),
        "counts": can_assess(request.user, group),
        "account": people.token(request.user),
        "pieces": people.pieces(group, read, rows) if kinds else [],
        "files": [kind for kind in FILES if kind in kinds],
        "rules_to_tick": [one for one in EvidenceRule if one in slice_.rules],
        "other_rules": [one for one in EvidenceRule if one not in slice_.rules],
    }
    return access.show(
        request, course, "assessing/station.html", context, tab="skills", status=422 if refusals else 200
    )


def _lessons(course, read) -> list:
    """The lessons whose objectives an assessment shows, as {uid, title}: what somebody may still have to do."""
    language = translation.get_language()
    return [
        {"uid": page.uid, "title": page.title(language)}
        for page in Text(course).lessons
        if page.code in read.objectives
    ]


def _take_form(request, course, form: Form) -> list[str]:
    """Keep the sheets of the plain form; the sentences of what was refused. What was kept stays kept."""
    if not form.chosen:
        return [_("Choose who you saw. Nothing was kept yet.")]
    refused = []
    for row in form.chosen:
        try:
            said = form.said(row)
        except NotTaken as error:
            refused.append(_named(form, row, str(error)))
            continue
        became = sheets.take(course, request.user, said)
        if became.state == sheets.KEPT:
            messages.success(request, f"{row.called}: {became.sentence}")
        else:
            refused.append(_named(form, row, became.sentence))
    return refused


def _named(form: Form, row, sentence: str) -> str:
    return f"{row.called}: {sentence}" if form.slice.is_team else sentence


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@for_assessors
def take_sheets(request, course, group):
    """GET gives a fresh token for sending, and whose phone this is now. POST takes sheets in, each by itself."""
    account = people.token(request.user)
    if request.method == "GET":
        return JsonResponse({"csrf": get_token(request), "account": account})
    if int(request.META.get("CONTENT_LENGTH") or 0) > sheets.MOST_BYTES:
        return _problem(413, _("Too much came at once, and nothing was kept here. Send fewer sheets at a time."))
    if request.headers.get("Highroad-Account", account) != account:
        return _problem(409, _("Somebody else is signed in now. These sheets wait for whoever wrote them."))
    try:
        rows = sheets.from_json(request.body)
    except sheets.Unreadable as error:
        return _problem(400, str(error))
    told = [sheets.take_row(course, request.user, row).told for row in rows]
    return JsonResponse({"sheets": told})


def _problem(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


@transaction.non_atomic_requests
@require_http_methods(["POST", "OPTIONS"])
@for_assessors
def begin_evidence(request, course, group):
    """A photo, film or recording of a learner's work begins: ?learner= and ?assessment= say whose and of what."""
    learner, pinned = _whose(request, group)
    try:
        check_can_assess(request.user, group)
    except PermissionDenied as refused:
        return _problem(403, str(refused))
    open_ones = Attempt.objects.filter(
        group=group.uid, learner=learner, assessment_uid=pinned.uid, results__isnull=True
    )

    return protocol.begin(
        request,
        learner=learner,
        group=group.uid,
        assessment_uid=uuid.UUID(pinned.uid),
        by=request.user.person,
        address=lambda upload: address(course, f"skills/evidence/{upload.pk}/"),
        attempt=open_ones.order_by("number").last(),
        kinds=_kinds(pinned),
    )


@transaction.non_atomic_requests
@require_http_methods(["HEAD", "PATCH", "POST", "OPTIONS"])
@for_assessors
def send_evidence(request, course, group, uid):
    """The pieces of a file, from whoever began it."""
    upload = get_object_or_404(Upload, pk=uid, group=group.uid, person=request.user.person_id)
    return protocol.go_on(request, upload)


def _whose(request, group):
    """(learner, assessment) of a file. Raises Http404."""
    try:
        learner = uuid.UUID(request.GET.get("learner", ""))
    except ValueError:
        raise Http404 from None
    pinned = group.pages.get(request.GET.get("assessment", ""))
    if learner not in group.learners or pinned is None:
        raise Http404
    return get_object_or_404(Learner.objects.select_related("person"), pk=learner), pinned


def _kinds(pinned) -> set[str]:
    read = instrument.read(pinned.digest(translation.get_language()))
    return {str(kind) for kind in methods.of(read.method).takes(read.evidence)}
