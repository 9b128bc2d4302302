"""What is said about a saved copy. It travels with the list, so that it is there without a line too."""

from django.utils import translation
from django.utils.translation import gettext as _


def words(language: str) -> dict[str, str]:
    """{name: sentence} for static/js/offline.js, which fills in what stands in braces."""
    with translation.override(language):
        return {
            "size": _("It takes {size} on this phone: every page in {languages}, with pictures and recordings."),
            "left": _("Too large to be saved: a video of {size} in “{page}”."),
            "yes": _("Save {size}"),
            "no": _("Not now"),
            "progress": _("Saving: {n} of {total}"),
            "saved": _("Saved on this phone: course text {label}, {size}, on {date}."),
            "off": _("Take it off this phone"),
            "gone": _("It is off this phone."),
            "all": _("Everything saved on this phone"),
            "full": _(
                "This phone has no room for it, so it was not saved. Take another module off this phone or make room, "
                "then try again."
            ),
            "broken": _(
                "The connection broke off, so nothing new was saved. What was saved before is still here. "
                "Connect and try again."
            ),
            "refused": _(
                "This window keeps nothing, so nothing was saved. Open the page in a usual window and try again."
            ),
            "checked": _("Checked on {date}"),
            "stale": _("Connect once to check that this is still right."),
            "corrected": _("A safety correction or a warning changed. The saved copy is up to date since {date}."),
            "behind": _(
                "A safety correction or a warning changed, and this saved copy does not have it yet. "
                "Connect and open this page again."
            ),
            "show": _("Show the page as it is now"),
            "newer": _("There is newer text: course text {label}. Your saved copy stays as it is until you ask."),
            "update": _("Save the newer text"),
        }
