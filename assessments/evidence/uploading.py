"""Evidence comes in: a file piece by piece, or words at once. Whether somebody may add any is asked before, above.

What is refused here is refused whoever asks: kinds, sizes, pictures without consent, too many, what is no such file.
"""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import groups
from assessments.enums import UNGRADED, EvidenceKind
from assessments.evidence import content, keeping, scanning, storing, stripping
from assessments.evidence.content import NotTaken
from assessments.models import Attempt, Evidence, Upload
from users.models import Learner, Person

MB = 1024 * 1024
MOST_BYTES = {
    EvidenceKind.PHOTO: 12 * MB,
    EvidenceKind.AUDIO: 25 * MB,
    EvidenceKind.VIDEO: 120 * MB,
    EvidenceKind.FILE: 12 * MB,
}
MOST_PIECE = MB
MOST_LETTERS = 20_000
#: Of one learner for one assessment.
MOST_UNFINISHED, MOST_KEPT = 20, 60
WITH_CONSENT = frozenset({EvidenceKind.PHOTO, EvidenceKind.VIDEO})


class TooLarge(NotTaken):
    """The file, or one piece of it, is larger than may be."""


class GoOn(Exception):
    """The piece does not begin where the last one ended. `offset` is where the next one begins; nothing was lost."""

    def __init__(self, offset: int):
        super().__init__(_("Part of this file is here already. Sending goes on from there."))
        self.offset = offset


class Lost(NotTaken):
    """The file on its way in is not here any more."""

    def __init__(self):
        super().__init__(_("The file on its way in is not here any more. Send it again from the start."))


