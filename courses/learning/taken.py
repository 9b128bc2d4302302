"""Addresses inside a course that its screens have. A module that had one of them too could not be opened there."""

from django.utils.translation import gettext as _

from curriculum.checks import Finding, Level, finding

SCREENS = frozenset({"schedule", "support", "me", "certificate", "saved", "marks", "skills", "credentials"})
#: Below a course text, where `releases/2026.1/` names one of its versions.
VERSIONS = frozenset({"releases"})


def check_module(versions: dict[str, dict]) -> list[Finding]:
    """The address of a module, which its source names for every language."""
    source = next(iter(versions.values()))
    if source.get("slug") not in SCREENS | VERSIONS:
        return []
    sentence = _(
        "“%(title)s” has the address “%(slug)s”, and every course has a screen there. Nothing was sent. Under "
        "Agreement and rights, give it another, such as “%(slug)s-at-work”."
    )
    return [finding(Level.STOP, source, sentence % {"title": source["title"], "slug": source["slug"]})]
