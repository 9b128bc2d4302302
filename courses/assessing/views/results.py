"""How many people were found competent, for those who agree on course texts: how many, never who, never below five."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.permissions import Record, may, viewers_of_group
from courses.assessing import counting


@require_safe
@never_cache
@login_required
def results(request):
    if not may(Record.COUNTS, viewers_of_group(request.user, None)):
        raise Http404
    began = counting.quarter_began(timezone.localdate())
    context = {"texts": counting.counts(began, get_language()), "until": began - timedelta(days=1)}
    return render(request, "assessing/team/results.html", context)
