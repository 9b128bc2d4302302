"""The doors of a demo: five ways in, and the bar that changes who one is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.review.enums import Side
from home.demo.cast import CAST


@dataclass(frozen=True)
class Door:
    """One way in. `label` is what a visitor wants to be, `short` the same on the bar, `anchor` its place on /demo/."""

    username: str
    anchor: str
    label: str
    text: str
    short: str
    icon: str = ""
    side: str = ""


DOORS = (
    Door(
        "designer",
        "write",
        gettext_lazy("I write"),
        gettext_lazy("Change a lesson and send it to both sides."),
        gettext_lazy("Designer"),
        icon="pencil",
    ),
    Door(
        "labor1",
        "labor",
        gettext_lazy("I speak for workers"),
        gettext_lazy("Read what changed and agree, or ask for a change."),
        gettext_lazy("Labor"),
        side=Side.LABOR,
    ),
    Door(
        "management1",
        "management",
        gettext_lazy("I speak for management"),
        gettext_lazy("Read what changed and agree, or ask for a change."),
        gettext_lazy("Management"),
        side=Side.MANAGEMENT,
    ),
    Door(
        "instructor1",
        "teach",
        gettext_lazy("I teach"),
        gettext_lazy("Plan a class, and watch people show what they can do."),
        gettext_lazy("Instructor"),
        icon="clipboard",
    ),
    Door(
        "learner1",
        "learn",
        gettext_lazy("I learn"),
        gettext_lazy("Read a lesson on a phone."),
        gettext_lazy("Learner"),
        icon="phone",
    ),
)

PARTS = {part.username: part for part in CAST}
REVIEW = "/review/"


def entry(username: str, then: str = "") -> str:
    """Where a form posts to become this person."""
    address = reverse("demo_enter", args=[username])
    return f"{address}?{urlencode({'next': then})}" if then else address


def doors() -> list[dict]:
    """The doors as components/doors.html takes them."""
    return [
        {
            "label": door.label,
            "text": door.text,
            "url": entry(door.username),
            "value": door.username,
            "side": door.side,
            "icon": door.icon,
            "anchor": door.anchor,
        }
        for door in DOORS
    ]


def cast_bar(request) -> list[dict]:
    """Who one is now and may be instead. Somebody without a door is shown first, where they are who one is."""
    me = getattr(getattr(request, "user", None), "username", "")
    bar = [
        {
            "label": door.short,
            "name": PARTS[door.username].name,
            "url": entry(door.username, _stay(request.path, door)),
            "value": door.username,
            "side": door.side,
            "current": door.username == me,
        }
        for door in DOORS
    ]
    return bar if any(one["current"] for one in bar) else [_without_door(me), *bar]


def _without_door(me: str) -> dict:
    part = PARTS.get(me)
    label = part.role.label if part and part.role else me or _("not signed in")
    return {"label": label, "name": part.name if part else "", "url": "", "current": True, "side": ""}


def _stay(path: str, door: Door) -> str:
    """Both sides read the same page of the review room, so changing sides stays on it."""
    return path if door.side and path.startswith(REVIEW) else ""
