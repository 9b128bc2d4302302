"""The record of a submission, to read, print or take away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curriculum.review import record as records
from curriculum.review.reading import title_of
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers


@require_safe
@for_readers
def record(request, uid):
    """In order, with names for the people who keep the record and sides for everybody else."""
    submission = find(request, uid)
    manifest = submission.frozen.content
    context = {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "standing": standing(submission),
        "entries": records.told(submission, names=request.user.has_perm("review.view_submission")),
        "items": submission.items.all(),
        "decisions": submission.decisions.all(),
        "checks": manifest.get("checks", []),
        "author_count": len(submission.authors),
    }
    return render(request, "review/record.html", context)


@require_safe
@for_readers
def record_file(request, uid):
    """The same as JSON, complete enough to be checked without us."""
    submission = find(request, uid)
    answer = HttpResponse(records.as_json(submission), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="record-{submission.digest[:12]}.json"'
    return answer
