"""The record of a submission: to read, to print, to take away as paper or as a file that can be checked."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from curriculum import printing
from curriculum.review import division, queries, telling
from curriculum.review import record as records
from curriculum.review.enums import EntryKind
from curriculum.review.models import RecordExport
from curriculum.review.reading import read_sheet, title_of
from curriculum.review.speaking import can_seal
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers


@require_safe
@for_readers
def record(request, uid):
    """In order, with names for the people who keep the record and sides for everybody else."""
    submission = find(request, uid)
    shown = context(request, submission) | {"sealable": sealable(request, submission)}
    return render(request, "review/record.html", shown)


@require_safe
@for_readers
def record_file(request, uid):
    """The same as JSON, complete enough to be checked without us."""
    submission = find(request, uid)
    return _taken(
        request,
        submission,
        RecordExport.Form.JSON,
        HttpResponse(records.as_json(submission), content_type="application/json; charset=utf-8"),
    )


@require_safe
@for_readers
def record_paper(request, uid):
    """The same as PDF: the packet that is filed."""
    submission = find(request, uid)
    if not printing.available():
        raise Http404
    html = render_to_string("review/packet.html", context(request, submission), request)
    answer = HttpResponse(printing.pdf(html, "css/packet.css"), content_type="application/pdf")
    return _taken(request, submission, RecordExport.Form.PDF, answer)


def context(request, submission) -> dict:
    """What the page and the paper show."""
    names = request.user.has_perm("review.view_submission")
    manifest = submission.frozen.content
    sheet = read_sheet(submission)
    return {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "standing": standing(submission),
        "sheet": sheet,
        "entries": telling.told(submission, sheet, names=names),
        "charter": telling.charter_lines(submission),
        "items": records.fingerprints(submission),
        "decisions": submission.decisions.all(),
        "later": queries.decided_later(submission),
        "checks": manifest.get("checks", []),
        "author_count": len(submission.authors),
        "exports": submission.exports.select_related("person") if names else [],
        "has_paper": printing.available(),
        "readings": _readings(request, submission, sheet),
    }


def _readings(request, submission, sheet) -> list[dict]:
    """Who was given what to read and who read it: for auditors and administrators alone."""
    if not request.user.has_perm("review.view_reading"):
        return []
    titles = sheet.titles
    return [{**row, "title": titles.get(row["page"], "")} for row in division.told(submission)]


def sealable(request, submission) -> set[str]:
    """Fingerprints of the entries whose words this reader may take away."""
    if not can_seal(request.user):
        return set()
    return {entry.digest for entry in submission.entries.all() if entry.said and entry.kind != EntryKind.SEALED}


def _taken(request, submission, form, answer):
    """Hand a file over, and keep who took it."""
    RecordExport.objects.create(submission=submission, person=request.user.person, form=form)
    answer["Content-Disposition"] = f'attachment; filename="record-{submission.digest[:12]}.{form}"'
    return answer
