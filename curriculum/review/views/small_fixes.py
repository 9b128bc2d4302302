"""All small fixes that wait for a side, signed in one tap: all of them or none."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from curriculum.review.actions import sign
from curriculum.review.desk import desk_of, small_fixes_of
from curriculum.review.enums import Position
from curriculum.review.permissions import CannotSign
from curriculum.review.views.access import for_readers
from curriculum.review.views.desk import desk_context, languages_asked
from users.forms.signing import ProofForm
from users.people import remember_languages


@require_POST
@for_readers
def small_fixes(request):
    """Sign exactly the fixes that were listed. `fix` holds their fingerprints."""
    shown = set(request.POST.getlist("fix"))
    listed = [submission for submission in small_fixes_of(request.user) if submission.digest in shown]
    if not shown or len(listed) != len(shown):
        return _not_signed(request, _("The list changed while you were reading. Nothing was signed. Read it again."))
    asked, read = languages_asked(listed), request.POST.getlist("language")
    if asked and not read:
        return _not_signed(request, _("Tick the languages you read them in. Nothing was signed yet."))
    proof = ProofForm(request)
    if not proof.holds():
        context = {**desk_context(request, desk_of(request.user)), "proof": proof}
        return render(request, "review/desk.html", context, status=422)
    try:
        with transaction.atomic():
            for submission in listed:
                sign(
                    submission=submission,
                    by=request.user,
                    position=Position.SUPPORT,
                    digest=submission.digest,
                    languages=read if len(submission.languages) > 1 else None,
                )
    except (CannotSign, ValueError) as refused:
        sentence = _("“%(title)s”: %(reason)s") % {"title": submission.title, "reason": refused}
        return _not_signed(request, sentence)
    if asked:
        ticked = [language for language in asked if language in read]
        remember_languages(user=request.user, offered=asked, ticked=ticked)
    count = len(listed)
    text = ngettext("You agreed to %(count)d small fix.", "You agreed to %(count)d small fixes.", count)
    messages.success(request, text % {"count": count})
    return redirect("review_desk")


def _not_signed(request, sentence):
    return render(request, "review/not_signed.html", {"sentence": sentence, "of_list": True}, status=409)
