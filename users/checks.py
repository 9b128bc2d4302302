"""Production and the demo do not mix: demo accounts share one password that is printed in the manual."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connections

from users.models import User


@register(Tags.security)
def demo_is_off(app_configs, **kwargs):
    if settings.HIGHROAD_PRODUCTION and settings.HIGHROAD_DEMO:
        return [
            Error(
                "The demo is switched on in production.",
                hint="Unset HIGHROAD_DEMO. To show the demo, use config.settings.dev on another machine.",
                id="users.E001",
            )
        ]
    return []


@register(Tags.database)
def no_demo_accounts(app_configs, databases=None, **kwargs):
    """Looks into the database, so it runs with `migrate`, `check --database` and when the server starts."""
    if not settings.HIGHROAD_PRODUCTION:
        return []
    found = []
    for alias in databases or []:
        connection = connections[alias]
        # Before the first `migrate` there is no table, and nobody in it.
        if User._meta.db_table in connection.introspection.table_names():
            found += User.objects.using(alias).filter(is_demo=True).values_list("username", flat=True)[:5]
    if not found:
        return []
    return [
        Error(
            f"This database has demo accounts: {', '.join(found)}.",
            hint="Demo accounts have a public password. Start on a database that never held the demo.",
            id="users.E002",
        )
    ]
