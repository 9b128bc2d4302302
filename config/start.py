from django.core.checks import ERROR, run_checks
from django.core.management.base import SystemCheckError


def refuse_unsafe_start():
    """Stop a server whose checks, database checks included, find an error.

    A web server runs none by itself.
    """
    errors = [found for found in run_checks(databases=["default"]) if found.level >= ERROR]
    if errors:
        raise SystemCheckError("\n".join(map(str, errors)))
