"""Drafts follow a safety correction where they still say the unsafe words.

A draft that was worked on meanwhile is left to its designer; it cannot be sent while it says them (see `unsafe`).
"""

from wagtail.models import Page

from curriculum.editions.portable import dump, load
from curriculum.editions.read import read_editions
from curriculum.review import corrections
from curriculum.review.unsafe import versions_of


def follow(about: dict, *, new: str, by) -> None:
    """Put the same change into the drafts of the corrected page, as `by`, an account.

    `about` is what the correction says of itself, `new` the fingerprint of the corrected version.
    """
    editions = read_editions([about["base"], new])
    before, after = (versions_of(editions[digest], about["page"]) for digest in (about["base"], new))
    for draft in Page.objects.filter(translation_key=about["page"], alias_of=None).select_related("locale"):
        page = draft.specific
        if page.language not in before:
            continue
        data = dump(page)
        changed = _like(data, before[page.language], after[page.language])
        if changed != data:
            load(page, changed)
            page.save()
            page.save_revision(user=by, log_action=True)


def _like(data: dict, before: dict, after: dict) -> dict:
    """A draft with every part that still says what `before` says changed to what `after` says."""
    old, new, here = (corrections.entries_of(one) for one in (before, after, data))
    changed = dict(data)
    for name in (name for name in corrections.PARTS if name in data):
        changed[name] = []
        for entry in data[name]:
            id_, warning = entry["id"], corrections.warning_id(entry["id"])
            if old.get(id_) != entry:
                changed[name].append(entry)
                continue
            if warning in new and warning not in old and warning not in here:
                changed[name].append(new[warning])
            if id_ in new:
                changed[name].append(new[id_])
    return changed
