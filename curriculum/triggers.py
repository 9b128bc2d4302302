"""Promises the database keeps: append-only tables, and library pages that are never live.

One exception: a model that names `sealable` columns lets those be emptied, and nothing else changed, once the table
named by `sealed_by` holds a row for it. Triggers are made after every migration from the registry here, because SQLite
drops them whenever it rebuilds a table. `missing()` looks for them; a system check and `manage.py verify` ask it.
PostgreSQL needs one more against TRUNCATE.
"""

from dataclasses import dataclass

from django.apps import apps
from django.core.checks import Tags, Warning, register
from django.db import connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver

NEVER_LIVE_TABLE = "wagtailcore_page"


@dataclass(frozen=True)
class Trigger:
    """One trigger: its name, its table, and how each database says it."""

    name: str
    table: str
    statements: dict[str, tuple[str, ...]]


def append_only_models() -> list:
    """Every model that declares `append_only = True`."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def never_live_models() -> list:
    """Every concrete kind of library page."""
    from curriculum.models.library import DraftForEver  # models are not loaded when this module is

    return [model for model in apps.get_models() if issubclass(model, DraftForEver)]


def triggers() -> list[Trigger]:
    """All triggers there must be, in a stable order."""
    made = [trigger for model in append_only_models() for trigger in _append_only(model)]
    return made + [_never_live(event) for event in ("INSERT", "UPDATE")]


def install(using: str = "default") -> None:
    """Make every trigger anew. Tables that do not exist yet (a partial migration) are passed over."""
    connection = connections[using]
    if connection.vendor not in ("sqlite", "postgresql"):
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers():
            if trigger.table in tables:
                for statement in trigger.statements[connection.vendor]:
                    cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Take every trigger away. For tests that must empty tables, and for nothing else."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in triggers():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
            elif trigger.table in present:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")


def missing(using: str = "default") -> list[str]:
    """Names of the triggers that should exist and do not."""
    connection = connections[using]
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [trigger.name for trigger in triggers() if trigger.name not in present]


def after_migrate(sender, using, **kwargs):
    """Receiver of post_migrate."""
    install(using)


@receiver(connection_created, dispatch_uid="triggers-replace")
def heed_replace(sender, connection, **kwargs):
    """INSERT OR REPLACE deletes the rows in its way; SQLite asks delete triggers about those only when told to."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


@register(Tags.database)
def check_triggers(app_configs, databases, **kwargs):
    """System check (with --database) that names each promise without its trigger.

    A warning, not an error: `migrate` runs this first, and must be let through to make them. `verify` exits with 1.
    """
    found = []
    for using in databases or ():
        tables = connections[using].introspection.table_names()
        tables_of = {trigger.name: trigger.table for trigger in triggers()}
        found += [
            Warning(f"The trigger {name} is missing.", hint="Run manage.py migrate.", id="curriculum.W001")
            for name in missing(using)
            if tables_of[name] in tables
        ]
    return found


def _append_only(model) -> list[Trigger]:
    table = model._meta.db_table
    message = f"{table} is append-only: nothing in it is changed or taken away"
    function = f"highroad_refuse_{table}"
    refuse = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    unless = _sealing(model)
    make_function = (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        + (f"IF TG_OP = 'UPDATE' THEN IF {unless['postgresql']} THEN RETURN NEW; END IF; END IF; " if unless else "")
        + f"{refuse}; END $$"
    )
    made = []
    for event in ("UPDATE", "DELETE"):
        name = f"highroad_{event.lower()}_{table}"
        when = f"WHEN NOT ({unless['sqlite']}) " if unless and event == "UPDATE" else ""
        made.append(
            Trigger(
                name,
                table,
                {
                    "sqlite": (
                        f"DROP TRIGGER IF EXISTS {name}",
                        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}"
                        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
                    ),
                    "postgresql": (
                        make_function,
                        f"DROP TRIGGER IF EXISTS {name} ON {table}",
                        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
                    ),
                },
            )
        )
    return made + _truncate(table, function, make_function)


def _sealing(model) -> dict[str, str]:
    """The condition under which a row may be emptied, as each database says it; empty where none is sealed."""
    sealable = getattr(model, "sealable", ())
    if not sealable:
        return {}
    table, column = model.sealed_by
    emptied = [f"NEW.\"{name}\" = ''" for name in sealable]
    kept = [one.column for one in model._meta.concrete_fields if one.column not in sealable]
    sealed = f"EXISTS (SELECT 1 FROM {table} WHERE {column} = OLD.{model._meta.pk.column})"

    def condition(same: str) -> str:
        return " AND ".join([sealed, *emptied, *(f'NEW."{name}" {same} OLD."{name}"' for name in kept)])

    return {"sqlite": condition("IS"), "postgresql": condition("IS NOT DISTINCT FROM")}


def _truncate(table: str, function: str, make_function: str) -> list[Trigger]:
    if connections["default"].vendor != "postgresql":
        return []
    name = f"highroad_truncate_{table}"
    return [
        Trigger(
            name,
            table,
            {
                "sqlite": (),
                "postgresql": (
                    make_function,
                    f"DROP TRIGGER IF EXISTS {name} ON {table}",
                    f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
                ),
            },
        )
    ]


def _never_live(event: str) -> Trigger:
    name = f"highroad_never_live_{event.lower()}"
    names = ", ".join(f"'{model._meta.app_label}.{model._meta.model_name}'" for model in never_live_models())
    types = f"SELECT id FROM django_content_type WHERE app_label || '.' || model IN ({names})"
    message = "library pages are drafts for ever"
    refuse = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    return Trigger(
        name,
        NEVER_LIVE_TABLE,
        {
            "sqlite": (
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {event} ON {NEVER_LIVE_TABLE} "
                f"WHEN NEW.live AND NEW.content_type_id IN ({types}) "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
            ),
            "postgresql": (
                "CREATE OR REPLACE FUNCTION highroad_never_live() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF NEW.live AND NEW.content_type_id IN ({types}) THEN {refuse}; END IF; RETURN NEW; END $$",
                f"DROP TRIGGER IF EXISTS {name} ON {NEVER_LIVE_TABLE}",
                f"CREATE TRIGGER {name} BEFORE {event} ON {NEVER_LIVE_TABLE} "
                "FOR EACH ROW EXECUTE FUNCTION highroad_never_live()",
            ),
        },
    )
