"""Talking about a text under review: comments, replies, following notes, answers, translations, referrals.

Nothing that was posted is ever changed: who wants to put something right adds a note that follows it. After a review
has ended its talk is for reading.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.review import chain, passages, queries, rewording
from curriculum.review.actions.locking import Refused, still_open
from curriculum.review.enums import Disposition, EntryKind, Position
from curriculum.review.models import Entry, Submission
from curriculum.review.speaking import check_can_answer, voice_of


@transaction.atomic
def comment(
    *,
    submission: Submission,
    by,
    words: str,
    page: str = "",
    block: str = "",
    suggestion: str = "",
    language: str = "",
    reading: str = "",
) -> Entry:
    """Say something about a block, a page, or (without `page`) the whole text. Returns the entry.

    `language` is that of the words, `reading` that of the text they are about. Raises CannotTalk, Refused when the
    review has ended, ValueError when nothing is said or the place is not in the text.
    """
    submission = still_open(submission)
    voice = voice_of(by, submission)
    if not words.strip() and not suggestion.strip():
        raise ValueError(_("Write a sentence first. Nothing was sent yet."))
    details = {"guest": voice.guest}
    if page:
        details |= {"page": str(page), "block": block, "in": reading}
        _check_place(submission, page, block, reading)
    return _append(submission, EntryKind.COMMENT, by, voice, details, language, words=words, suggestion=suggestion)


@transaction.atomic
def reply(*, submission: Submission, comment: Entry, by, words: str, language: str = "") -> Entry:
    """Answer a comment or a request in its thread, of this round or an earlier one. Returns the entry."""
    submission, root = _thread(submission, comment)
    voice = voice_of(by, submission)
    if not words.strip():
        raise ValueError(_("Write a sentence first. Nothing was sent yet."))
    details = {**_place(root), "to": root.digest, "guest": voice.guest}
    return _append(submission, EntryKind.COMMENT, by, voice, details, language, words=words)


@transaction.atomic
def correct(*, submission: Submission, comment: Entry, by, words: str, language: str = "") -> Entry:
    """A note that follows one's own comment or reply and puts it right. What was posted stays. Returns the entry."""
    submission, root = _thread(submission, comment)
    voice = voice_of(by, submission)
    if comment.person_id != by.person_id or comment.kind != EntryKind.COMMENT:
        raise Refused(_("A note that follows is for one's own words. Nothing was written. Reply instead."))
    if not words.strip():
        raise ValueError(_("Write a sentence first. Nothing was sent yet."))
    details = {**_place(root), "corrects": comment.digest, "guest": voice.guest}
    return _append(submission, EntryKind.COMMENT, by, voice, details, language, words=words)


@transaction.atomic
def answer_comment(
    *,
    submission: Submission,
    comment: Entry,
    by,
    disposition: str,
    words: str = "",
    wording: str = "",
    put_in: bool = False,
) -> Entry:
    """Say what becomes of a comment or request. A later answer takes the place of an earlier one. Returns the entry.

    `put_in` also puts `wording` (else the suggestion) into the draft. Raises CannotTalk for people who may not edit the
    draft, ValueError without the reason that all but a plain yes need, rewording.NotHere when the draft has moved on.
    """
    submission, root = _thread(submission, comment)
    check_can_answer(by, submission)
    if disposition not in Disposition.values:
        raise ValueError(_("Choose what becomes of it. Nothing was sent yet."))
    if Disposition(disposition).needs_words and not words.strip():
        raise ValueError(_("Say in a sentence why. Nothing was sent yet."))
    taken = disposition in (Disposition.ACCEPTED, Disposition.ADAPTED)
    suggestion = root.texts.get("suggestion", "")
    if disposition == Disposition.ADAPTED and suggestion and not wording.strip():
        raise ValueError(_("Write the wording you take instead. Nothing was sent yet."))
    if disposition == Disposition.ACCEPTED:
        wording = suggestion
    if put_in and taken and wording.strip():
        detail = root.detail
        draft = rewording.draft_page(detail.get("page"), detail.get("in"))
        rewording.reword(draft, reviewed_passage(root), wording, by)
    details = {"comment": root.digest, "disposition": disposition}
    voice = voice_of(by, submission)
    return _append(submission, EntryKind.DISPOSITION, by, voice, details, words=words, wording=wording if taken else "")


