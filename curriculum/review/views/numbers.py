"""The dashboard: how agreement goes by committee and side, as tables, as a picture, and as a file."""

import csv

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from curriculum.review.dashboard import CommitteeNumbers, numbers
from curriculum.review.enums import Side
from curriculum.review.figures import bars
from curriculum.review.models import Committee
from curriculum.review.permissions import can_see_numbers
from curriculum.review.views.access import only

PERIODS = {
    "90": gettext_lazy("the last 3 months"),
    "365": gettext_lazy("the last 12 months"),
    "1825": gettext_lazy("the last 5 years"),
}
USUAL = "365"
#: What a table on screen shows where there is no number.
NONE = "–"


class PeriodForm(forms.Form):
    """Which committee, and how far back."""

    period = forms.ChoiceField(label=gettext_lazy("Sent in"), choices=PERIODS.items(), required=False)
    committee = forms.ModelChoiceField(
        label=gettext_lazy("Committee"),
        queryset=Committee.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("All committees"),
    )

    @property
    def chosen(self) -> dict:
        """What `dashboard.numbers` takes; the usual where nothing sensible was asked for."""
        said = self.cleaned_data if self.is_valid() else {}
        return {"days": int(said.get("period") or USUAL), "committee": said.get("committee")}


def for_keepers(view):
    """Coordinators, administrators and auditors."""
    return never_cache(only(can_see_numbers, view))


@require_safe
@for_keepers
def dashboard(request):
    form = PeriodForm(request.GET or {"period": USUAL})
    found = numbers(**form.chosen)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "form": form,
        "committees": [shown(one) for one in found],
        "sample": any(stuck.submission.sample for one in found for stuck in one.stuck),
        "file_url": reverse("review_dashboard_file") + query,
    }
    return render(request, "review/dashboard.html", context)


@require_safe
@for_keepers
def dashboard_file(request):
    """One line a committee and side. Hours are sums over people and texts; nothing in it is about one person."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="review-{timezone.localdate():%Y-%m-%d}.csv"'
    writer = csv.writer(answer)
    writer.writerow(
        ["committee", "side", "party", "texts", "median_working_days", "90th_percentile_working_days", "waiting_now"]
        + ["hours_asked", "hours_agreed", "changes_asked_for", "stopped", "median_rounds", "longest_open_working_days"]
    )
    for one in numbers(**PeriodForm(request.GET or {"period": USUAL}).chosen):
        longest = max((stuck.days for stuck in one.stuck), default="")
        both = [one.requests, one.stops, plain(one.rounds.median), longest]
        for side in one.sides:
            spread = [side.spread.count, plain(side.spread.median), plain(side.spread.ninetieth), side.waiting]
            names = [harmless(one.committee.name), side.side.value, harmless(side.party)]
            writer.writerow([*names, *spread, side.hours_asked, side.hours_agreed, *both])
    return answer


def shown(one: CommitteeNumbers) -> dict:
    """One committee as templates/review/dashboard.html takes it."""
    return {
        "name": one.committee.name,
        "sides": [
            {
                "side": bar.label,
                "label": Side(bar.label).label,
                "party": side.party,
                "bar": bar,
                "said": _said(side.spread),
                "count": side.spread.count,
                "median": plain(side.spread.median, NONE),
                "ninetieth": plain(side.spread.ninetieth, NONE),
                "waiting": side.waiting,
                "hours_asked": side.hours_asked,
                "hours_agreed": side.hours_agreed,
            }
            for side, bar in zip(one.sides, bars([(row.side.value, row.spread) for row in one.sides]), strict=True)
        ],
        "stuck": one.stuck,
        "requests": one.requests,
        "stops": one.stops,
        "rounds": plain(one.rounds.median),
        "texts": one.rounds.count,
        "longest": one.longest,
    }


def plain(value, none="") -> str | int | float:
    """A number without needless decimals; `none` where there is none."""
    if value is None:
        return none
    return int(value) if value == int(value) else round(value, 1)


def harmless(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _said(spread) -> str:
    if not spread.count:
        return _("no text answered yet")
    return ngettext("%(n)s working day", "%(n)s working days", 1 if spread.median == 1 else 2) % {
        "n": plain(spread.median)
    }