@transaction.atomic
def begin(
    *,
    learner: Learner,
    group: UUID,
    assessment_uid: UUID,
    kind: str,
    size: int,
    consented: bool,
    by: Person,
    attempt: Attempt | None = None,
    about: str = "",
) -> Upload:
    """A file of `size` bytes may come in. Raises NotTaken."""
    kind = EvidenceKind(kind) if kind in EvidenceKind.values else None
    if kind not in MOST_BYTES:
        raise NotTaken(_("Photos, sound, video and files can be sent. Nothing was kept. Choose one of these."))
    if kind in WITH_CONSENT and not consented:
        raise NotTaken(_("Everybody who can be seen agrees first. Nothing was kept. Ask them, then tick the box."))
    if size < 1:
        raise NotTaken(_("This file is empty. Nothing was kept. Choose another one."))
    if size > MOST_BYTES[kind]:
        most = {"count": MOST_BYTES[kind] // MB}
        raise TooLarge(_("This is larger than %(count)d MB. Nothing was kept. Send a shorter or smaller one.") % most)
    about_what = {"learner": learner, "group": group, "assessment_uid": assessment_uid, "attempt": attempt}
    _check_place(**about_what)
    _check_room(learner, assessment_uid, is_file=True)
    return Upload.objects.create(
        **about_what, kind=kind, about=_short(about), size=size, consented=consented, person=by
    )


@transaction.atomic
def append(*, upload: Upload, offset: int, data: bytes) -> Upload:
    """The next piece of a file. Raises GoOn where it begins elsewhere than the last one ended, TooLarge, or Lost."""
    if len(data) > MOST_PIECE:
        raise TooLarge(_("This piece is larger than 1 MB. Send the file in smaller pieces."))
    row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if row is None:
        raise Lost
    if offset != row.received:
        raise GoOn(row.received)
    if offset + len(data) > row.size:
        raise TooLarge(_("More came in than this file has. Send it again from the start."))
    if data:
        storing.keep_piece(row.pk, offset, data)
        row.received += len(data)
        row.save(update_fields=["received"])
    return row


def finish(*, upload: Upload) -> Evidence:
    """All pieces are here: look at the file, take out what it tells, keep it. Doing it twice is doing it once.

    Raises NotTaken; then nothing of the file is left. Looking takes seconds and holds no lock, so do not call it within
    a transaction where that can be helped.
    """
    done = evidence_of(upload)
    if done:
        return done
    with TemporaryDirectory(prefix="evidence-") as folder:
        path = Path(folder) / "file"
        try:
            form = _look(upload, path)
        except NotTaken:
            keeping.drop(upload=upload)
            raise
        return _keep(upload, path, form)


def evidence_of(upload: Upload) -> Evidence | None:
    """What a file became when its last piece was here, or None while it is on its way."""
    return Evidence.objects.filter(pk=upload.pk).first()


@transaction.atomic
def add_text(
    *,
    learner: Learner,
    group: UUID,
    assessment_uid: UUID,
    text: str,
    by: Person,
    attempt: Attempt | None = None,
    about: str = "",
) -> Evidence:
    """Words as evidence. Raises NotTaken."""
    text = text.strip()
    if not text:
        raise NotTaken(_("There are no words yet. Nothing was kept. Write some, or add something else."))
    if len(text) > MOST_LETTERS:
        over = len(text) - MOST_LETTERS
        raise NotTaken(
            ngettext(
                "This is %(count)d letter too long. Nothing was kept. Make it shorter, or add it as a file.",
                "This is %(count)d letters too long. Nothing was kept. Make it shorter, or add it as a file.",
                over,
            )
            % {"count": over}
        )
    about_what = {"learner": learner, "group": group, "assessment_uid": assessment_uid, "attempt": attempt}
    _check_place(**about_what)
    _check_room(learner, assessment_uid, is_file=False)
    return Evidence.objects.create(
        **about_what,
        kind=EvidenceKind.TEXT,
        about=_short(about),
        text=text,
        name="",
        size=len(text.encode()),
        person=by,
        keep_until=keeping.until(EvidenceKind.TEXT, timezone.localdate(), _method_of(group, assessment_uid)),
    )


def _look(upload: Upload, path: Path) -> content.Form:
    """Put the file together at `path`, ask the scanner, take out what it tells; its form. Raises NotTaken."""
    row = Upload.objects.filter(pk=upload.pk).first()
    if row is None:
        raise Lost
    if row.received < row.size:
        raise GoOn(row.received)
    try:
        storing.put_together(row.pk, row.size, path)
    except FileNotFoundError as error:
        raise Lost from error
    scanning.scan(path)
    kind = EvidenceKind(row.kind)
    form = content.form_of(path, kind)
    stripping.strip(path, form, kind)
    return form


def _keep(upload: Upload, path: Path, form: content.Form) -> Evidence:
    """Store the file and the row that names it: both, or neither."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    name = storing.keep(path, keeping.new_name())
    try:
        with transaction.atomic():
            row = Upload.objects.select_for_update().filter(pk=upload.pk).first()
            done = evidence_of(upload)
            if row and not done:
                # Locked, so that a result is either there now or finds this.
                attempt = Attempt.objects.select_for_update(of=("self",)).filter(pk=row.attempt_id).first()
                kind = EvidenceKind(row.kind)
                made = Evidence.objects.create(
                    uid=row.pk,
                    learner_id=row.learner_id,
                    group=row.group,
                    assessment_uid=row.assessment_uid,
                    attempt=attempt,
                    kind=kind,
                    about=row.about,
                    name=name,
                    media_type=form.types[kind],
                    size=path.stat().st_size,
                    sha256=digest,
                    consented=row.consented,
                    person_id=row.person_id,
                    keep_until=keeping.until(kind, timezone.localdate(), _method_of(row.group, row.assessment_uid)),
                )
                if attempt and attempt.results.exists():
                    keeping.after_result(attempt=attempt, on=timezone.localdate())
                    made.refresh_from_db(fields=["keep_until"])
                transaction.on_commit(lambda: storing.forget_pieces(row.pk))
                return made
    except BaseException:
        storing.forget(name)
        raise
    storing.forget(name)
    if done:
        return done
    raise Lost


def _check_place(*, learner: Learner, group: UUID, assessment_uid: UUID, attempt: Attempt | None) -> None:
    """Evidence belongs to the try it is sent for; and what nobody judges is not sent at all."""
    if attempt and (attempt.learner_id, str(attempt.group), str(attempt.assessment_uid)) != (
        learner.pk,
        str(group),
        str(assessment_uid),
    ):
        raise NotTaken(_("This belongs to another try. Nothing was kept. Open the assessment again and add it there."))
    if _method_of(group, assessment_uid) in UNGRADED:
        raise NotTaken(_("What you write here stays with you. Nothing was sent, and nothing was kept."))


def _method_of(group: UUID, assessment_uid: UUID) -> str:
    """The method of an assessment of a group, "" where the group does not know it."""
    found = groups.find(group)
    pinned = found.pages.get(str(assessment_uid)) if found else None
    return pinned.method if pinned else ""


def _check_room(learner: Learner, assessment_uid: UUID, *, is_file: bool) -> None:
    # Two phones at once count one after the other.
    Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk)
    mine = {"learner": learner, "assessment_uid": assessment_uid}
    if Evidence.objects.filter(**mine, erased_at__isnull=True).count() >= MOST_KEPT:
        raise NotTaken(
            _("This assessment has %(count)d pieces of evidence already. Nothing was kept. Take one back first.")
            % {"count": MOST_KEPT}
        )
    finished = Evidence.objects.filter(**mine).values("pk")
    if is_file and Upload.objects.filter(**mine).exclude(pk__in=finished).count() >= MOST_UNFINISHED:
        raise NotTaken(
            _("%(count)d files are still on their way in. Nothing was kept. Finish those, or wait two days.")
            % {"count": MOST_UNFINISHED}
        )


def _short(about: str) -> str:
    return about if len(about) <= Evidence._meta.get_field("about").max_length else ""
