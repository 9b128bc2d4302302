"""Appeals of a course, for the coordinator: who is asked to hear each, one person a side."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions import appealing
from assessments.models import Appeal
from courses.assessing import access, hearing, team_forms
from courses.teaching.access import show
from courses.teaching.acting import act
from curriculum.review.enums import Side


@require_safe
@access.for_coordinators
def appeals(request, course, group):
    return _shown(request, course, group)


@require_POST
@access.for_coordinators
def name_hearer(request, course, group, uid, side):
    appeal = get_object_or_404(Appeal.objects.filter(result__attempt__group=group.uid), pk=uid)
    people = hearing.speakers()
    form = team_forms.HearerForm(request.POST, label="", people=people)
    by_key = {str(one.pk): one for one in people}
    if act(form, lambda asked: _name(appeal, by_key[asked["person"]], request)):
        messages.success(request, _("Asked. They find it on their review desk."))
    else:
        messages.error(request, " ".join(form.non_field_errors()) or _("Choose somebody first. Nobody was asked."))
    return redirect(access.address(course, "skills/appeals/"))


def _name(appeal, user, request):
    """Somebody is asked, and told by e-mail where there is one: of what and whom it is, only the page says."""
    row = appealing.name_hearer(appeal=appeal, user=user, by=request.user)
    if user.email:
        with translation.override(user.preferred_language or settings.LANGUAGE_CODE):
            context = {"user": user, "appeal": appeal, "address": request.build_absolute_uri(reverse("hear"))}
            told = _("Please hear a learner again"), render_to_string("assessing/mail/hear.txt", context)
        transaction.on_commit(partial(send_mail, *told, None, [user.email], fail_silently=True))
    return row


def _shown(request, course, group):
    called = access.names(course)
    base = access.address(course, "skills/appeals/")
    told = [
        {
            "heard": one,
            "called": called.get(one.learner) or _("A learner who left the course"),
            "url": access.address(course, f"skills/try/{one.row.result.attempt_id}/"),
            "halves": [{"half": half, **_form(base, one, half)} for half in one.halves],
        }
        for one in hearing.of_group(group.uid)
    ]
    return show(request, course, "assessing/team/appeals.html", {"appeals": told}, tab="skills")


def _form(base: str, one: hearing.Heard, half: hearing.Half) -> dict:
    if half.finding or one.is_closed:
        return {}
    label = _("Who hears it for labor?") if half.side == Side.LABOR else _("Who hears it for management?")
    prefix = f"{one.row.pk}-{half.side}"
    form = team_forms.HearerForm(label=label, people=half.people, auto_id=f"{prefix}-%s")
    return {"form": form, "action": f"{base}{one.row.pk}/{half.side}/"}
