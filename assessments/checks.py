"""Rules of an assessment before it is put before a committee."""

from django.utils.translation import gettext as _

from assessments import methods
from curriculum.checks import Finding, Level, finding, language_name
from curriculum.editions.labels import field_label
from curriculum.enums import Kind

#: What every language of an assessment shares.
SHARED = ("method", "passing", "evidence", "graded", "valid_months", "objectives")


def check_assessment(versions: dict[str, dict]) -> list[Finding]:
    """Languages must agree on codes, critical marks, passing rule, assessors and evidence: one rule, many words.

    So what the method asks for is asked of the source alone.
    """
    source, *translations = versions.values()
    return methods.of(source["method"]).check(source) + [
        finding(
            Level.STOP,
            snapshot,
            _(
                "“%(title)s” is not the same assessment in %(source)s and %(language)s: %(what)s differ. "
                "Nothing was sent. Make them agree first."
            )
            % {
                "title": source["title"],
                "source": language_name(source["language"]),
                "language": language_name(snapshot["language"]),
                "what": ", ".join(differences),
            },
        )
        for snapshot in translations
        if (differences := _differences(source, snapshot))
    ]


def _differences(source: dict, translation: dict) -> list[str]:
    found = [field_label(Kind.ASSESSMENT, name) for name in SHARED if source.get(name) != translation.get(name)]
    if _criteria(source) != _criteria(translation):
        found.append(_("the criteria or which of them are critical"))
    if _extent(source) != _extent(translation):
        found.append(_("how long a step may take, or who shows it"))
    if _levels(source) != _levels(translation):
        found.append(_("the levels or which of them is enough"))
    return found


def _criteria(snapshot: dict) -> list[tuple]:
    return [
        (entry["id"], entry["value"].get("code"), bool(entry["value"].get("critical")))
        for entry in snapshot.get("criteria", [])
    ]


def _extent(snapshot: dict) -> list[tuple]:
    return [
        (entry["id"], entry["value"].get("limit"), bool(entry["value"].get("individual")))
        for entry in snapshot.get("criteria", [])
        if entry["value"].get("limit") or entry["value"].get("individual")
    ]


def _levels(snapshot: dict) -> list[tuple]:
    return [
        (one["id"], one["value"].get("level"), bool(one["value"].get("enough"))) for one in snapshot.get("rubric", [])
    ]
