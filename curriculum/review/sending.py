"""What a designer is about to send: the draft beside what was agreed, what is wrong with it, and the choices there are.

Reads drafts and writes nothing. The screen *Send for agreement* and *Put the newer text forward* are both one of these.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curriculum.checks import Finding, Level
from curriculum.editions import portable
from curriculum.editions.diff import PageDiff
from curriculum.editions.freeze import read_draft
from curriculum.editions.read import SOURCE
from curriculum.enums import FrozenKind, Kind
from curriculum.models import ModulePage
from curriculum.review import composing, drafts, queries
from curriculum.review.forms import SendForm, class_choices
from curriculum.review.models import Submission, SubmissionItem
from curriculum.review.presenting import sheet_of
from curriculum.review.proposal import Proposal
from curriculum.review.reading import Sheet


@dataclass
class Sending:
    """One page about to be sent by `user`; with `replaces`, newer text for something under review."""

    page: object
    user: object
    replaces: Submission | None = None
    ticked_releases: frozenset | None = None
    ticked_modules: frozenset = frozenset()

    CHANGED_MEANWHILE = gettext_lazy(
        "The draft was changed while you were reading. Nothing was sent. Your sentence is kept: look at the change "
        "once more, then send."
    )
    MORE_GOES_ALONG = gettext_lazy(
        "Nothing was sent yet. The changes of the modules you ticked are below now: look at them, then send."
    )

    @cached_property
    def composed(self) -> composing.Composed:
        """The drafts that go, with the modules that are ticked and every translation."""
        return composing.compose(self.page, Proposal(modules=tuple(self.ticked_modules)))

    @cached_property
    def seen(self) -> str:
        """The fingerprint of the drafts that are shown."""
        return portable.digest({"drafts": [item.digest for item in self.composed.items]})

    @cached_property
    def diffs(self) -> list[PageDiff]:
        """Against what was agreed; against what is under review when newer text takes its place."""
        if self.replaces is None:
            return self.composed.diffs
        under_review = {str(item.subject_uid): item for item in self.replaces.items.all()}
        pages = [self.page] if self.page.kind == Kind.MODULE else [*self._modules(under_review), self.page]
        read = {draft.uid: draft for draft in self.composed.drafts}
        return [
            diff
            for page in pages
            if page.uid in under_review
            for diff in composing.diffs_with(read.get(page.uid) or read_draft(page), under_review[page.uid].frozen_id)
        ]

    @property
    def sheet(self) -> Sheet:
        return sheet_of(self.diffs, {})

    @property
    def findings(self) -> list[Finding]:
        return self.composed.findings

    def grouped(self, findings=()) -> list[dict]:
        """Findings by weight, the heaviest first: [{"level", "label", "findings"}]."""
        found = list(findings) or self.findings
        return [
            {"level": level.value, "label": level.label, "findings": rows}
            for level in Level
            if (rows := [finding for finding in found if finding.level == level])
        ]

    @property
    def may_be_left_out(self) -> list[Finding]:
        """What stops a translation only: it can stay behind."""
        return [finding for finding in self.findings if finding.level == Level.STOP and finding.language != SOURCE]

    @property
    def is_stopped(self) -> bool:
        """Whether something stops it that leaving translations out cannot cure."""
        stops = [finding for finding in self.findings if finding.level == Level.STOP]
        return len(stops) > len(self.may_be_left_out)

    @property
    def has_changes(self) -> bool:
        return bool(self.composed.items) and any(diff.status != "same" for diff in self.diffs)

    def form(self, data=None) -> SendForm:
        proposed = self.composed.proposed_class
        releases = self._releases()
        initial = {
            "change_class": proposed.value,
            "releases": [uid for uid, _label, ticked in releases if ticked],
            "modules": list(self.ticked_modules),
            "left_out": [f"{finding.uid}:{finding.language}" for finding in self.may_be_left_out],
            "seen": self.seen,
        }
        return SendForm(
            data,
            initial=initial,
            classes=class_choices(proposed),
            releases=[(uid, label) for uid, label, _ticked in releases],
            modules=self._changed_modules(),
            left_out=self._left_out(),
        )

    def form_again(self, form: SendForm) -> SendForm:
        """The same choices and words with the fingerprint of what is shown now."""
        data = form.data.copy()
        data["seen"] = self.seen
        return self.form(data)

    def not_read(self, form: SendForm) -> str:
        """Why it cannot be sent yet, when what would go is not what was shown; empty when it is."""
        if form.cleaned_data["seen"] == self.seen:
            return ""
        return str(self.MORE_GOES_ALONG if form.cleaned_data.get("modules") else self.CHANGED_MEANWHILE)

    def proposal(self, form: SendForm) -> Proposal:
        said = form.cleaned_data
        pairs = (value.rsplit(":", 1) for value in said.get("left_out", []))
        return Proposal(
            note=said["note"].strip(),
            change_class=said["change_class"],
            releases=tuple(said.get("releases", [])),
            modules=tuple(said.get("modules", [])),
            left_out=frozenset((uid, language) for uid, language in pairs),
        )

    def _releases(self) -> list[tuple[str, str, bool]]:
        """(uid, what the box says, whether it is ticked) for every course text that holds this module now."""
        if self.page.kind != Kind.MODULE:
            return []
        current = queries.releases_using(self.page.uid)
        labels = queries.next_labels([row.subject_uid for row in current])
        busy = self._carried_elsewhere([row.subject_uid for row in current])
        rows = []
        for row in current:
            uid = str(row.subject_uid)
            words = _("Use it in %(title)s %(label)s") % {"title": row.title, "label": labels[uid]}
            if uid in busy:
                words = _(
                    "%(use)s. “%(other)s” is under review for that one too: whichever is agreed second is sent again."
                ) % {
                    "use": words,
                    "other": busy[uid],
                }
            ticked = uid in self.ticked_releases if self.ticked_releases is not None else uid not in busy
            rows.append((uid, words, ticked))
        return rows

    def _carried_elsewhere(self, curriculum_uids) -> dict[str, str]:
        """{curriculum uid: title} of other open submissions that make its next course text."""
        rows = SubmissionItem.objects.filter(
            kind=FrozenKind.RELEASE, subject_uid__in=curriculum_uids, submission__decisions=None
        ).exclude(submission__subject_uid=self.page.uid)
        return {str(row.subject_uid): row.submission.title for row in rows.select_related("submission")}

    def _changed_modules(self) -> list[tuple[str, str]]:
        """Agreed modules of this curriculum whose drafts moved on."""
        if self.page.kind != Kind.CURRICULUM:
            return []
        uids = [block.value["module"].uid for block in self.page.modules if block.value.get("module")]
        agreed = queries.approved(FrozenKind.EDITION).filter(subject_uid__in=uids).select_related("submission")
        latest = {str(row.subject_uid): row for row in agreed}
        touched = drafts.last_touched(uids)
        moved = [uid for uid, row in latest.items() if touched.get(uid, row.at) > row.submission.opened_at]
        return [(uid, latest[uid].title) for uid in uids if uid in moved]

    def _left_out(self) -> list[tuple[str, str]]:
        names = dict(settings.LANGUAGES)
        return [
            (f"{finding.uid}:{finding.language}", f"{finding.title} ({names.get(finding.language, finding.language)})")
            for finding in self.may_be_left_out
        ]

    def _modules(self, under_review) -> list[ModulePage]:
        uids = [uid for uid, item in under_review.items() if item.kind == FrozenKind.EDITION]
        pages = ModulePage.objects.filter(translation_key__in=uids, locale=self.page.locale)
        return list(pages.order_by("path"))
