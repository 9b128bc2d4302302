"""Taking away what is a learner's own words and files. Results and counts stay, under a pseudonym without a name."""

from django.db import transaction

from assessments.actions import appealing
from assessments.credentials import ending
from assessments.evidence import keeping
from assessments.models import Appeal, Words
from users.models import Learner


def open_appeals(learner: Learner) -> int:
    """How many appeals of a learner wait for an answer; their words would go too."""
    rows = Appeal.objects.filter(result__attempt__learner=learner).prefetch_related("findings")
    return sum(appealing.conclusion(row.findings.all()) is None for row in rows)


@transaction.atomic
def forget(*, learner: Learner) -> None:
    """Evidence, notes and the name in credentials go; what a learner carries of a credential still holds."""
    keeping.erase_of(learner=learner)
    Words.objects.filter(learner=learner).delete()
    ending.seal(learner=learner)
