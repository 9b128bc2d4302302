"""Codes on paper: one slip a person, in the language they chose."""

from django.utils.translation import get_language

from courses.cohorts.models import Enrollment
from courses.cohorts.roster import LetIn
from courses.delivery.addresses import prefix
from courses.paper import addresses
from users.ways_in import shown_code


def way_back(enrollment: Enrollment) -> str:
    """Where this person types a code, with the site's name in front."""
    return addresses.whole(f"{prefix(_language(enrollment))}/back/")


def slips(let_in: list[LetIn]) -> list[dict]:
    """What templates/teaching/slips.html shows. No query: whoever was let in is at hand."""
    return [
        {
            "called": one.enrollment.called,
            "code": shown_code(one.code),
            "language": _language(one.enrollment),
            "url": addresses.short(way_back(one.enrollment)),
            "qr": addresses.code(way_back(one.enrollment)),
        }
        for one in let_in
    ]


def _language(enrollment: Enrollment) -> str:
    return enrollment.learner.language or get_language()
