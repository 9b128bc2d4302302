"""*This could hurt someone*: said by anybody who teaches or reads, listed at once, closed with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.review import corrections, queries, safety
from curriculum.review.actions.locking import Refused
from curriculum.review.actions.noticing import tell
from curriculum.review.audiences import Roster
from curriculum.review.models import ReportClosed, SafetyReport
from curriculum.review.safety import Place, check_can_report
from curriculum.review.steps import Step
from curriculum.review.subjects import about_row


@transaction.atomic
def report_danger(*, place: Place, by, reason: str, blocks=()) -> SafetyReport:
    """Say that words on a page could hurt someone. Coordinators and both sides are told at once. Returns the report.

    `blocks` are ids of the parts meant; those that are not on the page are refused with ValueError, like a report
    without a reason.
    """
    check_can_report(by)
    if not reason.strip():
        raise ValueError(_("Say in a sentence what could happen. Nothing was sent yet."))
    known = set().union(*(corrections.entries_of(snapshot) for snapshot in place.page.versions.values()))
    if not set(blocks) <= known:
        raise ValueError(_("That part is not on this page any more. Nothing was sent yet. Choose again."))
    report = SafetyReport.objects.create(
        committee=place.committee,
        module_uid=place.module_uid,
        page_uid=place.page.uid,
        title=place.page.source["title"],
        blocks=sorted(set(blocks)),
        reason=reason.strip(),
        person=by.person,
        side=queries.side_of(by.person) or "",
        edition=place.edition,
        at=timezone.now(),
    )
    roster = Roster([place.committee.pk])
    people = [seated.person for seated in roster.answering(place.submission)]
    people += [person for person in roster.co_chairs(place.committee) if person not in people]
    tell(Step.URGENT, place.submission, [*people, *roster.coordinators], about=about_row(report))
    return report


@transaction.atomic
def close_report(*, report: SafetyReport, by, words: str) -> ReportClosed:
    """A coordinator says why there is no danger, or what was done. Raises Refused, ValueError without words."""
    if not safety.is_duty_lead(by):
        raise Refused(_("A coordinator closes a report. Nothing was changed."))
    if ReportClosed.objects.filter(report=report).exists():
        raise Refused(_("Somebody dealt with this report already. Nothing was changed."))
    if not words.strip():
        raise ValueError(_("Say in a sentence what you found. Nothing was changed."))
    return ReportClosed.objects.create(report=report, person=by.person, words=words.strip(), at=timezone.now())
