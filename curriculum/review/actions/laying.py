"""Laying a notice over pages that learners read, and taking it away. It shows as soon as the act has committed."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.review import safety, signals
from curriculum.review.actions.locking import Refused
from curriculum.review.enums import NoticeKind
from curriculum.review.models import PageNotice, PageNoticeLifted

#: What a coordinator takes away by hand. What hides a page goes only by what both sides agree to.
BY_HAND = (NoticeKind.BANNER, NoticeKind.UNDER_REVIEW, NoticeKind.OLDER)


def in_every_language(words, **more) -> dict[str, dict]:
    """{language: {"text": ..}} of a lazy sentence; `more` are functions of a language for what else is said."""
    told = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            told[code] = {"text": str(words)} | {name: said(code) for name, said in more.items()}
    return told


def lay(*, kind: NoticeKind, module_uid, texts: dict, person=None, page_uid=None, **about) -> PageNotice:
    """Write a notice. Inside an act that calls `tell_readers` once it has laid and lifted everything."""
    return PageNotice.objects.create(
        kind=kind,
        module_uid=module_uid,
        page_uid=page_uid,
        texts=texts,
        person=person,
        since=timezone.now(),
        **about,
    )


def lift(notices: Iterable[PageNotice], *, person=None, number: int = 0, submission=None) -> None:
    """Take notices away, over version `number` and later ones, or everywhere. As `lay`."""
    PageNoticeLifted.objects.bulk_create(
        [
            PageNoticeLifted(notice=notice, number=number, person=person, submission=submission, at=timezone.now())
            for notice in notices
        ]
    )


def tell_readers(*module_uids, everything: bool = False) -> None:
    """Let released pages show what stands over them now, on commit."""
    signals.noticed.send(sender=PageNotice, modules={str(uid) for uid in module_uids}, everything=everything)


@transaction.atomic
def warn(*, module_uid, page_uid, by, texts: dict[str, str], block_id: str = "") -> PageNotice:
    """Lay a warning over a page at once, in every version of it, until it is corrected. Returns the notice.

    `texts` are {language: words}, for every language of this house. Raises Refused, ValueError where one is missing.
    """
    if not safety.is_duty_lead(by):
        raise Refused(_("A coordinator puts a warning over a page. Nothing was changed."))
    said = {code: {"text": texts.get(code, "").strip()} for code, _name in settings.LANGUAGES}
    if not all(words["text"] for words in said.values()):
        raise ValueError(_("Write the warning in every language. Nothing was changed."))
    notice = lay(
        kind=NoticeKind.BANNER,
        module_uid=module_uid,
        page_uid=page_uid,
        block_id=block_id,
        texts=said,
        person=by.person,
    )
    tell_readers(module_uid)
    return notice


@transaction.atomic
def take_away(*, notice: PageNotice, by) -> None:
    """Take a notice away by hand. Raises Refused for what only both sides can take away, and while a report is open."""
    if not safety.is_duty_lead(by):
        raise Refused(_("A coordinator takes a notice away. Nothing was changed."))
    if notice.kind not in BY_HAND:
        raise Refused(_("This goes away when both sides have agreed to newer text. Nothing was changed."))
    if PageNoticeLifted.objects.filter(notice=notice).exists():
        raise Refused(_("This notice was taken away already. Nothing was changed."))
    if notice.kind == NoticeKind.BANNER and _is_reported(notice):
        raise Refused(_("A report about this page is still open. Nothing was changed. Answer the report first."))
    lift([notice], person=by.person)
    tell_readers(notice.module_uid)


def _is_reported(notice: PageNotice) -> bool:
    rows = safety.SafetyReport.objects.filter(closed=None, module_uid=notice.module_uid)
    return rows.filter(page_uid=notice.page_uid).exists()