@transaction.atomic
def translate_words(*, submission: Submission, entry: Entry, by, language: str, words: str) -> Entry:
    """Attach a person's own translation of somebody's words. Never a machine's. Returns the entry."""
    submission = still_open(submission)
    _check_in_reach(submission, entry)
    voice = voice_of(by, submission)
    if not entry.words:
        raise Refused(_("There are no words to translate. Nothing was written."))
    if not language or language == entry.language:
        raise ValueError(_("Choose the language you translate into. Nothing was sent yet."))
    if not words.strip():
        raise ValueError(_("Write a sentence first. Nothing was sent yet."))
    return _append(submission, EntryKind.TRANSLATION, by, voice, {"of": entry.digest}, language, words=words)


@transaction.atomic
def refer(*, submission: Submission, by, words: str, comment: Entry | None = None) -> Entry:
    """Say that something belongs to the parties: a grievance, discipline, bargaining. Returns the entry.

    With a `comment`, its thread is closed: it is not talked about here any more.
    """
    if comment is None:
        submission, details = still_open(submission), {}
    else:
        submission, root = _thread(submission, comment)
        details = {"comment": root.digest}
    voice = voice_of(by, submission)
    if voice.guest:
        raise Refused(_("People of the committee and its staff refer something to the parties. Nothing was written."))
    if not words.strip():
        raise ValueError(_("Say in a sentence what the parties should take up. Nothing was sent yet."))
    return _append(submission, EntryKind.REFERRAL, by, voice, details, words=words)


def reviewed_passage(root: Entry) -> passages.Passage | None:
    """The block a comment is about, as it read when the comment was made; None where it is about no block."""
    detail = root.detail
    if not detail.get("block"):
        return None
    found = passages.read_page(root.submission, detail["page"]).get(detail.get("in", ""))
    return passages.passages_of(found).get(detail["block"]) if found else None


def begins_thread(entry: Entry) -> bool:
    """What people talk about: a comment, or an answer for a side that says what should change."""
    return entry.kind == EntryKind.COMMENT or bool(entry.position and Position(entry.position).stops)


def root_of(entry: Entry, known: dict[str, Entry]) -> Entry:
    """What began the thread that `entry` is in. `known` are the entries of all rounds by digest."""
    detail = entry.detail
    above = detail.get("to") or detail.get("corrects") or detail.get("comment")
    return root_of(known[above], known) if above in known else entry


def _thread(submission: Submission, comment: Entry) -> tuple[Submission, Entry]:
    """The open submission, and the root of the comment's thread. Raises Refused where the thread is closed."""
    submission = still_open(submission)
    known = _check_in_reach(submission, comment)
    root = root_of(comment, known)
    if not begins_thread(root):
        raise Refused(_("That is no comment. Nothing was written."))
    if any(one.kind == EntryKind.REFERRAL and one.detail.get("comment") == root.digest for one in known.values()):
        raise Refused(_("This was referred to the parties and is not talked about here. Nothing was written."))
    return submission, root


def _check_in_reach(submission: Submission, entry: Entry) -> dict[str, Entry]:
    """Every entry of this round and those before it, by digest. Raises Refused when `entry` is none of them."""
    known = {one.digest: one for one in [*queries.earlier_entries(submission), *submission.entries.all()]}
    if entry.digest not in known:
        raise Refused(_("That belongs to another review. Nothing was written."))
    return known


def _check_place(submission: Submission, page, block, reading) -> None:
    versions = passages.read_page_and_before(submission, page).get(str(reading), [])
    if not versions or (block and not any(block in passages.passages_of(one) for one in versions)):
        raise ValueError(_("That place is not in this text. Nothing was sent yet. Open the page again."))


def _place(root: Entry) -> dict:
    """Where a thread stands, for every entry of it."""
    detail = root.detail
    return {name: detail[name] for name in ("page", "block", "in") if name in detail}


def _append(submission, kind, by, voice, details, language="", **texts) -> Entry:
    return chain.append(
        submission,
        kind=kind,
        person=by.person,
        side=voice.side,
        language=language,
        texts=texts,
        details=details,
        sample=voice.sample,
    )
