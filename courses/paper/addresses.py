"""Addresses of paper, for whoever links to it; and addresses as paper shows them, short enough to type."""

import re

from django.conf import settings
from django.utils.safestring import SafeString

from courses.delivery import addresses
from courses.paper.options import Kind, Options
from users import qr


def packet(
    slug: str, module_path: str, language: str, label: str = "", kind: str = "packet", options: Options | None = None
) -> str:
    """The page to print of one module. `module_path` is its path below the course, "w4/"; `label` names a course text
    other than the current one; `kind` is "packet", "mentor" or "tutor"."""
    kind = Kind(kind)
    below = "" if kind == Kind.PACKET else f"{kind}/"
    return addresses.printed(slug, module_path, language, label) + below + (options.query if options else "")


def pdf(
    slug: str, module_path: str, language: str, label: str = "", kind: str = "packet", options: Options | None = None
) -> str:
    """The same as PDF."""
    return packet(slug, module_path, language, label, kind) + "packet.pdf" + (options.query if options else "")


def whole(path: str) -> str:
    """An address with the site's name in front: it is read off paper, far from any page. Never the visitor's Host."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def short(address: str) -> str:
    """An address as one reads and types it."""
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:|tel:)", "", address).rstrip("/")


def code(address: str) -> SafeString:
    """An address for a phone to take. Many stand in one paper, so none of them has a name."""
    return qr.svg(address)
