"""A safety correction: built from what learners read now, sent to both sides at once, and what follows from it."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.editions import freeze
from curriculum.editions.read import SOURCE, FrozenEdition, read_editions
from curriculum.enums import FrozenKind, Kind
from curriculum.models import Frozen
from curriculum.review import corrections, queries, safety, signals
from curriculum.review.actions import following, laying, opening
from curriculum.review.actions.ending import decide, end_without
from curriculum.review.actions.locking import Refused, locked, still_open
from curriculum.review.composing import Item
from curriculum.review.corrections import Fix
from curriculum.review.enums import ChangeClass, NoticeKind, Outcome, Purpose, Repair
from curriculum.review.models import Committee, ReportClosed, SafetyReport, Submission

OLD_WORDS = gettext_lazy(
    "This page held something that could hurt someone. It was corrected, and the old words are not shown any more. "
    "Read the page in the newest course text."
)


@transaction.atomic
def correct_danger(*, report: SafetyReport, by, fixes: Iterable[Fix], wrong: dict, right: dict) -> Submission:
    """Send a correction of the parts a report names to both sides. Returns the open submission.

    `wrong` and `right` are {language: a sentence for learners}. Built from the agreed version, never from the draft.
    A correction of the same report that is still open is replaced. Raises Refused, and ValueError where words lack.
    """
    list(Committee.objects.select_for_update().order_by("pk"))
    report = SafetyReport.objects.select_related("closed").get(pk=report.pk)
    if not safety.can_correct(by):
        raise Refused(_("A designer or a coordinator writes the correction. Nothing was sent."))
    if not report.is_open:
        raise Refused(_("Somebody dealt with this report already. Nothing was sent."))
    agreed = queries.current_edition(report.module_uid)
    if agreed is None:
        raise Refused(_("This page is not taught yet. Nothing was sent. Ask for a change in its review instead."))
    before = read_editions([agreed.frozen_id])[agreed.frozen_id]
    fixes = _checked(report, before, list(fixes))
    texts = _sentences(wrong, right)
    replaced = _replaced(report)
    draft = _corrected(before, str(report.page_uid), fixes)
    digest = freeze.keep_draft(draft)
    if digest == agreed.frozen_id:
        raise Refused(_("These words already say what you wrote. Nothing was sent."))
    items = [Item(FrozenKind.EDITION, str(report.module_uid), agreed.title, digest, agreed.frozen_id)]
    items += [
        _release_with(release, str(report.module_uid), digest) for release in queries.releases_using(before.module.uid)
    ]
    if replaced is not None:
        decide(replaced, Outcome.SUPERSEDED, by=by.person)
    return opening.store(
        subject=(report.module_uid, Kind.MODULE, agreed.title),
        committee=report.committee,
        by=by,
        items=items,
        authors=set(),
        note=texts[SOURCE]["wrong"],
        change_class=ChangeClass.EMERGENCY,
        languages=sorted({fix.language for fix in fixes}, key=lambda language: (language != SOURCE, language)),
        purpose=Purpose.EMERGENCY,
        replaces=replaced,
        about={
            "report": str(report.pk),
            "page": str(report.page_uid),
            "base": agreed.frozen_id,
            "fixes": [{"block": fix.block, "language": fix.language, "repair": str(fix.repair)} for fix in fixes],
            "texts": texts,
        },
    )


@transaction.atomic
def drop_correction(*, submission: Submission, by, words: str) -> None:
    """Take a correction back. What stands over the page stays there. Raises Refused."""
    submission = still_open(submission)
    if submission.purpose != Purpose.EMERGENCY or not safety.can_correct(by):
        raise Refused(_("A designer or a coordinator takes a correction back. Nothing was changed."))
    if not words.strip():
        raise ValueError(_("Say why in a sentence. Nothing was changed."))
    end_without(submission, Outcome.WITHDRAWN, by=by.person, words=words)


@receiver(signals.ended, dispatch_uid="correction-agreed")
def take_effect(sender, submission, outcome, decisions, **kwargs):
    """Both sides agreed: learners are told, older texts are covered, drafts follow, and confirming begins."""
    if submission.purpose != Purpose.EMERGENCY or outcome != Outcome.APPROVED:
        return
    about = submission.frozen.content["about"]
    edition = next(row for row in decisions if row.kind == FrozenKind.EDITION)
    person = decisions[0].entry.person
    _cover(submission, about, edition, person)
    report = SafetyReport.objects.get(pk=about["report"])
    ReportClosed.objects.create(report=report, person=person, submission=submission, at=timezone.now())
    corrector = getattr(submission.opened_by, "user", None) or person.user
    following.follow(about, new=edition.frozen_id, by=corrector)
    _ask_to_confirm(submission, about, by=corrector)


def _cover(submission, about, edition, person) -> None:
    """A line over the corrected page; the page as it was is not shown in any older text; interim warnings go."""
    module, page = edition.subject_uid, about["page"]
    warnings = [one for one in safety.standing_over(module, page) if one.kind == NoticeKind.BANNER and one.page_uid]
    laying.lift(warnings, person=person, submission=submission)
    common = {"module_uid": module, "page_uid": page, "person": person, "submission": submission}
    older = laying.lay(kind=NoticeKind.WITHDRAWN, texts=laying.in_every_language(OLD_WORDS), **common)
    laying.lift([older], person=person, number=edition.number, submission=submission)
    laying.lay(kind=NoticeKind.CORRECTION, texts=about["texts"], **common)
    laying.tell_readers(module)


def _ask_to_confirm(submission, about, *, by) -> Submission:
    """Open what both sides confirm within the days the charter gives: the corrected version, unchanged.

    Without the course texts that carry it: those go on, and confirming must not depend on it.
    """
    corrected = submission.items.get(subject_uid=submission.subject_uid)
    return opening.store(
        subject=(submission.subject_uid, submission.subject_kind, submission.title),
        committee=submission.committee,
        by=by,
        items=[
            Item(corrected.kind, str(corrected.subject_uid), corrected.title, corrected.frozen_id, corrected.frozen_id)
        ],
        authors=set(submission.authors),
        note=submission.note,
        change_class=ChangeClass.SAFETY,
        languages=submission.languages,
        purpose=Purpose.RATIFY,
        about={
            "confirms": str(submission.pk),
            "page": about["page"],
            "before": {str(corrected.subject_uid): corrected.based_on},
        },
    )


def _checked(report: SafetyReport, before: FrozenEdition, fixes: list[Fix]) -> list[Fix]:
    """Every fix must be of a part that was reported, in a language the page has, with the words it needs."""
    page = next((page for page in before.all_pages if page.uid == str(report.page_uid)), None)
    if page is None:
        raise Refused(_("This page is no longer in the agreed text. Nothing was sent."))
    if not fixes:
        raise ValueError(_("Say for one part at least what becomes of it. Nothing was sent."))
    for fix in fixes:
        snapshot = page.versions.get(fix.language)
        known = corrections.entries_of(snapshot) if snapshot else {}
        if fix.block not in known or (report.blocks and fix.block not in report.blocks):
            raise Refused(
                _("A correction changes only what was reported. Nothing was sent. Report the other part too.")
            )
        if fix.repair == Repair.WARN and not corrections.can_warn(snapshot, fix.block):
            raise ValueError(_("A warning cannot stand before this part. Nothing was sent. Write it right instead."))
        if fix.repair != Repair.REMOVE and not fix.words.strip():
            raise ValueError(_("Write the words for each part that is not taken out. Nothing was sent."))
    return fixes


def _sentences(wrong: dict, right: dict) -> dict[str, dict]:
    said = {
        code: {"wrong": wrong.get(code, "").strip(), "right": right.get(code, "").strip()}
        for code, _name in settings.LANGUAGES
    }
    if not all(all(words.values()) for words in said.values()):
        raise ValueError(_("Tell learners in every language what was wrong and what is right. Nothing was sent."))
    return said


def _replaced(report: SafetyReport) -> Submission | None:
    """The correction of this report that is open now. Raises Refused where one of another report is."""
    open_now = safety.emergency_of(report.module_uid)
    if open_now is None:
        return None
    if open_now.frozen.content["about"]["report"] != str(report.pk):
        raise Refused(
            _("Another correction of this module is before both sides now. Nothing was sent. Send this one after it.")
        )
    return locked(open_now)


def _corrected(before: FrozenEdition, page_uid: str, fixes: list[Fix]) -> freeze.Draft:
    """The agreed version with one page's parts put right: everything else is the same bytes."""
    snapshots = []
    for page in before.all_pages:
        for data in page.versions.values():
            if page.uid == page_uid:
                data = corrections.apply(data, fixes)
            snapshots.append(freeze.Snapshot(freeze.digest(data), data))
    return freeze.Draft(before.module.uid, str(Kind.MODULE), tuple(snapshots))


def _release_with(release, module_uid: str, digest: str) -> Item:
    """A current course text with one module's version changed."""
    content = release.frozen.content
    pinned = {item["module"]: item["edition"] for item in content["modules"]} | {module_uid: digest}
    source = next(reference for reference in content["snapshots"] if reference["language"] == SOURCE)
    curriculum = Frozen.objects.get(digest=source["digest"]).content
    lock = freeze.keep_lock(freeze.lock_data(content["snapshots"], curriculum, pinned))
    return Item(FrozenKind.RELEASE, str(release.subject_uid), release.title, lock, release.frozen_id)
