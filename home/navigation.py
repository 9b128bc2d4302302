"""What every screen of the app shows around its content.

Everything that costs a query waits until a template asks: Wagtail renders dozens of fragments through this.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from courses.delivery import addresses
from courses.voice.queries import how_many_due
from home.answers import site_answers
from home.demo.doors import cast_bar
from home.demo.switch import demo_is_on
from home.desks import INVITATIONS, desks_of


def other_language(request) -> dict | None:
    """The next of our languages after the one on screen, and where to switch to it. None where there is one only."""
    offered = site_answers(request).offered
    codes = [code for code, _name in offered]
    current = translation.get_language() or settings.LANGUAGE_CODE
    if codes == [current]:
        return None
    code, name = offered[(codes.index(current) + 1) % len(codes)] if current in codes else offered[0]
    query = urlencode({"next": request.get_full_path()})
    return {"code": code, "name": name, "url": f"/language/{code}/?{query}"}


def desks(request) -> list[dict]:
    """Links to the places of whoever reads, the one they are in marked. In a demo the bar signs in and out."""
    user = getattr(request, "user", None)
    demo = demo_is_on()
    if user is None or not user.is_authenticated:
        return [] if demo else [_link("/accounts/login/", _("Sign in"))]
    places = [
        _link(desk.url, desk.label, desk.is_current(request.path))
        for desk in desks_of(user)
        if not (demo and desk is INVITATIONS)
    ]
    return places if demo else [*places, _link("/accounts/logout/", _("Sign out"))]


def screen(request):
    """The context processor."""
    demo = demo_is_on()
    return {
        "home_url": addresses.home(translation.get_language() or settings.LANGUAGE_CODE),
        "center_name": SimpleLazyObject(lambda: site_answers(request).center_name),
        "demo": demo,
        "cast_bar": SimpleLazyObject(lambda: cast_bar(request)) if demo else [],
        "desks": SimpleLazyObject(lambda: desks(request)),
        "voices": SimpleLazyObject(how_many_due),
        "other_language": SimpleLazyObject(lambda: other_language(request)),
    }


def _link(url, label, current=False) -> dict:
    return {"url": url, "label": label, "current": current}
