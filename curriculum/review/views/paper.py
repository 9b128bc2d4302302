"""Bringing in what was agreed on paper, and confirming it: one tap a side for everything on one paper."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale, Page

from curriculum.editions.portable import dump
from curriculum.enums import FrozenKind
from curriculum.models import CurriculumPage
from curriculum.review import papers, queries
from curriculum.review.actions import Refused, bring_in, sign, take_paper_back
from curriculum.review.actions.ending import ModulesFirst
from curriculum.review.actions.paper import may_bring_in
from curriculum.review.enums import Position, Purpose, Side
from curriculum.review.permissions import CannotSign
from curriculum.review.reading import title_of
from curriculum.review.scans import Scan
from curriculum.review.standing import standing
from curriculum.review.views.access import find, for_readers, only
from curriculum.review.views.desk import language_choices, languages_asked
from curriculum.review.views.media import POLICY
from curriculum.review.views.paper_forms import BackForm, PaperForm
from users.forms.signing import ProofForm
from users.people import remember_languages


def for_conveners(view):
    """Coordinators and administrators."""
    return never_cache(only(may_bring_in, view))


@require_safe
@for_conveners
def choose(request):
    """Which curriculum the paper was about."""
    curricula = CurriculumPage.objects.filter(locale=Locale.get_default()).order_by("title")
    return render(request, "review/paper_choose.html", {"curricula": curricula})


@require_http_methods(["GET", "HEAD", "POST"])
@for_conveners
def bring(request, pk):
    """The scan, its date and what it was about; then one review for each module."""
    curriculum = get_object_or_404(CurriculumPage, pk=pk, locale=Locale.get_default())
    modules = _modules(curriculum)
    uids = [uid for uid, _title in modules]
    first = {"modules": uids, "whole": queries.current_release(curriculum.uid) is None}
    form = PaperForm(request.POST or None, request.FILES or None, modules=modules, initial=first)
    findings: list = []
    if request.method == "POST" and form.is_valid():
        try:
            opened = bring_in(curriculum=curriculum, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            findings = refused.findings[1:]
        else:
            messages.success(request, _brought(len(opened)))
            return redirect("review_paper", scan=form.cleaned_data["scan"].digest)
    context = {"form": form, "curriculum": curriculum, "findings": findings}
    return render(request, "review/paper_bring.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def paper(request, scan):
    """Everything that came from one paper and is open; POST confirms exactly what was listed (`text`: fingerprints)."""
    batch = next((one for one in papers.batches_of(request.user) if one.scan == scan), None)
    if batch is None:
        raise Http404
    proof = ProofForm(request) if batch.waiting else None
    if request.method == "POST":
        return _confirm(request, batch, proof)
    return _page(request, batch, proof)


def _confirm(request, batch, proof):
    shown = set(request.POST.getlist("text"))
    listed = [sheaf.submission for sheaf in batch.waiting if sheaf.submission.digest in shown]
    if not shown or len(listed) != len(shown):
        return _not_signed(request, _("The list changed while you were reading. Nothing was signed. Read it again."))
    asked, read = languages_asked(listed), request.POST.getlist("language")
    if asked and not read:
        return _not_signed(request, _("Tick the languages you read them in. Nothing was signed yet."))
    if not proof.holds():
        return _page(request, batch, proof, status=422)
    later = []
    try:
        with transaction.atomic():
            for submission in listed:
                try:
                    _sign(request.user, submission, read)
                except ModulesFirst:
                    later.append(submission.title)
    except (CannotSign, ValueError) as refused:
        sentence = _("“%(title)s”: %(reason)s") % {"title": submission.title, "reason": refused}
        return _not_signed(request, sentence)
    if asked:
        remember_languages(user=request.user, offered=asked, ticked=[one for one in asked if one in read])
    count = len(listed) - len(later)
    text = ngettext("You confirmed %(count)d text.", "You confirmed %(count)d texts.", count)
    messages.success(request, text % {"count": count})
    if later:
        said = _("%(titles)s comes after its modules: they wait for somebody who reads them in another language.")
        messages.info(request, said % {"titles": ", ".join(later)})
    return redirect("review_desk")


def _sign(user, submission, read) -> None:
    languages = read if len(submission.languages) > 1 else None
    sign(submission=submission, by=user, position=Position.SUPPORT, digest=submission.digest, languages=languages)


def _page(request, batch, proof, status=200):
    waiting = {sheaf.submission.pk for sheaf in batch.waiting}
    first = batch.sheaves[0].submission
    context = {
        "batch": batch,
        "first": first,
        "sample": first.sample,
        "side": Side(batch.side) if batch.side else None,
        "party": first.about["parties"].get(batch.side, ""),
        "others": [sheaf for sheaf in batch.sheaves if sheaf.submission.pk not in waiting],
        "proof": proof,
        "languages": language_choices(request, [sheaf.submission for sheaf in batch.waiting]),
    }
    return render(request, "review/paper_batch.html", context, status=status)


@require_safe
@for_readers
def scan(request, uid):
    """The paper itself, for people who may read this review."""
    submission = find(request, uid)
    if submission.purpose != Purpose.PAPER:
        raise Http404
    kept = Scan(submission.about["scan"], submission.about["ext"])
    try:
        file = kept.open()
    except OSError:
        raise Http404 from None
    response = FileResponse(
        file,
        content_type=kept.content_type,
        as_attachment=kept.ext == "pdf",
        filename=f"paper-{kept.digest[:12]}.{kept.ext}",
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_conveners
def take_back(request, uid):
    """The wrong paper, or the wrong text: end this review without an agreement."""
    submission = find(request, uid)
    if submission.purpose != Purpose.PAPER or submission.outcome is not None:
        raise Http404
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_paper_back(submission=submission, by=request.user, words=form.cleaned_data["words"])
        messages.success(request, _("It is taken back. What people answered stays in the record."))
        return redirect("review_room", uid=submission.pk)
    context = {
        "submission": submission,
        "title": title_of(submission),
        "sample": submission.sample,
        "standing": standing(submission),
        "form": form,
        "cancel_url": reverse("review_room", args=[submission.pk]),
    }
    return render(request, "review/take_back.html", context, status=422 if form.errors else 200)


def _modules(curriculum) -> list[tuple[str, str]]:
    """(uid, title) of the curriculum's modules that are written and that nobody agreed on here yet."""
    uids = [item["value"]["module"] for item in dump(curriculum).get("modules", []) if item["value"].get("module")]
    agreed = queries.current(FrozenKind.EDITION, uids)
    rows = Page.objects.filter(translation_key__in=uids, locale=curriculum.locale).specific(defer=False)
    pages = {str(row.translation_key): row for row in rows}
    return [
        (uid, pages[uid].title) for uid in uids if uid in pages and uid not in agreed and pages[uid].status != "outline"
    ]


def _brought(count: int) -> str:
    text = ngettext(
        "%(count)d text waits for one person a side to confirm it.",
        "%(count)d texts wait for one person a side to confirm them.",
        count,
    )
    return text % {"count": count}


def _not_signed(request, sentence):
    return render(request, "review/not_signed.html", {"sentence": sentence, "of_list": True}, status=409)
