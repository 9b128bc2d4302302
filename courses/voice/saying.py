"""Taking in what a worker says, and taking it back. Nothing that names an unnamed sender gets as far as here."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.voice import codes, policy, recordings
from courses.voice.enums import State, StepKind
from courses.voice.models import VoiceItem, VoiceStep
from courses.voice.passages import Spoken


@transaction.atomic
def say(
    *,
    about: Spoken,
    block: str = "",
    words: str = "",
    recording: bytes = b"",
    language: str = "",
    name: str = "",
    keeps_recording: bool = False,
    agreed: bool,
    secret: str,
) -> str:
    """Take in one thing about a page, or about one block of it. Returns the code by which it is followed: show it now.

    `agreed` is the sender's consent; `name` is theirs, if they put it. `secret` belongs to the form: the same words
    sent twice from one form are one item with one code. Raises ValueError with a sentence; nothing is kept then.
    """
    words, name = words.strip(), name.strip()
    if not agreed:
        raise ValueError(_("Nothing was sent. Tick that you agree, or close this page."))
    if not words and not recording:
        raise ValueError(_("Type what it is like at work, or record it. Nothing was sent yet."))
    if block and block not in about.paragraphs:
        raise ValueError(_("This paragraph is not on the page. Nothing was sent yet."))
    code = codes.code_for(secret, about.digest, block, words, name, recording)
    if _is_in(code):
        return code
    day, kept = timezone.localdate(), ""
    if recording:
        kept = recordings.keep(*recordings.cleaned(recording), day)
    try:
        with transaction.atomic():
            VoiceItem.objects.create(
                code_hash=codes.hash_of(code),
                came_on=day,
                module_uid=about.module_uid,
                page_uid=about.page.uid,
                block_id=block,
                digest=about.digest,
                page_language=about.snapshot["language"],
                language=" ".join(language.split()),
                words=words,
                name=name,
                recording=kept,
                keeps_recording=bool(kept and keeps_recording),
            )
    except Exception as error:
        recordings.forget(kept)
        # The same form may have come twice at once: then the other one is in.
        if not isinstance(error, IntegrityError) or not _is_in(code):
            raise
    return code


@transaction.atomic
def take_back(*, item: VoiceItem) -> VoiceItem:
    """The sender's words, recording and name go, and what was written down of them. What was answered stays.

    Raises ValueError where it was taken back before.
    """
    item = VoiceItem.objects.select_for_update().get(pk=item.pk)
    if not policy.may(item.state, StepKind.TAKEN_BACK):
        raise ValueError(_("This was taken back before. Nothing of it is here."))
    if item.recording:
        transaction.on_commit(lambda name=item.recording: recordings.forget(name))
    item.words = item.name = item.recording = item.transcript = item.cleared = ""
    item.keeps_recording = item.heard = False
    item.state, item.put_off_until = State.TAKEN_BACK, None
    item.save()
    VoiceStep.objects.create(item=item, kind=StepKind.TAKEN_BACK, day=timezone.localdate())
    return item


def _is_in(code: str) -> bool:
    return VoiceItem.objects.filter(code_hash=codes.hash_of(code)).exists()
