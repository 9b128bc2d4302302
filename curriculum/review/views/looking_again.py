"""What rests on an item of a standard, and the reasons for a new look that are listed."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.editions.read import SOURCE, titles_in
from curriculum.enums import FrozenKind
from curriculum.models import StandardItem
from curriculum.review import impact as impacts
from curriculum.review import queries, safety
from curriculum.review.actions import Refused, looking_again
from curriculum.review.enums import TriggerKind
from curriculum.review.models import Trigger
from curriculum.review.views.access import for_readers
from curriculum.review.views.hurt_forms import words_field


class LookAgainForm(forms.Form):
    """A reason for a new look at whole modules. One that rests on a standard is filed from its own list."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[(kind.value, kind.label) for kind in TriggerKind if kind != TriggerKind.STANDARD],
    )
    text = words_field(gettext_lazy("What changed, in one sentence"), rows=2)
    modules = forms.MultipleChoiceField(
        label=gettext_lazy("Modules that need a new look"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["modules"].choices = modules


@require_safe
@for_readers
def impact(request):
    """`?framework=&item=`: every lesson, assessment, translation, course text and print that rests on it."""
    framework, item = request.GET.get("framework", ""), request.GET.get("item", "")
    if not item:
        return render(request, "safety/standards.html", {"items": _items()})
    row = StandardItem.objects.select_related("framework", "replaced_by").filter(framework__key=framework, code=item)
    found = impacts.impact_of([(framework, item)], _language())
    context = {
        "framework": framework,
        "item": item,
        "row": row.first(),
        "impact": found,
        "trigger": Trigger.objects.filter(framework=framework, item=item, settled=None).first(),
        "leads": safety.is_duty_lead(request.user),
    }
    if context["row"] is None and not found.modules:
        raise Http404
    return render(request, "safety/impact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def look_again(request):
    """The list of open reasons; a coordinator adds one."""
    leads = safety.is_duty_lead(request.user)
    if request.method == "POST" and not leads:
        raise Http404
    form = LookAgainForm(request.POST or None, modules=_modules()) if leads else None
    if request.method == "POST":
        said = _said(request, form)
        try:
            if said is not None:
                looking_again.look_again(by=request.user, **said)
                messages.success(request, _("Listed. Both sides are told, and the pages say so."))
                return redirect("review_look_again")
        except (Refused, ValueError) as refused:
            form.add_error(None, str(refused))
    context = {"triggers": shown(looking_again.open_triggers(request.user)), "form": form, "leads": leads}
    return render(request, "safety/look_again.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@for_readers
def settle(request, uid):
    """A coordinator says what was done."""
    trigger = get_object_or_404(Trigger, pk=uid)
    if not safety.is_duty_lead(request.user):
        raise Http404
    try:
        looking_again.settle(trigger=trigger, by=request.user, words=request.POST.get("words", ""))
    except (Refused, ValueError) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Settled. It stays in the record."))
    return redirect("review_look_again")


def shown(triggers: list[Trigger]) -> list[dict]:
    """Triggers with the titles of the modules they touch: two queries, however many there are."""
    current = queries.current(FrozenKind.EDITION, {uid for one in triggers for uid in one.modules})
    titles = titles_in(_language(), [row.frozen_id for row in current.values()])
    return [
        {
            "trigger": one,
            "kind": TriggerKind(one.kind).label,
            "modules": [
                {"uid": uid, "title": titles.get(current[uid].frozen_id, current[uid].title)}
                for uid in one.modules
                if uid in current
            ],
        }
        for one in triggers
    ]


def _said(request, form) -> dict | None:
    """What was posted: an item of a standard, or the form."""
    if request.POST.get("item"):
        names = ("framework", "item", "text")
        return {"kind": TriggerKind.STANDARD, **{name: request.POST.get(name, "") for name in names}}
    return form.cleaned_data if form.is_valid() else None


def _modules() -> list[tuple[str, str]]:
    return [(uid, row.title) for uid, row in queries.current(FrozenKind.EDITION).items()]


def _items() -> list[StandardItem]:
    """Items that agreed text names: a constant number of queries."""
    named = impacts.cited()
    rows = StandardItem.objects.select_related("framework", "replaced_by").filter(code__in={item for _f, item in named})
    return [row for row in rows if (row.framework.key, row.code) in named]


def _language() -> str:
    return (translation.get_language() or SOURCE).split("-")[0]
