"""Evidence of one skill: adding words, pictures, sound and files, opening them, taking them back."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from assessments.actions import appealing
from assessments.enums import EvidenceKind, Method
from assessments.evidence import keeping, protocol, uploading
from assessments.evidence.content import NotTaken
from assessments.models import Appeal, Evidence, Upload
from courses.assessing import mine
from courses.assessing.own import for_learner, of_judged
from courses.cohorts.text import address
from courses.learning.pages import allow, of_course

#: Seconds that one recording in the browser may take.
LONGEST = {EvidenceKind.AUDIO: 600, EvidenceKind.VIDEO: 300}
#: What a phone or a desk offers to choose from.
ACCEPT = {
    EvidenceKind.PHOTO: "image/*",
    EvidenceKind.AUDIO: "audio/*",
    EvidenceKind.VIDEO: "video/*",
    EvidenceKind.FILE: ".pdf,.txt,application/pdf,text/plain",
}


@of_judged
def evidence(request, reader, language, skill):
    """What is there, and what may be added: only kinds that this assessment takes."""
    kinds, problem = kinds_of(skill), ""
    if not kinds:
        raise Http404
    if request.method == "POST":
        problem = _add(request, reader, skill, kinds)
        if not problem:
            return redirect(f"{_here(reader, language, skill)}?kept=1")
    learner = reader.enrollment.learner
    rows = Evidence.objects.filter(learner=learner, assessment_uid=skill.uid)
    context = {
        "skill": skill,
        "rows": rows,
        "kinds": [_kind(kind, skill) for kind in EvidenceKind if kind in kinds and kind != EvidenceKind.TEXT],
        "takes_text": EvidenceKind.TEXT in kinds,
        "problem": problem,
        "problem_of": request.POST.get("kind", ""),
        "text": request.POST.get("text", ""),
        "most_letters": uploading.MOST_LETTERS,
        "kept": "kept" in request.GET,
        "taken_back": request.GET.get("back", ""),
        "is_heard": _is_heard(skill),
        "back_url": address(reader.course.code, language, f"skills/{skill.uid}/"),
        "here": _here(reader, language, skill),
        "is_spoken": skill.read.method == Method.ORAL_RESPONSE,
    }
    below, status = f"skills/{skill.uid}/evidence/", 422 if problem else 200
    page = of_course(request, "assessing/learner/evidence.html", reader, language, below, context, status)
    # Video that was just recorded is shown from the phone's memory before it is sent.
    return allow(page, {"media-src": ["blob:"]})


@transaction.non_atomic_requests
@of_judged
def begin(request, reader, language, skill):
    """Where a script begins to send a file, over a line that may break."""
    learner = reader.enrollment.learner
    return protocol.begin(
        request,
        learner=learner,
        group=reader.course.pk,
        assessment_uid=skill.uid,
        by=learner.person,
        attempt=skill.open_here,
        address=lambda upload: f"{_here(reader, language, skill)}files/{upload.pk}/",
        kinds=kinds_of(skill) - {EvidenceKind.TEXT},
    )


@transaction.non_atomic_requests
@of_judged
def go_on(request, reader, language, skill, upload):
    """Where its pieces go."""
    mine_ = {"learner": reader.enrollment.learner_id, "assessment_uid": skill.uid}
    return protocol.go_on(request, get_object_or_404(Upload, pk=upload, **mine_))


@for_learner
def take_back(request, reader, language, uid, piece):
    """The learner takes a piece back: words and bytes go."""
    learner = reader.enrollment.learner
    row = get_object_or_404(Evidence, pk=piece, learner=learner, assessment_uid=uid)
    if request.method != "POST":
        raise Http404
    heard = keeping.withdraw(evidence=row, by=learner.person)
    back = address(reader.course.code, language, f"skills/{uid}/evidence/")
    return redirect(f"{back}?back={'heard' if heard else '1'}")


def kinds_of(skill: mine.Skill) -> frozenset[EvidenceKind]:
    return skill.slice.takes(skill.read.evidence)


def _add(request, reader, skill, kinds) -> str:
    """Keep what a plain form brought; "" or why nothing was kept."""
    kind = request.POST.get("kind", "")
    if kind not in kinds:
        return _("This assessment takes no evidence of that kind. Nothing was kept.")
    learner = reader.enrollment.learner
    about = {
        "learner": learner,
        "group": reader.course.pk,
        "assessment_uid": skill.uid,
        "by": learner.person,
        "attempt": skill.open_here,
    }
    try:
        if kind == EvidenceKind.TEXT:
            uploading.add_text(text=request.POST.get("text", ""), **about)
        else:
            _send(request.FILES.get("file"), kind, "consented" in request.POST, about)
    except NotTaken as error:
        return str(error)
    return ""


def _send(file, kind: str, consented: bool, about: dict) -> None:
    """The same way in as piece by piece. Raises NotTaken."""
    if file is None:
        raise NotTaken(_("Choose a file first. Nothing was kept yet."))
    upload = uploading.begin(kind=kind, size=file.size, consented=consented, **about)
    offset = 0
    while data := file.read(uploading.MOST_PIECE):
        upload = uploading.append(upload=upload, offset=offset, data=data)
        offset += len(data)
    uploading.finish(upload=upload)


def _is_heard(skill: mine.Skill) -> bool:
    """Whether somebody still looks at what lies here."""
    rows = Appeal.objects.filter(result__attempt__in=[one.pk for one in skill.tries]).prefetch_related("findings")
    return any(appealing.conclusion(row.findings.all()) is None for row in rows)


def _kind(kind: EvidenceKind, skill: mine.Skill) -> dict:
    is_answer = kind == EvidenceKind.AUDIO and skill.read.method == Method.ORAL_RESPONSE
    return {
        "value": kind.value,
        "label": kind.label,
        "accept": ACCEPT[kind],
        "needs_consent": kind in uploading.WITH_CONSENT,
        "is_sound": kind == EvidenceKind.AUDIO,
        "longest": LONGEST.get(kind),
        "has_place": kind in (EvidenceKind.PHOTO, EvidenceKind.VIDEO),
        "days": skill.slice.keep_days.get(kind),
        "days_after": keeping.DAYS_OF_AN_ANSWER if is_answer else None,
        "most": uploading.MOST_BYTES[kind],
        "most_mb": uploading.MOST_BYTES[kind] // uploading.MB,
    }


def _here(reader, language: str, skill: mine.Skill) -> str:
    return address(reader.course.code, language, f"skills/{skill.uid}/evidence/")
