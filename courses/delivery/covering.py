"""A notice was laid or taken away: the pages it touches are rendered anew, the others go along, and all is switched.

After the commit, so that nothing is shown that did not happen. Should rendering go wrong, the switch comes all the
same: pages are then rendered when they are asked for, and none is served without its notice.
"""

import logging
from functools import partial

from django.db import transaction

from courses.delivery import agreements, build, notices, paths
from curriculum.review.models import Decision

logger = logging.getLogger(__name__)


def on_noticed(sender, modules: set[str], everything: bool = False, **kwargs) -> None:
    """Receiver of `review.signals.noticed`, in its transaction."""
    transaction.on_commit(partial(cover, frozenset(modules), everything), robust=True)


def cover(modules: frozenset[str], everything: bool = False) -> None:
    """Bring every current release that pins one of `modules` up to date, and switch."""
    try:
        before = paths.current.now()
        for decision in _touched(modules):
            rendering = build.Rendering(decision)
            page = next((page for page in before.pages.values() if page.decision.pk == decision.pk), None)
            if page is not None and not everything:
                rendering.adopt(page.folder, page.over)
            if not everything:
                rendering.adopt(notices.folder_of(decision, notices.NOTHING), notices.NOTHING)
            rendering.run()
            rendering.index()
    except Exception:
        logger.exception("Pages under a new notice could not be rendered; they are when they are asked for.")
    finally:
        build.switch()


def _touched(modules: frozenset[str]) -> list[Decision]:
    """The current releases that hold one of these modules."""
    rows = agreements.readable_releases().select_related("frozen")
    current = {decision.subject_uid: decision for decision in rows}
    return [
        decision
        for decision in current.values()
        if any(item["module"] in modules for item in decision.frozen.content.get("modules", []))
    ]
