"""Everything that is kept of what somebody showed, for themselves: in `me/` and in the file they take along."""

from django.utils import timezone

from assessments import queries
from assessments.enums import Capacity, EvidenceRule, Finding, Outcome, SheetKind, TalkKind
from assessments.models import Appeal, Attempt, Credential, Evidence, Upload
from curriculum.review.enums import Side


def told(learner, titles: dict[str, str]) -> dict:
    """Of one learner in every course; `titles` of assessments by uid. As many queries whatever there is.

    What a person wrote on the sheet of a try is told once the try is decided, so that raters look on their own. Names
    of assessors are the course's; those who signed on the learner's phone are told.
    """
    tries = list(queries.with_work(Attempt.objects.filter(learner=learner)).order_by("opened_at", "number"))
    rows = Appeal.objects.filter(result__attempt__learner=learner).select_related("result").prefetch_related("findings")
    appeals = {row.result.attempt_id: row for row in rows}
    words = queries.words_of([uid for one in tries for uid in _uids(one, appeals.get(one.pk))])
    uploads = Upload.objects.filter(learner=learner).exclude(pk__in=Evidence.objects.values("pk"))
    return {
        "tries": [_try(one, appeals.get(one.pk), words, titles) for one in tries],
        "evidence": [_piece(row, titles) for row in Evidence.objects.filter(learner=learner)],
        "on_their_way": [{"kind": row.get_kind_display(), "bytes": row.received} for row in uploads],
        "credentials": [_credential(row) for row in Credential.objects.filter(learner=learner).select_related("end")],
    }


def _uids(attempt: Attempt, appeal: Appeal | None) -> list:
    look = queries.third_look_of(attempt)
    rows = [attempt, *attempt.sheets.all(), *attempt.results.all(), *attempt.talks.all(), *attempt.attestations.all()]
    rows += [look] if look else []
    rows += [appeal, *appeal.findings.all()] if appeal else []
    return [row.pk for row in rows]


def _try(attempt: Attempt, appeal: Appeal | None, words: dict, titles: dict) -> dict:
    is_decided = queries.result_of(attempt) is not None
    look = queries.third_look_of(attempt)
    return {
        "title": titles.get(str(attempt.assessment_uid), str(attempt.assessment_uid)),
        "assessment": str(attempt.assessment_uid),
        "number": attempt.number,
        "began_on": _day(attempt.opened_at),
        "course_text": attempt.release,
        "fingerprint": attempt.instrument,
        "language": attempt.language,
        "claim": words.get(attempt.pk, {}),
        "sheets": [_sheet(one, words, is_decided) for one in attempt.sheets.all()],
        "third_look": {
            "marks": look.marks,
            "stopped": look.stopped,
            "words": words.get(look.pk, {}),
            "on": _day(look.at),
        }
        if look and is_decided
        else None,
        "attestations": [
            {
                "as": Capacity(one.capacity).label,
                "who": _witness(one.witness),
                "last_seen_on": one.last_seen_on.isoformat(),
                "words": words.get(one.pk, {}),
            }
            for one in attempt.attestations.all()
        ],
        "results": [
            {
                "result": Outcome(row.outcome).label,
                "enough": row.met,
                "on": _day(row.at),
                "holds_until": row.valid_until and row.valid_until.isoformat(),
                "people": len(row.raters),
                "evidence_rules": [EvidenceRule(one).label for one in row.rules],
                "counts": row.basis,
                "corrected_because": row.why,
                "words": words.get(row.pk, {}),
            }
            for row in attempt.results.all()
        ],
        "talks": [
            {"kind": TalkKind(one.kind).label, "on": _day(one.at), "words": words.get(one.pk, {})}
            for one in attempt.talks.all()
        ],
        "appeal": _appeal(appeal, words) if appeal else None,
    }


def _sheet(sheet, words: dict, is_decided: bool) -> dict:
    found = {
        "kind": SheetKind(sheet.kind).label,
        "seen_at": sheet.seen_at.isoformat(),
        "by": _witness(sheet.witness) if sheet.witness else None,
    }
    if not is_decided and sheet.kind == SheetKind.TRY:
        return found
    return found | {
        "marks": sheet.marks,
        "stopped": sheet.stopped,
        "evidence_rules": [EvidenceRule(one).label for one in sheet.rules],
        "may_discipline": sheet.may_discipline,
        "other_way": sheet.alternative,
        "more": sheet.more,
        "words": words.get(sheet.pk, {}),
    }


def _appeal(appeal: Appeal, words: dict) -> dict:
    """What one side found is told once both have."""
    findings = list(appeal.findings.all())
    return {
        "asked_on": _day(appeal.opened_at),
        "answer_by": appeal.due_on.isoformat(),
        "words": words.get(appeal.pk, {}),
        "findings": [
            {
                "side": Side(row.side).label,
                "found": Finding(row.finding).label,
                "on": _day(row.at),
                "words": words.get(row.pk, {}),
            }
            for row in findings
        ]
        if len(findings) == len(Side)
        else [],
    }


def _witness(witness) -> dict:
    names = ("name", "role", "organization", "license_type", "license_number")
    return {name: getattr(witness, name) for name in names}


def _piece(row: Evidence, titles: dict) -> dict:
    gone = row.withdrawn_at or row.erased_at
    return {
        "kind": row.get_kind_display(),
        "title": titles.get(str(row.assessment_uid), str(row.assessment_uid)),
        "added_on": _day(row.added_at),
        "kept_until": row.keep_until and row.keep_until.isoformat(),
        "gone_on": gone and _day(gone),
        "words": row.text,
        "bytes": row.size,
        "everybody_said_yes": row.consented,
        "address": "" if gone else f"/evidence/{row.pk}/",
    }


def _credential(row: Credential) -> dict:
    return {
        "title": row.title,
        "name_in_it": row.name,
        "given_on": _day(row.issued_at),
        "holds_until": row.valid_until and row.valid_until.isoformat(),
        "ended_on": _day(row.end.at) if hasattr(row, "end") else None,
        "signed": row.token,
    }


def _day(at) -> str:
    return timezone.localdate(at).isoformat()
