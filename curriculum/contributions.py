"""Remembering who had a hand in what, beside Wagtail's log.

Wagtail's entries go by page id and lose the page when it is deleted. Each of them that touches a library page also
leaves a Contribution, which names the module or curriculum by uid and the person by pseudonym.
"""

from wagtail.models import Page

from curriculum.models import Contribution
from curriculum.models.library import LibraryItem

#: Log actions that make somebody an author. Reading, comparing and locking do not.
AUTHORING = frozenset(
    {
        "wagtail.create",
        "wagtail.edit",
        "wagtail.delete",
        "wagtail.move",
        "wagtail.copy",
        "wagtail.copy_for_translation",
        "wagtail.create_alias",
        "wagtail.reorder",
        "wagtail.rename",
        "wagtail.revert",
    }
)
#: Those of them that also touch the module a page leaves.
LEAVING = frozenset({"wagtail.move", "wagtail.reorder"})


def remember(sender, instance, created, **kwargs):
    """Receiver of post_save on PageLogEntry: one Contribution for each module or curriculum touched."""
    if not created or instance.action not in AUTHORING or instance.user_id is None:
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    item = page.specific if page else None
    if not isinstance(item, LibraryItem):
        return
    owners = {owner_uid(item)}
    source = (instance.data or {}).get("source") or {}
    # Moving a page out changes the module it leaves; copying one does not.
    if instance.action in LEAVING and source.get("id"):
        owners |= {str(uid) for uid in Page.objects.filter(pk=source["id"]).values_list("translation_key", flat=True)}
    Contribution.objects.bulk_create(
        Contribution(
            owner_uid=owner,
            item_uid=item.uid,
            person_id=instance.user.person_id,
            action=instance.action,
            at=instance.timestamp,
        )
        for owner in owners
    )


def owner_uid(item) -> str:
    """The module or curriculum a page is agreed on with: a lesson goes with its module."""
    parent = item.get_parent().specific
    return parent.uid if isinstance(parent, LibraryItem) else item.uid
