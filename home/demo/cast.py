"""The cast: invented people, one or two a role, whom the demo and the tests share. The outsider must see nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from curriculum.review.enums import Side
from curriculum.review.founding import found_committee, seat
from curriculum.shelves import library
from users.grants import give_role
from users.models import User
from users.roles import Role

LABOR_PARTY = "Sample Local 100"
MANAGEMENT_PARTY = "Sample County Departments"
COMMITTEE = "sample-partnership"


@dataclass(frozen=True)
class Part:
    """One person of the cast. `side` puts them on the committee."""

    username: str
    name: str
    role: Role | None = None
    side: Side | None = None
    language: str = "en"


CAST = (
    Part("admin", "Ada Quiroga", Role.ADMINISTRATOR),
    Part("designer", "Dolores Tran", Role.DESIGNER),
    Part("designer2", "Dwight Okafor", Role.DESIGNER),
    Part("coordinator", "Cora Whitfield", Role.COORDINATOR),
    Part("labor1", "Lucía Herrera", Role.LABOR_REVIEWER, Side.LABOR, "es"),
    Part("labor2", "Lamar Jefferson", Role.LABOR_REVIEWER, Side.LABOR),
    Part("management1", "Mei Nakamura", Role.MANAGEMENT_REVIEWER, Side.MANAGEMENT),
    Part("management2", "Marcus Bell", Role.MANAGEMENT_REVIEWER, Side.MANAGEMENT),
    Part("instructor1", "Inés Robles", Role.INSTRUCTOR),
    Part("mentor1", "Moses Grant", Role.MENTOR),
    Part("assessor1", "Aisha Coleman", Role.ASSESSOR),
    Part("assessor2", "Andrés Villa", Role.ASSESSOR),
    Part("learner1", "Rosa", Role.LEARNER, None, "es"),
    Part("learner2", "Terrence", Role.LEARNER),
    Part("auditor", "Odette Simmons", Role.AUDITOR),
    Part("outsider", "Oscar Lund"),
)


@transaction.atomic
def make_cast(password: str | None = None) -> dict[str, User]:
    """The cast with accounts, roles and seats: {username: user}. Idempotent.

    Raises ImproperlyConfigured on a real installation: invented people have no place there.
    """
    if getattr(settings, "HIGHROAD_PRODUCTION", False):
        raise ImproperlyConfigured("the demo cast is never made on a production installation")
    committee = found_committee(
        shelf=library(),
        slug=COMMITTEE,
        name="Sample training partnership",
        labor_name=LABOR_PARTY,
        management_name=MANAGEMENT_PARTY,
    )
    return {part.username: _make(part, committee, password or settings.DEMO_PASSWORD) for part in CAST}


def _make(part: Part, committee, password: str) -> User:
    user, made = User.objects.get_or_create(
        username=part.username,
        defaults={
            "email": f"{part.username}@demo.invalid",
            "is_demo": True,
            "preferred_language": part.language,
            "is_superuser": part.role == Role.ADMINISTRATOR,
            "is_staff": part.role == Role.ADMINISTRATOR,
        },
    )
    if made:
        user.set_password(password)
        user.save()
        user.person.name = part.name
        user.person.save()
    if part.role:
        give_role(user=user, role=part.role)
    if part.side:
        seat(person=user.person, committee=committee, side=part.side)
    return user
