"""Reasons for a new look at agreed text: filed by a coordinator or found by a clock, and settled with a sentence."""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from curriculum.editions.read import SOURCE, read_editions
from curriculum.enums import FrozenKind
from curriculum.models import StandardItem
from curriculum.review import impact, queries, safety
from curriculum.review.actions import laying
from curriculum.review.actions.locking import Refused
from curriculum.review.actions.noticing import tell
from curriculum.review.audiences import Roster
from curriculum.review.enums import ChangeClass, NoticeKind, TriggerKind
from curriculum.review.models import Decision, SafetyReport, Submission, Trigger, TriggerSettled
from curriculum.review.steps import Step
from curriculum.review.subjects import about_row

CHANGED_OUTSIDE = gettext_lazy(
    "A rule behind this page has changed, so the page is being checked again. Ask your instructor what holds now."
)
OLDER = gettext_lazy("This page is older than the English page: something that is taught has changed there.")
#: A translation may be so many days behind before it says so.
LAG = timedelta(days=30)
#: So many reports about one module are a reason by themselves.
SEVERAL = 3


@transaction.atomic
def look_again(*, kind: str, text: str, by, modules: Iterable = (), framework: str = "", item: str = "") -> Trigger:
    """File a reason. For a standard, everything that rests on its item is touched. Returns the trigger.

    Raises Refused for everybody but coordinators and where it was filed already; ValueError where something lacks.
    """
    if not safety.is_duty_lead(by):
        raise Refused(_("A coordinator asks for a new look. Nothing was written."))
    if kind not in TriggerKind.values or not text.strip():
        raise ValueError(_("Say in a sentence what changed. Nothing was written."))
    touched = impact.impact_of([(framework, item)], SOURCE) if framework else None
    uids = [module.uid for module in touched.modules] if touched else [str(uid) for uid in modules]
    if not uids:
        raise ValueError(_("Nothing that is taught rests on this. Nothing was written."))
    key = f"{kind}:{framework}:{item}" if framework else f"{kind}:{timezone.now():%Y%m%d%H%M%S%f}"
    if Trigger.objects.filter(key=key).exists():
        raise Refused(_("This reason is listed already. Nothing was written."))
    return _file(kind, key, text.strip(), uids, touched, person=by.person, framework=framework, item=item)


@transaction.atomic
def settle(*, trigger: Trigger, by, words: str) -> TriggerSettled:
    """A coordinator says what was done about it. What stands over the pages because of it goes."""
    if not safety.is_duty_lead(by):
        raise Refused(_("A coordinator settles it. Nothing was changed."))
    if TriggerSettled.objects.filter(trigger=trigger).exists():
        raise Refused(_("This was settled already. Nothing was changed."))
    if not words.strip():
        raise ValueError(_("Say in a sentence what was done. Nothing was changed."))
    made = TriggerSettled.objects.create(trigger=trigger, person=by.person, words=words.strip(), at=timezone.now())
    over = [one for one in safety.notices_over(trigger.modules) if one.cause == _cause(trigger.key)]
    laying.lift([one for one in over if not hasattr(one, "lifted")], person=by.person)
    laying.tell_readers(*trigger.modules)
    return made


def open_triggers(user) -> list[Trigger]:
    """Those that are not settled and touch what this person reads, newest first: a constant number of queries."""
    rows = list(Trigger.objects.filter(settled=None).order_by("-at"))
    if not rows or user.has_perm("review.view_submission"):
        return rows
    seats = queries.seats_of(user.person).values_list("committee", flat=True)
    decisions = queries.approved(FrozenKind.EDITION).filter(submission__committee__in=seats)
    own = {str(uid) for uid in decisions.values_list("subject_uid", flat=True)}
    return [row for row in rows if own & set(row.modules)]


def find_triggers(today: date | None = None) -> int:
    """File what a clock can find: standards that changed, translations behind, several reports. Returns how many."""
    today = today or timezone.localdate()
    return _find_standards(today) + _find_lag(today) + _find_reports()


def _find_standards(today: date) -> int:
    """Items that agreed text names and that ended, or began, since both sides agreed on it."""
    cited = impact.cited()
    rows = StandardItem.objects.select_related("framework", "replaced_by").filter(
        Q(ends__lte=today) | Q(starts__lte=today) | Q(replaced_by__isnull=False),
        code__in={item for _framework, item in cited},
    )
    since = {uid: timezone.localdate(row.at) for uid, row in queries.current(FrozenKind.EDITION).items()}
    known = set(Trigger.objects.values_list("key", flat=True))
    found = 0
    for row in rows:
        pair = (row.framework.key, row.code)
        uids = [uid for uid in sorted(cited.get(pair, ())) if _has_changed(row, since[uid], today)]
        key = f"{TriggerKind.STANDARD}:{pair[0]}:{pair[1]}"
        if uids and key not in known:
            text = f"{row.framework.title}, {row.code}: {row.statement}"
            touched = impact.impact_of([pair], SOURCE)
            _file(TriggerKind.STANDARD, key, text, uids, touched, framework=pair[0], item=pair[1])
            found += 1
    return found


def _has_changed(row: StandardItem, agreed: date, today: date) -> bool:
    """Whether an item ended or began after the day both sides agreed on text that names it."""
    return any(day is not None and agreed < day <= today for day in (row.starts, row.ends))


