"""What designers and the coordinator do with an item: read it, answer, write down a recording, clear it for others."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.voice import policy, queries, recordings
from courses.voice.enums import Answer, State, StepKind
from courses.voice.models import VoiceItem, VoiceStep
from courses.voice.permissions import check_can_triage


@transaction.atomic
def acknowledge(*, item: VoiceItem, by) -> VoiceItem:
    """Somebody has read it; the sender sees that. Raises PermissionDenied, ValueError."""
    item = locked(item, by, StepKind.ACKNOWLEDGED)
    item.state = State.ACKNOWLEDGED
    item.save(update_fields=["state"])
    VoiceStep.objects.create(item=item, kind=StepKind.ACKNOWLEDGED, person=by.person, day=timezone.localdate())
    return item


@transaction.atomic
def answer(*, item: VoiceItem, by, answer: str, reason: str = "", until: date | None = None) -> VoiceItem:
    """Accept, adapt, decline or put off. The sender reads the reason; earlier answers stay in the history.

    An answer that closes it deletes the recording with the same commit, unless the sender said keep. Raises
    PermissionDenied, and ValueError where a reason or a day is missing, or a version carries it.
    """
    item = locked(item, by, StepKind.ANSWERED)
    answer, reason, today = Answer(answer), reason.strip(), timezone.localdate()
    if item.tied_number:
        raise ValueError(_("A version carries this already. Untie it first; nothing was changed."))
    if answer in policy.NEEDS_REASON and not reason:
        raise ValueError(_("Say why in a sentence: whoever said it reads your reason. Nothing was changed yet."))
    if answer == Answer.DEFERRED and (until is None or until <= today):
        raise ValueError(_("Choose a day after today, by which you answer. Nothing was changed yet."))
    until = until if answer == Answer.DEFERRED else None
    item.state, item.put_off_until = State(answer.value), until
    if item.state in policy.CLOSED and item.recording and not item.keeps_recording:
        transaction.on_commit(lambda name=item.recording: recordings.forget(name))
        item.recording = ""
    item.save(update_fields=["state", "put_off_until", "recording"])
    VoiceStep.objects.create(
        item=item, kind=StepKind.ANSWERED, answer=answer, reason=reason, until=until, person=by.person, day=today
    )
    return item


@transaction.atomic
def write_down(*, item: VoiceItem, by, words: str) -> VoiceItem:
    """What is heard in a recording, word for word. Only those who may hear it read this."""
    item = locked(item, by)
    item.transcript = words.strip()
    item.save(update_fields=["transcript"])
    return item


@transaction.atomic
def clear(*, item: VoiceItem, by, words: str) -> VoiceItem:
    """What everybody else may read: without names, places and shifts. Empty words take it back out of their sight.

    It is shown once a batch of the same curriculum waits with it.
    """
    item = locked(item, by)
    item.cleared = words.strip()
    item.heard = item.heard and bool(item.cleared)
    item.save(update_fields=["cleared", "heard"])
    if item.cleared and not item.heard:
        _let_out(item)
    return item


def locked(item: VoiceItem, by, kind: str = "") -> VoiceItem:
    """The item as it is now, for `by` to do something with. Raises PermissionDenied, ValueError if it may not."""
    check_can_triage(by)
    item = VoiceItem.objects.select_for_update().get(pk=item.pk)
    if item.state == State.TAKEN_BACK:
        raise ValueError(_("The sender took this back. Nothing was changed."))
    if kind and not policy.may(item.state, kind):
        raise ValueError(_("Somebody else was quicker: look at where this stands now. Nothing was changed."))
    return item


def _let_out(item: VoiceItem) -> None:
    """Show all that wait of the same curriculum, once they are enough that none can be guessed."""
    rows = VoiceItem.objects.filter(heard=False, module_uid__in=queries.curriculum_of(item.module_uid))
    rows = rows.exclude(cleared="").select_for_update()
    if len(rows) >= policy.BATCH:
        VoiceItem.objects.filter(pk__in=[row.pk for row in rows]).update(heard=True)
        item.heard = True
