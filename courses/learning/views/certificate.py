"""The certificate of a workshop: that somebody was there, and until when that holds. As a page to print and as PDF."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from courses.cohorts import queries
from courses.cohorts.enums import Presence
from courses.cohorts.text import address
from courses.delivery import center
from courses.learning.access import for_learners
from courses.learning.pages import of_course
from curriculum import printing
from curriculum.editions.read import SOURCE
from curriculum.review.workdays import later


def certificate_url(reader, language: str) -> str:
    """Where the certificate is, "" for courses that have none and for whoever was not there."""
    there = reader.enrollment and reader.course.is_workshop and told(reader)
    return address(reader.course.code, language, "certificate/") if there else ""


@for_learners
def certificate(request, reader, language):
    """404 until attendance says that the learner was there."""
    return of_course(request, "learning/certificate.html", reader, language, "certificate/", _context(reader, language))


@for_learners
def certificate_pdf(request, reader, language):
    context = _context(reader, language) | {"language": language, "center_name": center.name()}
    context |= {"course": reader.course, "sample": reader.text.decision.sample}
    with translation.override(language):
        html = render_to_string("learning/certificate_paper.html", context)
    try:
        data = printing.pdf(html, "css/certificate.css")
    except printing.NotHere:
        raise Http404 from None
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{reader.course.code}.pdf"'
    return response


def told(reader) -> dict | None:
    """The session, its hours and the last day the certificate holds (None: it does not end), from attendance alone."""
    session = reader.course.sessions.filter(is_called_off=False).first()
    row = session and queries.attendance_of(session).get(str(reader.enrollment.pk))
    if not row or row.presence not in (Presence.HERE, Presence.PART):
        return None
    day = timezone.localdate(session.starts_at)
    months = reader.course.valid_months
    return {"name": reader.enrollment.called, "day": day, "hours": row.hours, "until": months and later(day, months)}


def _context(reader, language: str) -> dict:
    found = told(reader) if reader.course.is_workshop else None
    if found is None:
        raise Http404
    text = reader.text
    module = text.modules[0]
    return {
        **found,
        "module": module.title(language),
        "module_language": language if language in module.titles else SOURCE,
        "label": text.decision.label,
        "fingerprint": text.decision.frozen_id,
        "pdf_url": address(reader.course.code, language, "certificate.pdf") if printing.available() else "",
    }
