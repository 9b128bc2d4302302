"""Who stands before a screen of what is their own: one learner, on their phone or by their account, and nobody else."""

from functools import wraps

from django.http import Http404
from django.views.decorators.csrf import csrf_exempt

from courses.assessing import mine
from courses.learning.access import for_learners
from courses.learning.pages import check_own_page


def for_learner(view):
    """`view(request, reader, language, …)`; the team finds nothing here.

    Forms carry no token, so that one which waited on a phone for a line is still good: the cookie travels from our own
    pages alone, and the browser says where a form stood.
    """

    @csrf_exempt
    @for_learners
    @wraps(view)
    def screen(request, reader, language, **kwargs):
        if request.method not in ("GET", "HEAD"):
            check_own_page(request)
        return view(request, reader, language, **kwargs)

    return screen


def of_skill(view):
    """`view(request, reader, language, skill, …)`; 404 where the course has no such assessment and nobody tried it."""

    @for_learner
    @wraps(view)
    def screen(request, reader, language, uid, **kwargs):
        skill = mine.skill(reader, language, str(uid))
        if skill is None:
            raise Http404
        return view(request, reader, language, skill, **kwargs)

    return screen


def of_judged(view):
    """The same for what somebody judges: of a journal there is nothing to send."""

    @of_skill
    @wraps(view)
    def screen(request, reader, language, skill, **kwargs):
        if not skill.slice.is_judged or not skill.path:
            raise Http404
        return view(request, reader, language, skill, **kwargs)

    return screen
