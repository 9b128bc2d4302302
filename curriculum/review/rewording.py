"""Putting agreed-on words into a draft. Only where the draft still has what was reviewed, and nothing would be lost."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum.codec.values import load_html
from curriculum.editions.diff import LISTS
from curriculum.editions.portable import dump
from curriculum.review.passages import Passage, passages_of


class NotHere(Exception):
    """The words were not put into the draft. The message says why; nothing was changed."""


def draft_page(page_uid, language: str):
    """The draft of a page in one language, or None when it was deleted since."""
    row = Page.objects.filter(translation_key=page_uid, locale__language_code=language).first()
    return row.specific if row else None


def check_can_reword(page, passage: Passage | None, by) -> None:
    """Raises NotHere with the reason. Costs a handful of queries: it reads the draft."""
    if page is None:
        raise NotHere(_("The draft of this page is gone."))
    if passage is None:
        raise NotHere(_("This is about no block of the text as it is now, so the change is made in the editor."))
    if not passage.can_be_reworded:
        raise NotHere(_("This block has bold words, links, a list or a picture, so the change is made in the editor."))
    rights = page.permissions_for_user(by)
    if not rights.can_edit() or rights.page_locked():
        raise NotHere(_("Somebody has locked this page, so nothing can be changed there now."))
    draft = passages_of(dump(page)).get(passage.id)
    if draft is None:
        raise NotHere(_("The draft does not have this block any more."))
    if draft.value != passage.value:
        raise NotHere(_("The draft has moved on: this block reads differently there now."))


def reword(page, passage: Passage, wording: str, by) -> None:
    """Put `wording` in place of the passage's words in the draft, as a revision by `by`. Raises NotHere.

    Call it inside a transaction: the page's row is locked, so that nobody's save is met half-way.
    """
    if page is not None:
        Page.objects.select_for_update().get(pk=page.pk)
        page = type(page).objects.get(pk=page.pk)
    check_can_reword(page, passage, by)
    value = passage.reworded(wording)
    for name in LISTS:
        field = getattr(page, name, None)
        if field is None:
            continue
        raw = field.get_prep_value()
        item = _find(raw, passage.id)
        if item is not None:
            _set(item, value, passage)
            setattr(page, name, field.stream_block.to_python(raw))
            # A draft may still lack what it needs to be sent; taking a word in it must not wait for that.
            page.save(clean=False)
            page.save_revision(user=by, log_action=True, clean=False)
            return


def _find(raw, id_: str):
    """The stored item with this id, at any depth."""
    if isinstance(raw, list):
        return next((found for one in raw if (found := _find(one, id_))), None)
    if isinstance(raw, dict):
        if raw.get("id") == id_ and "value" in raw:
            return raw
        return next((found for one in raw.values() if (found := _find(one, id_))), None)
    return None


def _set(item: dict, value, passage: Passage) -> None:
    if passage.is_html:
        item["value"] = load_html(value, lambda kind, key: None)
    elif isinstance(value, dict):
        item["value"]["text"] = value["text"]
    else:
        item["value"] = value
