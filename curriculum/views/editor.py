"""Wagtail's page editor in this house: the way on is *Send for agreement*; nothing is published, nothing is lost."""

from django.apps import apps
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PageLockedMenuItem, SaveDraftMenuItem
from wagtail.models import Page

from curriculum.models import LibraryItem, LibraryPage
from curriculum.models.library import DraftForEver
from curriculum.permissions import under_review

SEND = "action-send"


class SendForAgreement(ActionMenuItem):
    """Saves the draft, then opens the screen that sends it."""

    name = SEND
    label = gettext_lazy("Send for agreement")
    icon_name = "mail"

    def is_shown(self, context):
        return super().is_shown(context) and issubclass(_edited_class(context), LibraryItem)


def _edited_class(context):
    if context.get("page") is not None:
        return context["page"].specific_class
    kwargs = context["request"].resolver_match.kwargs
    return apps.get_model(kwargs["content_type_app_name"], kwargs["content_type_model_name"])


def only_our_items(menu_items, request, context) -> None:
    """*Send for agreement* first, then saving. Wagtail's ways to submit, publish and cancel are left out."""
    kept = [item for item in menu_items if isinstance(item, SaveDraftMenuItem | PageLockedMenuItem)]
    send = SendForAgreement(order=-10)
    menu_items[:] = [send, *kept] if send.is_shown(context) else kept


def before_edit(request, page) -> None:
    """Make a full save safe before Wagtail looks at it; `request.saved_over` remembers whose newer text it meets.

    An answer to a workflow that ended in another tab would be an error page (wagtail#13856): it becomes a plain save,
    so that what was typed is kept. A save over somebody's newer text makes a revision of its own: both are kept.
    """
    if request.method != "POST" or not _is_ours(page):
        return
    data = request.POST.copy()
    for name in [name for name in data if name.startswith(("action-workflow-", "workflow-action-"))]:
        del data[name]
    if data.get("action-publish") or len(data) != len(request.POST):
        messages.warning(request, _("Your text is saved. Answers are given in the review room, by both sides."))
    latest = page.get_latest_revision()
    if latest is not None and _is_newer(latest, data) and latest.user_id != request.user.pk:
        data.pop("overwrite_revision_id", None)
        request.saved_over = latest
    request.POST = data


def _is_newer(latest, data) -> bool:
    """Whether `latest` is not what this window was opened on or saved last. As Wagtail's EditView.is_out_of_date."""
    if own := data.get("overwrite_revision_id"):
        return own != str(latest.pk)
    if loaded := data.get("loaded_revision_id"):
        return loaded != str(latest.pk) or data.get("loaded_revision_created_at") != latest.created_at.isoformat()
    return False


def after_edit(request, page):
    """Tell about a text that was met, else go on to sending where that was asked for."""
    other = getattr(request, "saved_over", None)
    if other is not None and not _wants_json(request):
        compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, page.latest_revision_id])
        messages.warning(
            request,
            _(
                "%(person)s saved this page while you were writing. Both texts are kept: yours is the draft now, the "
                "other one is in the history. Nothing was sent. Compare them, and take over what is missing."
            )
            % {"person": other.user or _("Somebody")},
            buttons=[messages.button(compare, _("Compare both texts"))],
        )
        return None
    return go_on(request, page)


def go_on(request, page):
    """After a save: to the screen that sends it, when that button was pressed."""
    if request.POST.get(SEND) and isinstance(page, LibraryItem) and not _wants_json(request):
        return redirect("send", page.pk)
    return None


def _is_ours(item) -> bool:
    """Whether this is a page of the library; Wagtail's own kinds go their own way."""
    return isinstance(item, Page) and issubclass(item.specific_class or Page, DraftForEver)


def _wants_json(request) -> bool:
    return not request.accepts("text/html")


def before_delete(request, page):
    """A page under review stays: say so where the button was pressed."""
    if isinstance(page, LibraryItem | LibraryPage) and under_review(page):
        messages.error(
            request,
            _("“%(title)s” is under review, so it was not deleted. Take it back from review first.")
            % {"title": page.title},
        )
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def before_bulk(request, action_type, objects, action):
    """The same for several pages at once: none of them is deleted."""
    held = [page for page in objects if action_type == "delete" and _is_ours(page) and under_review(page)]
    if not held:
        return None
    titles = ", ".join(f"“{page.title}”" for page in held)
    sentence = _("Under review, so nothing was deleted: %(titles)s. Take it back from review first.")
    messages.error(request, sentence % {"titles": titles})
    return redirect("wagtailadmin_explore", held[0].get_parent().pk)
