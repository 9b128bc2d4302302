"""Asking a virus scanner, where the center has one. `HIGHROAD_EVIDENCE_SCAN` names a function by its dotted path.

It is called with the path of a file as it came in, and answers "" when the file is clean, else a sentence for whoever
sent it. One that raises has not looked: then the file is not taken.
"""

import logging
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from assessments.evidence.content import NotTaken

log = logging.getLogger(__name__)


def scan(path: Path) -> None:
    """Raises NotTaken unless the file is clean, or nobody looks."""
    if not settings.HIGHROAD_EVIDENCE_SCAN:
        return
    try:
        found = import_string(settings.HIGHROAD_EVIDENCE_SCAN)(str(path))
    except Exception as error:  # a scanner that is down lets nothing through
        log.exception("The scanner of evidence could not look at a file.")
        raise NotTaken(
            _("The file could not be checked for harmful content. Nothing was kept. Try again later.")
        ) from error
    if found:
        raise NotTaken(str(found))
