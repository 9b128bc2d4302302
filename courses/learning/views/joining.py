"""Coming in: by the code on the wall, with a name and a PIN; back again on another phone; and going out."""

from allauth.core import ratelimit
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from courses.cohorts import joining
from courses.cohorts.text import address
from courses.delivery import addresses
from courses.learning.forms import BackForm, CodeForm, JoinForm, NewPinForm
from courses.learning.pages import check_own_page, shown
from users import learners
from users.ways_in import plain_code, shown_code

SENSITIVE = sensitive_post_parameters("pin", "again", "code")


def door(code: str, language: str, below: str = "join/") -> str:
    return f"{addresses.prefix(language)}/{below}{code}/" if code else f"{addresses.prefix(language)}/{below}"


@never_cache
def enter(request, language):
    """Type the code of a course."""
    with translation.override(language):
        form = CodeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            code = plain_code(form.cleaned_data["code"])
            if not _may_try(request):
                form.add_error("code", _("Too many tries. Wait a few minutes, then try again."))
                return _page(request, "enter", language, "", {"form": form}, 429)
            if _course(request, code):
                return redirect(door(code, language))
            form.add_error("code", _("No course is open by that code. Look at it again, or ask your instructor."))
        return _page(request, "enter", language, "", {"form": form}, 422 if form.errors else 200)


@never_cache
@SENSITIVE
def join(request, language, code):
    """A name and a PIN, and one is in. Who is signed in already only says yes."""
    with translation.override(language):
        course = _course(request, code)
        if course is None:
            return redirect(door("", language))
        learner = learners.learner_of(request)
        form = JoinForm(request.POST or None)
        if request.method == "POST" and learner and "as_i_am" in request.POST:
            return _in(request, _again(course, learner), language, shared=None)
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data
            try:
                enrollment = joining.join(
                    course=course, name=asked["name"], pin=asked["pin"], again=asked["again"], language=language
                )
            except learners.NotRight as problem:
                form.add_error(None, str(problem))
            else:
                return _in(request, enrollment, language, shared=asked["shared"])
        context = {"form": form, "course": course, "learner": learner, "back_url": door(code, language, "back/")}
        return _page(request, "join", language, code, context, 422 if form.errors else 200)


@never_cache
@SENSITIVE
def come_back(request, language, code):
    """The name and the PIN from before, on this phone."""
    with translation.override(language):
        course = _course(request, code)
        if course is None:
            return redirect(door("", language))
        form = BackForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data
            try:
                enrollment = joining.come_back(course=course, name=asked["name"], pin=asked["pin"])
            except learners.NotRight as problem:
                form.add_error(None, str(problem))
            else:
                return _in(request, enrollment, language, shared=asked["shared"])
        context = {"form": form, "course": course, "join_url": door(code, language)}
        return _page(request, "back", language, code, context, 422 if form.errors else 200, below="back/")


@never_cache
@SENSITIVE
def new_pin(request, language):
    """A code from the instructor instead of a forgotten PIN."""
    with translation.override(language):
        form = NewPinForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data
            if not _may_try(request):
                form.add_error(None, _("Too many tries. Wait a few minutes, then try again."))
                return _page(request, "new_pin", language, "", {"form": form}, 429, below="back/")
            try:
                learner = learners.use_code(typed=asked["code"], pin=asked["pin"], again=asked["again"])
            except learners.NotRight as problem:
                _was_wrong(request)
                form.add_error(None, str(problem))
            else:
                response = HttpResponseRedirect(f"{addresses.prefix(language)}/learn/")
                return learners.sign_in(response, learner, secure=request.is_secure(), shared=asked["shared"])
        return _page(request, "new_pin", language, "", {"form": form}, 422 if form.errors else 200, below="back/")


@csrf_exempt
@require_POST
@never_cache
def leave(request, language):
    """Sign this phone out. What was kept on it is taken away by the page that sends here, saved last week perhaps:
    so it carries no token, and the browser says where it stood."""
    check_own_page(request)
    response = HttpResponseRedirect(addresses.home(language))
    response.delete_cookie(learners.COOKIE, samesite="Lax")
    return response


def _course(request, code):
    """The course behind a code, typed or in an address; None, and one try less to type one, where there is none.

    Whoever holds the right address comes in whatever others typed beside them.
    """
    try:
        return joining.course_by_code(code)
    except joining.NoSuchCode:
        _was_wrong(request)
        return None


def _may_try(request) -> bool:
    """Whether this address, or everybody together, has typed too many wrong codes just now."""
    return bool(ratelimit.consume(request, action="join_code", key="everybody", dry_run=True))


def _was_wrong(request) -> None:
    ratelimit.consume(request, action="join_code", key="everybody")


def _again(course, learner):
    name = joining.called_freely(course, str(learner.person.name or _("learner")))
    return joining.enroll(course=course, learner=learner, called=name)


def _in(request, enrollment, language, shared: bool | None):
    """On to the course, signed in on this phone unless it was already."""
    joining.sign_in_at_door(enrollment=enrollment)
    response = HttpResponseRedirect(address(enrollment.course.code, language))
    if shared is None:
        return response
    return learners.sign_in(response, enrollment.learner, secure=request.is_secure(), shared=shared)


def _page(request, name, language, code, context, status=200, below="join/"):
    told = context | {"code": shown_code(plain_code(code)) if code else ""}
    told["new_pin_url"] = door("", language, "back/")
    return shown(request, f"learning/{name}.html", language, lambda one: door(code, one, below), told, status)
