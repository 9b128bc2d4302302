"""Credentials as anybody meets them: one page to each, the files behind it, and a place to check what one was shown.

Nothing here looks at who is asking, and nothing lists credentials: a page is found by its address alone, which holds
no more than a random number. What a page says stands in the signed text itself.
"""

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from assessments.credentials import addresses, checking, keys, paper, reading, status
from assessments.models import Credential
from curriculum import printing

#: Open Badges asks for plain text where a credential is fetched; a list of bits is no badge, and says what it is.
BADGE, JWT = "text/plain", "application/jwt"
HOUR, FIVE_MINUTES = 60 * 60, 60 * 5


class CheckForm(forms.Form):
    """What somebody was shown: pasted or as a file, never both wanted."""

    text = forms.CharField(
        label=_("Paste the credential here"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 6, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    file = forms.FileField(label=_("Or choose its file"), required=False, help_text=_("Its name ends in .jwt."))

    def clean(self):
        if not self.cleaned_data.get("text", "").strip() and not self.cleaned_data.get("file"):
            raise forms.ValidationError(_("There is nothing to check yet. Paste a credential or choose a file."))

    @property
    def shown(self) -> str:
        """What to check: the file where there is one."""
        file = self.cleaned_data.get("file")
        return file.read().decode("ascii", "replace") if file else self.cleaned_data["text"]


@require_safe
def credential(request, uid):
    """What one credential says and whether it holds. One whose words were taken away says only the second."""
    row = _find(uid)
    shown = reading.shown(reading.claims_of(row)) if row.token else None
    context = _told(checking.standing(row, shown)) | {
        "uid": row.pk,
        "pdf": bool(shown) and printing.available(),
        "keys_url": f"{addresses.base()}/credentials/keys.json",
    }
    return _unlisted(render(request, "assessments/credential.html", context))


@require_safe
def signed(request, uid):
    """The signed text as a file: what a learner carries."""
    row = _find(uid, with_words=True)
    response = HttpResponse(row.token, content_type=BADGE)
    response.headers["Content-Disposition"] = f'attachment; filename="{row.pk}.jwt"'
    return _unlisted(_open(response))


@require_safe
def decoded(request, uid):
    """What stands in the signed text, for reading. It proves nothing by itself."""
    claims = reading.claims_of(_find(uid, with_words=True))
    return _unlisted(_open(JsonResponse(claims, json_dumps_params={"indent": 2, "ensure_ascii": False})))


@require_safe
def certificate(request, uid):
    """The same on paper; the page where no PDF can be made here, or where it does not hold any more."""
    row = _find(uid, with_words=True)
    if checking.standing(row).state != checking.State.HOLDS:
        return credential(request, uid)
    try:
        data = paper.certificate_pdf(reading.shown(reading.claims_of(row)))
    except printing.NotHere:
        return credential(request, uid)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{row.pk}.pdf"'
    return _unlisted(response)


# Nothing is done in anybody's name, and a token against forged forms would read the body before its size is known.
@csrf_exempt
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Whether what somebody was shown is from here, unchanged, and holds. It is looked at once and kept nowhere."""
    if request.method != "POST":
        return render(request, "assessments/credential_check.html", {"form": CheckForm()})
    if int(request.META.get("CONTENT_LENGTH") or 0) > checking.MOST_BYTES:
        context = {"form": CheckForm(), "too_large": True}
        return render(request, "assessments/credential_check.html", context, status=413)
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "assessments/credential_check.html", {"form": form}, status=422)
    context = {"form": CheckForm(), **_told(checking.check(form.shown))}
    response = render(request, "assessments/credential_check.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


@require_safe
def all_keys(request):
    """Every public key that credentials from here were signed with (a JWK set)."""
    found = [keys.as_jwk(key) for key in keys.known().values()]
    return _open(JsonResponse({"keys": found}, content_type="application/jwk-set+json"), HOUR)


@require_safe
def one_key(request, thumbprint):
    found = keys.known().get(thumbprint)
    if found is None:
        raise Http404
    return _open(JsonResponse(keys.as_jwk(found), content_type="application/jwk+json"), HOUR)


@require_safe
def status_list(request, number):
    """Which credentials do not hold any more, as a signed list of bits."""
    if not 1 <= number <= status.how_many():
        raise Http404
    try:
        token = status.token(number)
    except keys.NoKey as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    etag = status.etag(token)
    response = get_conditional_response(request, etag) or HttpResponse(token, content_type=JWT)
    response.headers["ETag"] = etag
    return _open(response, FIVE_MINUTES)


def _find(uid, *, with_words: bool = False) -> Credential:
    row = Credential.objects.filter(pk=uid).first()
    if row is None or (with_words and not row.token):
        raise Http404
    return row


def _told(found: checking.Found) -> dict:
    shown = found.shown
    return {
        "state": found.state,
        "holds": found.state == checking.State.HOLDS,
        "shown": shown,
        "ended_on": found.ended_on,
        "sample": bool(shown and shown.sample),
        "verify_url": f"{_prefix()}/verify/{shown.fingerprint}/" if shown else "",
        "sides": [{"side": "labor", "state": "agreed"}, {"side": "management", "state": "agreed"}],
    }


def _prefix() -> str:
    """Released pages name their language in the address, all but the first."""
    language = get_language() or settings.LANGUAGE_CODE
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def _unlisted(response):
    """Found by whoever has the address; no machine that searches the web keeps it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _open(response, seconds: int = 0):
    """Other people's software may read it from its own pages; nothing in it depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-cache"
    return response
