"""What stops a draft after a safety correction: it still says the old words, or the correction is not confirmed."""

from django.utils.translation import gettext as _

from curriculum.checks import Finding, Level, finding
from curriculum.editions.freeze import Draft
from curriculum.editions.read import FrozenEdition, read_editions
from curriculum.enums import Kind
from curriculum.review import corrections, safety
from curriculum.review.corrections import Fix
from curriculum.review.enums import Outcome, Purpose
from curriculum.review.models import Submission


def findings(draft: Draft) -> list[Finding]:
    """What stops a draft from being sent: words that a correction took away, and a correction that is not confirmed."""
    if draft.kind != Kind.MODULE:
        return []
    found = _waiting(draft)
    rows = Submission.objects.filter(
        subject_uid=draft.uid, purpose=Purpose.EMERGENCY, decisions__outcome=Outcome.APPROVED
    )
    abouts = [(row.frozen.content["about"], _edition_of(row)) for row in rows.distinct().select_related("frozen")]
    if not abouts:
        return found
    editions = read_editions({digest for about, new in abouts for digest in (about["base"], new)})
    for about, new in abouts:
        before, after = (versions_of(editions[digest], about["page"]) for digest in (about["base"], new))
        for snapshot in draft.snapshots:
            if snapshot.data["uid"] == about["page"] and snapshot.data["language"] in before:
                found += _unsafe(snapshot.data, before, after, about["fixes"])
    return found


def _waiting(draft: Draft) -> list[Finding]:
    if safety.emergency_of(draft.uid):
        sentence = _(
            "A safety correction of “%(title)s” is before both sides now. Nothing was sent. Send this after it."
        )
    elif safety.ratification_of(draft.uid):
        sentence = _("A safety correction of “%(title)s” waits to be confirmed by both sides. Nothing was sent.")
    else:
        return []
    return [finding(Level.STOP, draft.source, sentence % {"title": draft.source["title"]})]


def _unsafe(data: dict, before: dict, after: dict, fixes: list[dict]) -> list[Finding]:
    language = data["language"]
    own = [Fix(fix["block"], fix["language"], fix["repair"]) for fix in fixes if fix["language"] == language]
    sentences = corrections.unsafe_sentences(before[language], after[language], own)
    if not corrections.still_says(data, sentences, after[language]):
        return []
    sentence = _(
        "“%(title)s” still says words that were taken out because they could hurt someone. Nothing was sent. "
        "Take them out of the draft first."
    )
    return [finding(Level.STOP, data, sentence % {"title": data["title"]})]


def versions_of(edition: FrozenEdition, page_uid: str) -> dict[str, dict]:
    """{language: snapshot} of one page of a version."""
    return next((page.versions for page in edition.all_pages if page.uid == page_uid), {})


def _edition_of(submission: Submission) -> str:
    return submission.items.get(subject_uid=submission.subject_uid).frozen_id
