from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from home import inviting
from home.answers import site_answers
from home.demo.switch import demo_is_on
from home.forms.invitations import InviteForm
from users.invitations import invite
from users.permissions import check_can_invite
from users.roles import Role

#: Links made in this browser, to copy: the database keeps only their hashes.
TOKENS = "invitation_tokens"


@never_cache
@login_required
def invitations(request):
    """Invitations to copy and hand over, and a form for the next one."""
    _check(request)
    answers = site_answers(request)
    form = InviteForm(
        request.POST or None, by=request.user, languages=answers.offered, initial={"language": get_language()}
    )
    if request.method == "POST" and form.is_valid():
        invitation, token = invite(by=request.user, **form.cleaned_data)
        remember_tokens(request, {invitation.pk: token})
        return redirect("invitations")
    tokens = request.session.get(TOKENS, {})
    rows = [_row(request, one, tokens.get(str(one.pk))) for one in inviting.waiting()]
    return render(request, "home/invitations.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@require_POST
@login_required
def renew(request, pk):
    """A new link for an invitation that was lost or is too old."""
    _check(request)
    invitation = get_object_or_404(inviting.waiting(), pk=pk)
    fresh, token = inviting.renew(invitation=invitation, by=request.user)
    remember_tokens(request, {fresh.pk: token})
    return redirect("invitations")


def remember_tokens(request, tokens: dict) -> None:
    """Show these links to this person until they sign out."""
    kept = request.session.get(TOKENS, {})
    request.session[TOKENS] = kept | {str(pk): token for pk, token in tokens.items()}


def _check(request) -> None:
    if demo_is_on():
        raise Http404
    check_can_invite(request.user)


def _row(request, invitation, token) -> dict:
    role = Role(invitation.role)
    link = request.build_absolute_uri(reverse("welcome", args=[token])) if token else ""
    return {
        "pk": invitation.pk,
        "name": invitation.name or invitation.email,
        "email": invitation.email,
        "role": role,
        "until": invitation.expires_at,
        "over": inviting.is_over(invitation),
        "link": link,
        "letter": _letter(invitation, role, link) if link and invitation.email else "",
    }


def _letter(invitation, role, link) -> str:
    """A mail for the person's own mail program: the server need not be able to send any."""
    subject = _("You are invited")
    body = _("Your part: %(role)s. %(sentence)s\n\nOpen this link, choose a name and a password:\n%(link)s") % {
        "role": role.label,
        "sentence": role.sentence,
        "link": link,
    }
    to = quote(invitation.email, safe="@")
    return f"mailto:{to}?subject={quote(subject)}&body={quote(body)}"
