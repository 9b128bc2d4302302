"""Binding what was accepted to the version that carries it. An agreement does it by itself; designers can, too."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.delivery import covering, credits
from courses.voice import queries
from courses.voice.answering import locked
from courses.voice.enums import StepKind
from courses.voice.models import VoiceItem, VoiceStep
from curriculum.editions.read import FrozenEdition, FrozenPage, read_editions
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from curriculum.review.models import Decision


def on_agreed(sender, submission, decisions, **kwargs) -> None:
    """Receiver of `review.signals.agreed`, in its transaction, before pages are rendered.

    What was accepted is tied to a new version where that version changed the paragraph, or the page, it was about:
    different from the version before, and from what the person read.
    """
    agreed = {str(row.subject_uid): row for row in decisions if row.kind == FrozenKind.EDITION}
    items = list(queries.to_carry().filter(module_uid__in=agreed).select_for_update())
    if not items:
        return
    before = {uid: _before(agreed[uid]) for uid in {str(item.module_uid) for item in items}}
    digests = [agreed[uid].frozen_id for uid in before] + [row.frozen_id for row in before.values() if row]
    editions = read_editions(digests)
    read = Frozen.objects.read(item.digest for item in items)
    for item in items:
        decision, last = agreed[str(item.module_uid)], before[str(item.module_uid)]
        words = _words(item, editions[decision.frozen_id])
        was = _words(item, editions[last.frozen_id]) if last else ""
        if words not in (was, _words_read(item, read[item.digest])):
            _bind(item, decision, words, person=None)


@transaction.atomic
def tie(*, item: VoiceItem, by, number: int) -> VoiceItem:
    """Version `number` carries it; its pages say so at once. Raises PermissionDenied, ValueError."""
    item = locked(item, by, StepKind.TIED)
    decision = queries.version(item.module_uid, number)
    if decision is None:
        raise ValueError(_("There is no such version of this module. Nothing was changed."))
    edition = read_editions([decision.frozen_id])[decision.frozen_id]
    _bind(item, decision, _words(item, edition), person=by.person)
    _show(item)
    return item


@transaction.atomic
def untie(*, item: VoiceItem, by) -> VoiceItem:
    """That version does not carry it after all. Raises PermissionDenied, ValueError."""
    item = locked(item, by, StepKind.UNTIED)
    if item.tied_number is None:
        raise ValueError(_("No version carries this. Nothing was changed."))
    VoiceStep.objects.create(
        item=item,
        kind=StepKind.UNTIED,
        number=item.tied_number,
        edition=item.tied_edition,
        person=by.person,
        day=timezone.localdate(),
    )
    item.tied_number, item.tied_edition, item.tied_words = None, "", ""
    item.save(update_fields=["tied_number", "tied_edition", "tied_words"])
    _show(item)
    return item


def credited() -> list[credits.Credit]:
    """What delivery thanks for: one query. Registered in AppConfig.ready()."""
    return [
        credits.Credit(
            str(row.pk),
            str(row.module_uid),
            row.tied_number,
            str(row.page_uid),
            row.block_id,
            row.page_language,
            row.tied_words,
        )
        for row in VoiceItem.objects.exclude(tied_number=None)
    ]


def _bind(item: VoiceItem, decision: Decision, words: str, person) -> None:
    item.tied_number, item.tied_edition, item.tied_words = decision.number, decision.frozen_id, words
    item.save(update_fields=["tied_number", "tied_edition", "tied_words"])
    VoiceStep.objects.create(
        item=item,
        kind=StepKind.TIED,
        number=decision.number,
        edition=decision.frozen_id,
        person=person,
        day=timezone.localdate(),
    )


def _show(item: VoiceItem) -> None:
    """Pages of the module say it, or no longer, once this is committed."""
    transaction.on_commit(partial(covering.cover, frozenset({str(item.module_uid)})), robust=True)


def _before(decision: Decision) -> Decision | None:
    """The version that was current before this one."""
    return next((row for row in queries.versions_of(decision.subject_uid) if row.number < decision.number), None)


def _words(item: VoiceItem, edition: FrozenEdition) -> str:
    """The fingerprint of what a version says at the place an item is about."""
    page = next((one for one in edition.pages if one.uid == str(item.page_uid)), None)
    return credits.words_at(page, item.block_id, item.page_language)


def _words_read(item: VoiceItem, snapshot: dict) -> str:
    """The same of what the person read."""
    language = item.page_language
    page = FrozenPage(str(item.page_uid), snapshot["kind"], {language: snapshot}, {language: item.digest})
    return credits.words_at(page, item.block_id, language)
