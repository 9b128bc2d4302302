"""One try as its learner reads it: what was met, in the raters' words, and what the result rests on.

What one person wrote down is read only once the try is decided, so nobody is asked about the other's sheet. Who they
are stays with the course; a witness is named, because the learner handed them the phone.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import instrument, methods, queries
from assessments.actions import appealing
from assessments.enums import Capacity, EvidenceRule, Finding, Outcome, SheetKind, TalkKind
from assessments.instrument import Instrument
from assessments.models import Appeal, Attempt, Result, Sheet
from courses.assessing.mine import Skill
from courses.cohorts.text import address
from courses.learning.access import Reader
from curriculum.review.enums import Side
from curriculum.review.models import Decision


@dataclass(frozen=True)
class Around:
    """What is read once for all tries of a skill: words by what they belong to, appeals by try, names of texts."""

    words: dict[UUID, dict[str, str]]
    appeals: dict[UUID, Appeal]
    texts: dict[str, Decision]


def around(skill: Skill) -> Around:
    """Five queries, however many tries there are."""
    tries = skill.tries
    rows = Appeal.objects.filter(result__attempt__in=[one.pk for one in tries]).select_related("result")
    appeals = {row.result.attempt_id: row for row in rows.prefetch_related("findings", "hearers")}
    uids = [one.pk for one in tries]
    for attempt in tries:
        for name in ("sheets", "results", "talks", "attestations"):
            uids += [row.pk for row in getattr(attempt, name).all()]
        look = queries.third_look_of(attempt)
        uids += [look.pk] if look else []
    for row in appeals.values():
        uids += [row.pk, *(one.pk for one in row.findings.all())]
    cited = {name for one in tries for row in one.results.all() for name in (row.edition, row.release)}
    texts = {row.frozen_id: row for row in Decision.objects.filter(frozen__in=cited)}
    return Around(queries.words_of(uids), appeals, texts)


def told(skill: Skill, attempt: Attempt, all_: Around, reader: Reader, language: str) -> dict:
    """A try for `assessing/learner/try.html`."""
    result = queries.result_of(attempt)
    read = skill.read if skill.read.yardstick == attempt.yardstick else instrument.read(attempt.instrument)
    is_tasks = methods.of(attempt.method).sheet_kind == SheetKind.TASK
    return {
        "uid": attempt.pk,
        "number": attempt.number,
        "opened_on": timezone.localdate(attempt.opened_at),
        "read": read,
        "result": result,
        "word": Outcome(result.outcome).label if result else "",
        "is_there": bool(result) and result.outcome in (Outcome.COMPETENT, Outcome.RECOGNIZED),
        "tasks": tasks(attempt, read, all_) if is_tasks else [],
        "points": _points(attempt, read, all_) if result and not is_tasks else [],
        "stops": _stops(attempt, read, all_) if result else [],
        "said": _overall(attempt, all_) if result else [],
        "talks": _talks(attempt, all_),
        "corrections": _corrections(attempt, all_),
        "claim": all_.words.get(attempt.pk, {}).get("", ""),
        "attestations": attestations(attempt, all_),
        "appeal": _appeal(all_.appeals.get(attempt.pk), all_),
        "appeal_until": _appeal_until(attempt, result, all_),
        "gaps": _gaps(result, reader, language),
        "turned_away": queries.turned_away(attempt),
        "basis": result and _basis(attempt, result, all_),
    }


def who(sheet: Sheet) -> str:
    """As what a learner reads of whoever wrote a sheet."""
    if sheet.witness is None:
        return _("An assessor")
    witness = sheet.witness
    return ", ".join(part for part in (witness.name, witness.role, witness.organization) if part)


def tasks(attempt: Attempt, read: Instrument, all_: Around) -> list[dict]:
    """The log of tasks at work, the newest first: here each entry is read at once, for each stands by itself."""
    rows = sorted(queries.sheets_of(attempt, SheetKind.TASK), key=lambda one: one.seen_at, reverse=True)
    cosigned = {}
    for one in queries.sheets_of(attempt, SheetKind.COSIGN):
        cosigned.setdefault(one.cosigns_id, []).append(who(one))
    return [
        {
            "uid": sheet.pk,
            "on": timezone.localdate(sheet.seen_at),
            "who": who(sheet),
            "also": cosigned.get(sheet.pk, []),
            "is_confirmed": queries.confirmed(attempt, sheet),
            "done": [_marked(read, row, all_.words.get(sheet.pk, {})) for row in sheet.marks],
            "note": all_.words.get(sheet.pk, {}).get("", ""),
        }
        for sheet in rows
    ]


def attestations(attempt: Attempt, all_: Around) -> list[dict]:
    return [
        {
            "capacity": Capacity(row.capacity).label,
            "who": ", ".join((row.witness.name, row.witness.role, row.witness.organization)),
            "last_seen_on": row.last_seen_on,
            "text": all_.words.get(row.pk, {}).get("", ""),
        }
        for row in attempt.attestations.all()
    ]


def _marked(read: Instrument, row: dict, words: dict[str, str]) -> dict:
    point = read.point(row["criterion"])
    level = next((one for one in read.levels if one.number == row.get("level")), None)
    return {
        "text": point.text if point else row["criterion"],
        "critical": bool(point and point.critical),
        "met": row["met"],
        "level": level.label if level else "",
        "note": words.get(row["criterion"], ""),
    }


def _points(attempt: Attempt, read: Instrument, all_: Around) -> list[dict]:
    """Each point with what all of them come to: met where everybody saw it, or what a third decided."""
    sheets, look = queries.counting(attempt, SheetKind.TRY), queries.third_look_of(attempt)
    decided = {row["criterion"]: row for row in look.marks} if look else {}
    marks = [{row["criterion"]: row for row in sheet.marks} for sheet in sheets]
    found = []
    for point in read.criteria:
        rows = [(sheet, seen[point.id]) for sheet, seen in zip(sheets, marks, strict=True) if point.id in seen]
        last = decided.get(point.id)
        met = last["met"] if last else bool(rows) and all(row["met"] for _sheet, row in rows)
        shown = last or (rows[0][1] if rows else {})
        level = next((one for one in read.levels if one.number == shown.get("level")), None)
        notes = [(who(sheet), all_.words.get(sheet.pk, {}).get(point.id, "")) for sheet, _row in rows]
        found.append(
            {
                "code": point.code,
                "text": point.text,
                "critical": point.critical,
                "met": met,
                "seen": bool(rows),
                "level": level.label if level else "",
                "differ": len({row["met"] for _sheet, row in rows}) > 1,
                "notes": [{"who": name, "text": text} for name, text in notes if text],
                "third": all_.words.get(look.pk, {}).get(point.id, "") if last else "",
            }
        )
    return found


def _stops(attempt: Attempt, read: Instrument, all_: Around) -> list[dict]:
    """What ended the try, with the facts."""
    look = queries.third_look_of(attempt)
    sheets = queries.counting(attempt, methods.of(attempt.method).sheet_kind)
    found = []
    for line in read.stops:
        saw = [one for one in sheets if line.id in one.stopped]
        if not saw:
            continue
        notes = [{"who": who(one), "text": all_.words.get(one.pk, {}).get(line.id, "")} for one in saw]
        third = all_.words.get(look.pk, {}).get(line.id, "") if look else ""
        found.append(
            {
                "text": line.text,
                "counts": len(saw) == len(sheets) or bool(look and line.id in look.stopped),
                "notes": [one for one in notes if one["text"]],
                "third": third,
            }
        )
    return found


def _overall(attempt: Attempt, all_: Around) -> list[dict]:
    """What raters said of the whole try."""
    rows = [(who(one), all_.words.get(one.pk, {}).get("", "")) for one in queries.sheets_of(attempt, SheetKind.TRY)]
    return [{"who": name, "text": text} for name, text in rows if text]


def _talks(attempt: Attempt, all_: Around) -> list[dict]:
    return [
        {
            "kind": TalkKind(row.kind).label,
            "on": timezone.localdate(row.at),
            "text": all_.words.get(row.pk, {}).get("", ""),
        }
        for row in attempt.talks.all()
    ]


def _corrections(attempt: Attempt, all_: Around) -> list[dict]:
    """What was written down before, oldest first, and why another result took its place."""
    rows = sorted(attempt.results.all(), key=lambda row: (row.at, row.corrects_id is not None))
    return [
        {
            "was": Outcome(before.outcome).label,
            "on": timezone.localdate(row.at),
            "why": row.why,
            "text": all_.words.get(row.pk, {}).get("", ""),
        }
        for before, row in zip(rows, rows[1:], strict=False)
    ]


def _appeal(appeal: Appeal | None, all_: Around) -> dict | None:
    """What one side found is read once the other has answered too."""
    if appeal is None:
        return None
    findings = list(appeal.findings.all())
    found = appealing.conclusion(findings)
    return {
        "text": all_.words.get(appeal.pk, {}).get("", ""),
        "on": timezone.localdate(appeal.opened_at),
        "due_on": appeal.due_on,
        "named": len(queries.hearers_of(appeal)) == len(Side),
        "found": found and found.label,
        "findings": [
            {
                "side": Side(row.side).label,
                "found": Finding(row.finding).label,
                "text": all_.words.get(row.pk, {}).get("", ""),
            }
            for row in sorted(findings, key=lambda one: one.side)
        ]
        if found
        else [],
    }


def _appeal_until(attempt: Attempt, result: Result | None, all_: Around):
    """The last day on which this result can be heard again; None where it cannot, or was enough as it is."""
    if result is None or result.met or result.outcome == Outcome.VOID or attempt.pk in all_.appeals:
        return None
    last = appealing.last_day(result)
    return last if last >= timezone.localdate() else None


def _gaps(result: Result | None, reader: Reader, language: str) -> list[dict]:
    """Lessons that experience does not cover yet."""
    wanted = set(result.basis.get("gaps", ())) if result else set()
    return [
        {"title": page.title(language), "url": address(reader.course.code, language, page.path)}
        for page in reader.text.pages
        if page.uid in wanted
    ]


def _basis(attempt: Attempt, result: Result, all_: Around) -> dict:
    basis = result.basis
    edition, release = all_.texts.get(result.edition), all_.texts.get(result.release)
    share = basis.get("share")
    return {
        "label": release.label if release else "",
        "version": edition.number if edition else None,
        "fingerprint": result.instrument,
        "people": len(result.raters),
        "rules": [EvidenceRule(one).label for one in result.rules],
        "critical": basis.get("critical"),
        "others": basis.get("others"),
        "share": f"{share[0]}/{share[1]}" if share else "",
        "has_third": queries.third_look_of(attempt) is not None,
    }
