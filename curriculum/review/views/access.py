"""Who gets in. Whether a review exists is private: people it is not for get the page that says nothing is here."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.cache import never_cache

from curriculum.review import drafts, queries
from curriculum.review.models import Submission
from curriculum.review.permissions import check_can_read
from users.permissions import can_see_drafts


def sits_or_reads(user) -> bool:
    """Whether a person has any business in review: a seat on some committee, a check, or the right to read all."""
    if user.has_perm("review.view_submission"):
        return True
    return queries.seats_of(user.person).exists() or queries.checks_as(user.person).exists()


def for_readers(view):
    """People with a seat, and those who may read every review. What they get is never kept by a browser."""
    return never_cache(only(sits_or_reads, view))


def for_writers(view):
    """People who write in the library."""
    return never_cache(only(can_see_drafts, view))


def only(allowed, view):
    """`view` for signed-in people of whom `allowed(user)` is true."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not allowed(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def find(request, uid) -> Submission:
    """The submission, if this person may read it. Raises Http404 otherwise, and when there is none."""
    submission = Submission.objects.with_record().filter(pk=uid).first()
    if submission is None:
        raise Http404
    try:
        check_can_read(request.user, submission)
    except PermissionDenied:
        raise Http404 from None
    return submission


def find_for_writing(request, uid):
    """(submission, its draft), for people who may edit the draft. Raises Http404 for everybody else."""
    submission = find(request, uid)
    page = drafts.draft_of(submission)
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return submission, page