def _find_lag(today: date) -> int:
    """Translations whose source changed what is taught more than a month ago, and that did not follow."""
    found = 0
    for decision in queries.current(FrozenKind.EDITION).values():
        for page_uid, language, day in _behind(decision):
            if today - day <= LAG:
                continue
            key = f"{TriggerKind.TRANSLATION}:{page_uid}:{language}:{decision.number}"
            if not Trigger.objects.filter(key=key).exists():
                _file_lag(decision, page_uid, language, key)
                found += 1
    return found


def _behind(decision: Decision) -> list[tuple[str, str, date]]:
    """(page, language, since when) of translations older than their source by more than a small fix.

    Versions are walked from the newest back: a page is behind from the version in which its source changed alone.
    """
    rows = list(
        queries.approved(FrozenKind.EDITION)
        .filter(subject_uid=decision.subject_uid, number__lte=decision.number)
        .order_by("number")
        .select_related("frozen", "submission")
    )
    since: dict[tuple[str, str], date] = {}
    for before, after in zip(rows, rows[1:], strict=False):
        old, new = _digests(before), _digests(after)
        weighs = not ChangeClass(after.submission.change_class).is_small
        for (uid, language), digest in new.items():
            if language == SOURCE:
                continue
            source = (uid, SOURCE)
            if old.get((uid, language)) != digest:
                since.pop((uid, language), None)
            elif weighs and source in old and old[source] != new.get(source):
                since.setdefault((uid, language), timezone.localdate(after.at))
    here = _digests(rows[-1])
    return [(uid, language, day) for (uid, language), day in since.items() if (uid, language) in here]


def _digests(decision: Decision) -> dict[tuple[str, str], str]:
    return {(one["uid"], one["language"]): one["digest"] for one in decision.frozen.content["snapshots"]}


@transaction.atomic
def _file_lag(decision: Decision, page_uid: str, language: str, key: str) -> None:
    edition = read_editions([decision.frozen_id])[decision.frozen_id]
    title = next(page for page in edition.all_pages if page.uid == page_uid).source["title"]
    text = f"{title} ({language})"
    trigger = Trigger.objects.create(
        kind=TriggerKind.TRANSLATION, key=key, text=text, modules=[str(decision.subject_uid)], at=timezone.now()
    )
    with override(language):
        said = {language: {"text": str(OLDER)}}
    laying.lay(
        kind=NoticeKind.OLDER,
        module_uid=decision.subject_uid,
        page_uid=page_uid,
        language=language,
        texts=said,
        cause=_cause(key),
    )
    _tell_both(trigger)
    laying.tell_readers(decision.subject_uid)


def _find_reports() -> int:
    """Several safety reports about one module since its newest version."""
    current = queries.current(FrozenKind.EDITION)
    counted: dict[str, list[SafetyReport]] = {}
    for report in SafetyReport.objects.filter(module_uid__in=list(current)):
        if report.edition == current[str(report.module_uid)].frozen_id:
            counted.setdefault(str(report.module_uid), []).append(report)
    found = 0
    for uid, reports in counted.items():
        key = f"{TriggerKind.LEARNERS}:{uid}:{current[uid].number}"
        if len({report.person_id for report in reports}) >= SEVERAL and not Trigger.objects.filter(key=key).exists():
            _file(TriggerKind.LEARNERS, key, current[uid].title, [uid], None)
            found += 1
    return found


@transaction.atomic
def _file(kind, key, text, uids, touched, *, person=None, framework="", item="") -> Trigger:
    trigger = Trigger.objects.create(
        kind=kind,
        key=key,
        text=text,
        framework=framework,
        item=item,
        modules=uids,
        person=person,
        at=timezone.now(),
    )
    for module, page in _places(uids, touched):
        laying.lay(
            kind=NoticeKind.UNDER_REVIEW,
            module_uid=module,
            page_uid=page,
            texts=laying.in_every_language(CHANGED_OUTSIDE),
            cause=_cause(key),
            person=person,
        )
    _tell_both(trigger)
    laying.tell_readers(*uids)
    return trigger


def _places(uids: list[str], touched) -> list[tuple[str, str | None]]:
    """(module, page) of everything that gets a line.

    The lessons and assessments that name the item, else the module's own page, which does; without an item every page.
    """
    if touched is None:
        return [(uid, None) for uid in uids]
    pages = {uid: [page.uid for module, page in touched.pages if module == uid] for uid in uids}
    return [(uid, page) for uid in uids for page in pages[uid] or [uid]]


def _tell_both(trigger: Trigger) -> None:
    """Both sides and the coordinators hear of it."""
    for decision in queries.current(FrozenKind.EDITION, trigger.modules).values():
        submission = Submission.objects.with_record().get(pk=decision.submission_id)
        roster = Roster([submission.committee_id])
        people = [place.person for place in roster.answering(submission)]
        people += roster.co_chairs(submission.committee)
        tell(Step.TRIGGERED, submission, [*people, *roster.coordinators], about=about_row(trigger))


def _cause(key: str) -> str:
    """What the notices over pages keep of a reason, so that they go when it is settled."""
    return f"look:{sha256(key.encode()).hexdigest()[:40]}"
