"""What somebody hangs on a wall or hands to an agency: the certificate, and the record of skills that were verified.

Raises `curriculum.printing.NotHere` where no PDF can be made; the same words are on the page to print.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from assessments.credentials import issuer
from assessments.credentials.reading import Shown
from curriculum import printing
from users import qr


@dataclass(frozen=True)
class SkillLine:
    """One skill as somebody with a license saw it. What is not known stays "" and is written in by hand."""

    skill: str
    result: str
    verified_on: date | None = None
    verifier: str = ""
    organization: str = ""
    license_type: str = ""
    license_number: str = ""


def certificate_pdf(shown: Shown) -> bytes:
    """The certificate of a credential, in the credential's own language, with its address for a phone to take."""
    with translation.override(shown.language):
        # Its words stand beside it; two drawings of one name on a page would not be.
        drawn = qr.svg(shown.address)
        html = render_to_string("assessments/credential_paper.html", {"shown": shown, "qr": drawn})
    return printing.pdf(html, "css/credential-paper.css")


def skill_record(
    lines: Sequence[SkillLine], *, name: str, title: str, label: str, on: date, sample: bool = False
) -> dict:
    """What `assessments/skill_record_words.html` shows: skills of one learner by course text `label`, as of a day.

    `name` is the one the learner chose for the form, "" to write it by hand; `sample` says so on paper.
    """
    return {
        "lines": lines,
        "name": name,
        "title": title,
        "label": label,
        "on": on,
        "center": issuer.name(),
        "pdf": printing.available(),
        "is_sample": sample,
    }


def skill_record_pdf(record: dict, language: str) -> bytes:
    """The same as PDF, on sheets that lie across."""
    with translation.override(language):
        html = render_to_string("assessments/skill_record_paper.html", record | {"language": language})
    return printing.pdf(html, "css/skill-record.css")
