"""*Send for agreement*: what changed, what is wrong, one sentence, sent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.models import Locale, Page

from curriculum.editions.media import MediaLost
from curriculum.enums import Kind
from curriculum.models import LibraryItem
from curriculum.review import queries
from curriculum.review.actions import Refused, submit
from curriculum.review.permissions import makes_samples
from curriculum.review.presenting import Shower
from curriculum.review.sending import Sending
from curriculum.review.views.access import for_writers

FILE_LOST = gettext_lazy(
    "A picture or file in this text is gone from the library. Nothing was sent, and your sentence is kept. Put the "
    "file in again, then send."
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def send(request, pk):
    """GET shows what would be sent; POST sends it. Any page of a module leads here with its module."""
    page = _subject(request, pk)
    under_review = queries.open_submission_of(page.uid)
    if under_review is not None:
        return redirect("review_newer", uid=under_review.pk)
    sending = Sending(page=page, user=request.user, ticked_modules=frozenset(request.POST.getlist("modules")))
    form = sending.form(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return sending_page(request, sending, form)
    if not_read := sending.not_read(form):
        return sending_page(request, sending, sending.form_again(form), refused=not_read)
    try:
        submission = submit(page=page, by=request.user, proposal=sending.proposal(form))
    except Refused as refused:
        return sending_page(request, sending, form, refused=str(refused), findings=refused.findings)
    except MediaLost:
        return sending_page(request, sending, form, refused=FILE_LOST)
    return sent(request, submission)


def sending_page(request, sending: Sending, form, *, refused="", findings=()):
    """The one screen of sending: redline, findings with links to the editor, choices, sentence, button."""
    sheet = sending.sheet
    language = request.GET.get("language")
    if language not in sheet.languages:
        language = next((one for one in sheet.languages if sheet.changed_in(one)), (sheet.languages or ["en"])[0])
    pages = _editors(sheet)
    shower = Shower(
        sheet, language, lambda uid: _edit(pages.get((uid, language))), _draft_media(), makes_samples(request.user)
    )
    status = 409 if refused else 422 if form.errors else 200
    context = {
        "page": sending.page,
        "sample": makes_samples(request.user),
        "replaces": sending.replaces,
        "form": form,
        "refused": refused,
        "groups": _with_links(sending.grouped(findings), pages),
        "is_stopped": sending.is_stopped,
        "has_changes": sending.has_changes,
        "proposed": sending.composed.proposed_class,
        "can_weigh_more": len(form.fields["change_class"].choices) > 1,
        "parts": shower.parts,
        "is_inline": shower.is_inline,
        "language": language,
        "tabs": shower.tabs(lambda code: f"{request.path}?language={code}"),
        "edit_url": _edit(sending.page.pk),
    }
    return render(request, "review/send.html", context, status=status)


def sent(request, submission):
    messages.success(request, _("Sent to labor and management. Both sides find it on their desks."))
    return redirect("review_room", uid=submission.pk)


def _subject(request, pk):
    """The module or curriculum a page goes with, in the source language. Raises Http404 for whom it is not."""
    page = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, LibraryItem):
        raise Http404
    if page.kind not in (Kind.MODULE, Kind.CURRICULUM):
        page = page.get_parent().specific
    if isinstance(page, LibraryItem) and not page.is_source:
        source = Page.objects.filter(translation_key=page.translation_key, locale=Locale.get_default()).first()
        page = source.specific if source else None
    if not isinstance(page, LibraryItem) or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page


def _editors(sheet) -> dict[tuple[str, str], int]:
    """{(uid, language): page id} of every page on the sheet: one query."""
    uids = [page.uid for page in sheet.pages]
    rows = Page.objects.filter(translation_key__in=uids)
    fields = rows.values_list("translation_key", "locale__language_code", "pk")
    return {(str(uid), language): pk for uid, language, pk in fields}


def _edit(pk) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk]) if pk else ""


def _with_links(groups, pages) -> list[dict]:
    return [
        {
            **group,
            "findings": [
                {"sentence": one.sentence, "url": _edit(pages.get((one.uid, one.language)))}
                for one in group["findings"]
            ],
        }
        for group in groups
    ]


def _draft_media() -> str:
    return reverse("draft_media", args=["x"]).removesuffix("x")
