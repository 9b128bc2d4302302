"""Paper: HTML made into PDF on this machine, with nothing fetched from anywhere.

WeasyPrint needs Pango, which a bare system may lack. Where it is missing, people are offered the page to print instead.
"""

import logging
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

logger = logging.getLogger(__name__)


class NotHere(RuntimeError):
    """PDF cannot be made on this machine. Print the page from the browser, or install Pango."""


@cache
def available() -> bool:
    """Whether PDF can be made here."""
    try:
        import weasyprint  # noqa: F401 - importing it loads Pango, which is what is asked
    except (ImportError, OSError):
        logger.warning("PDF is not offered: WeasyPrint or Pango is not installed on this machine.")
        return False
    return True


def pdf(html: str, *sheets: str) -> bytes:
    """A whole HTML document as PDF bytes, laid out by the static style sheets named. Tagged, so it can be read aloud.

    Raises NotHere where it cannot be made. Whatever the document points at is left out: only `data:` is read.
    """
    if not available():
        raise NotHere
    import weasyprint  # loads Pango: only where it is used

    styles = [weasyprint.CSS(string=Path(finders.find(sheet)).read_text()) for sheet in sheets]
    document = weasyprint.HTML(string=html, url_fetcher=_nothing_from_outside)
    return document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")


def _nothing_from_outside(url: str, *args, **kwargs):
    import weasyprint  # as above

    if not url.startswith("data:"):
        raise ValueError("a document is made from what it holds, never from an address")
    return weasyprint.default_url_fetcher(url, *args, **kwargs)
