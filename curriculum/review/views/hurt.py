"""*This could hurt someone*: choosing the page, saying what could happen, and what a coordinator does about it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from curriculum.editions.diff import text_of
from curriculum.editions.read import SOURCE, titles_in
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review import corrections, queries, safety
from curriculum.review.actions import Refused, hurting, laying
from curriculum.review.models import PageNotice, SafetyReport, Submission
from curriculum.review.permissions import makes_samples
from curriculum.review.reprints import reprints
from curriculum.review.views import hurt_shown
from curriculum.review.views.access import find
from curriculum.review.views.hurt_forms import ReportForm, WarnForm, WordsForm

#: How much of a part one reads to know it again.
EXCERPT = 90


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hurt(request):
    """Without `?page=`, the course texts and the pages of a module to choose from. Others are told whom to tell."""
    if not safety.can_report(request.user):
        return _tell_somebody(request)
    under_review = find(request, _uid(request, "review")) if "review" in request.GET else None
    if "page" in request.GET:
        uid = _uid(request, "page")
        place = safety.under_review_at(uid, under_review) if under_review else safety.taught_at(uid)
        if place is None:
            raise Http404
        return _report_form(request, place)
    if "module" in request.GET:
        return _pages(request, safety.taught_in(_uid(request, "module")))
    if under_review:
        return _pages(request, hurt_shown.places_of(under_review), under_review)
    return render(request, "safety/choose.html", {"courses": _courses()})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def report(request, uid):
    """One report: what was said, what stands over the page, what can be done, what became of it."""
    found = find_report(request, uid)
    return render(request, "safety/report.html", report_context(request, found))


def report_context(request, found: SafetyReport, **forms) -> dict:
    """Everything the screen shows; `forms` are those that came back with something missing."""
    place = safety.taught_at(found.page_uid)
    read = safety.read_in(found.edition, found.page_uid)
    emergency = _emergency(found)
    leads = safety.is_duty_lead(request.user)
    reading = hurt_shown.as_reviewer(f"{reverse('review_desk')}media/")
    return {
        "report": found,
        "sample": makes_samples(request.user),
        "closed": getattr(found, "closed", None),
        "reads": safety.reads_reviews(request.user),
        "parts": hurt_shown.parts_of(read, found.blocks, reading) if read else [],
        "is_taught": place is not None,
        "notices": safety.standing_over(found.module_uid, found.page_uid),
        "warned": safety.warned(found.module_uid, found.page_uid),
        "leads": leads,
        "can_correct": safety.can_correct(request.user) and place is not None and found.is_open,
        "emergency": emergency,
        "reprints": reprints(emergency) if emergency else [],
        "warn_form": forms.get("warn_form") or WarnForm(),
        "close_form": forms.get("close_form") or WordsForm(label=_("What you found, in one sentence")),
    }


@never_cache
@login_required
@require_POST
def warn(request, uid):
    """Lay the warning over the page at once."""
    found = find_report(request, uid)
    form = WarnForm(request.POST)
    if form.is_valid():
        block = found.blocks[0] if len(found.blocks) == 1 else ""
        try:
            laying.warn(
                module_uid=found.module_uid,
                page_uid=found.page_uid,
                by=request.user,
                texts=form.texts,
                block_id=block,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The warning stands over the page now, in every course text."))
            return redirect("hurt_report", uid=uid)
    return render(request, "safety/report.html", report_context(request, found, warn_form=form), status=422)


@never_cache
@login_required
@require_POST
def close(request, uid):
    """A coordinator's answer to a report."""
    found = find_report(request, uid)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            hurting.close_report(report=found, by=request.user, words=form.cleaned_data["words"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The report is answered. It stays in the record."))
            return redirect("hurt_report", uid=uid)
    return render(request, "safety/report.html", report_context(request, found, close_form=form), status=422)


@never_cache
@login_required
@require_POST
def take_away(request, uid):
    """A notice that stands over a page goes."""
    notice = get_object_or_404(PageNotice, pk=uid)
    if not safety.is_duty_lead(request.user):
        raise Http404
    try:
        laying.take_away(notice=notice, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken away. Learners no longer see it."))
    back = request.POST.get("back", "")
    return redirect(back if back.startswith(("/hurt/", "/review/")) else "review_desk")


def find_report(request, uid) -> SafetyReport:
    """The report, if this person may read it. Raises Http404 otherwise."""
    return get_object_or_404(safety.reports_for(request.user), pk=uid)


def _report_form(request, place: safety.Place):
    shown = place.page.in_language((translation.get_language() or SOURCE).split("-")[0])[0]
    blocks = [(id_, _excerpt(entry)) for id_, entry in corrections.entries_of(shown).items() if _excerpt(entry)]
    initial = {"blocks": request.GET.getlist("block")}
    form = ReportForm(request.POST if request.method == "POST" else None, blocks=blocks, initial=initial)
    if form.is_valid():
        made = hurting.report_danger(place=place, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. The coordinators and both sides are told now."))
        return redirect("hurt_report", uid=made.pk)
    context = {"form": form, "title": shown["title"], "module": place.title, "language": shown["language"]}
    return render(request, "safety/report_form.html", context, status=422 if form.errors else 200)


def _pages(request, places, under_review: Submission | None = None):
    if not places:
        raise Http404
    language = (translation.get_language() or SOURCE).split("-")[0]
    joint = f"&review={under_review.pk}" if under_review else ""
    pages = [
        {
            "title": place.page.in_language(language)[0]["title"],
            "url": f"{reverse('hurt')}?page={place.page.uid}{joint}",
        }
        for place in places
    ]
    return render(request, "safety/pages.html", {"title": places[0].title, "pages": pages})


def _courses() -> list[dict]:
    """Current course texts with their modules, called as in the language on screen: a constant number of queries."""
    language = (translation.get_language() or SOURCE).split("-")[0]
    releases = list(queries.current(FrozenKind.RELEASE).values())
    content = Frozen.objects.read(row.frozen_id for row in releases)
    editions = queries.current(FrozenKind.EDITION)
    titles = titles_in(language, [row.frozen_id for row in [*releases, *editions.values()]])
    return [
        {
            "title": titles.get(row.frozen_id, row.title),
            "label": row.label,
            "modules": [
                {
                    "title": titles.get(editions[item["module"]].frozen_id, editions[item["module"]].title),
                    "url": f"{reverse('hurt')}?module={item['module']}",
                }
                for item in content[row.frozen_id].get("modules", [])
                if item["module"] in editions
            ],
        }
        for row in releases
    ]


def _tell_somebody(request):
    """For learners and visitors: whom to tell. Nothing here says what there is."""
    if request.method == "POST":
        raise Http404
    return render(request, "safety/stop.html", {"here": request.get_full_path()})


def _emergency(found: SafetyReport) -> Submission | None:
    """The correction that answered a report, or the one of it that is open."""
    if not found.is_open and found.closed.submission_id:
        return Submission.objects.with_record().get(pk=found.closed.submission_id)
    open_now = safety.emergency_of(found.module_uid)
    return open_now if open_now and open_now.frozen.content["about"]["report"] == str(found.pk) else None


def _excerpt(entry: dict) -> str:
    value = entry.get("value")
    words = " ".join((value["text"] if entry.get("type") == "heading" else text_of(value)).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


def _uid(request, name: str) -> UUID:
    try:
        return UUID(request.GET[name])
    except ValueError:
        raise Http404 from None
