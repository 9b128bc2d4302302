"""Two minutes with a sample lesson, before the first answer. Offered, never forced."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from curriculum.review.views.access import for_readers
from users.people import end_tour
from users.ways_in import leads_to

#: What each step is about, in order: the last part of its template's name.
STEPS = ("marks", "buttons", "record", "danger")


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def tour(request):
    """`?step=2` shows the second step; POST says that it was taken or skipped. `next` is where to go from here."""
    then = leads_to("review", request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST":
        end_tour(user=request.user)
        messages.success(request, _("You can take the tour again from your desk."))
        return redirect(then)
    asked = request.GET.get("step", "1")
    number = int(asked) if asked in map(str, range(1, len(STEPS) + 1)) else 1
    context = {
        "number": number,
        "count": len(STEPS),
        "step_template": f"review/tour_{STEPS[number - 1]}.html",
        "before": number - 1,
        "after": number + 1 if number < len(STEPS) else 0,
        "next": then,
        "here": reverse("review_tour"),
    }
    return render(request, "review/tour.html", context)
