"""All small fixes that wait for a side, signed in one tap: all of them or none."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from curriculum.review.actions import sign
from curriculum.review.desk import small_fixes_of
from curriculum.review.enums import Position
from curriculum.review.permissions import CannotSign
from curriculum.review.views.access import for_readers


@require_POST
@for_readers
def small_fixes(request):
    """Sign exactly the fixes that were listed. `fix` holds their fingerprints."""
    shown = set(request.POST.getlist("fix"))
    listed = [submission for submission in small_fixes_of(request.user) if submission.digest in shown]
    if not shown or len(listed) != len(shown):
        return _not_signed(request, _("The list changed while you were reading. Nothing was signed. Read it again."))
    try:
        with transaction.atomic():
            for submission in listed:
                sign(submission=submission, by=request.user, position=Position.SUPPORT, digest=submission.digest)
    except CannotSign as refused:
        sentence = _("“%(title)s”: %(reason)s") % {"title": submission.title, "reason": refused}
        return _not_signed(request, sentence)
    count = len(listed)
    text = ngettext("You agreed to %(count)d small fix.", "You agreed to %(count)d small fixes.", count)
    messages.success(request, text % {"count": count})
    return redirect("review_desk")


def _not_signed(request, sentence):
    return render(request, "review/not_signed.html", {"sentence": sentence, "of_list": True}, status=409)
