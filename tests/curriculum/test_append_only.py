"""What the database refuses, whoever asks: changing or taking away rows of the record, by any door."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from wagtail.models import Page

from assessments.enums import Outcome
from assessments.models import Credential
from curriculum import triggers
from curriculum.models import Contribution, Frozen
from curriculum.review.models import Decision, Seat
from users.models import Person

MODELS = triggers.append_only_models()


def attempt_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def columns(model):
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)


DOORS = {
    "save": lambda model: model.objects.last().save(),
    "delete": lambda model: model.objects.last().delete(),
    "update": lambda model: model.objects.update(**{model._meta.pk.name: models.F(model._meta.pk.name)}),
    "delete of a query": lambda model: model.objects.all().delete(),
    "raw delete": lambda model: model.objects.all()._raw_delete("default"),
    "bulk update": lambda model: model.objects.bulk_update(
        [model.objects.last()], [next(f.name for f in model._meta.concrete_fields if not f.primary_key)]
    ),
    "upsert": lambda model: model.objects.bulk_create(
        [model.objects.last()],
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=[next(f.name for f in model._meta.concrete_fields if not f.primary_key)],
    ),
    "SQL update": lambda model: attempt_sql(f"UPDATE {model._meta.db_table} SET {model._meta.pk.column} = NULL"),
    "SQL delete": lambda model: attempt_sql(f"DELETE FROM {model._meta.db_table}"),
}


VALUES = {
    models.UUIDField: lambda field: uuid4(),
    models.DateField: lambda field: timezone.localdate(),
    models.DateTimeField: lambda field: timezone.now(),
    models.JSONField: lambda field: {},
    models.PositiveIntegerField: lambda field: 1,
    models.PositiveSmallIntegerField: lambda field: 1,
    models.BooleanField: lambda field: False,
    models.DecimalField: lambda field: 1,
}
#: What cannot be guessed from the fields.
CHOSEN = {
    "Delegation": lambda: {"to": Seat.objects.last()},
    "ReportClosed": lambda: {"words": "No danger."},
    "Sheet": lambda: {"uid": uuid4(), "rater": Person.objects.first()},
    "Result": lambda: {"outcome": Outcome.NOT_YET},
    "Credential": lambda: {"place": Credential.objects.count()},
}


def row_of(model):
    """A row of any table of the record: what it points at is the first there is, or made the same way."""
    values = CHOSEN.get(model.__name__, dict)()
    for field in model._meta.concrete_fields:
        is_given = field.primary_key and not field.is_relation
        if is_given or field.has_default() or field.null or field.blank or field.name in values:
            continue
        if field.is_relation:
            values[field.name] = field.related_model.objects.first() or row_of(field.related_model)
        elif type(field) in VALUES:
            values[field.name] = VALUES[type(field)](field)
        else:
            values[field.name] = field.choices[0][0] if field.choices else "x"
    return model.objects.create(**values)


@pytest.fixture
def record(agreed):
    """Rows in every append-only table: a course text that both sides agreed on, and whatever else there can be.

    What may be sealed has a row that is and a later one that is not.
    """
    for model in MODELS:
        while model.objects.count() < (2 if hasattr(model, "sealable") else 1):
            row_of(model)
    return agreed


def refused(model, door, told=""):
    before = sorted(map(repr, model.objects.values_list()))
    assert before, f"no {model.__name__} to try it on"
    try:
        with transaction.atomic():
            door(model)
    except IntegrityError:
        assert sorted(map(repr, model.objects.values_list())) == before, told
    else:
        pytest.fail(f"not refused: {told or model.__name__}")


def test_every_table_of_the_record_is_append_only():
    names = {model.__name__ for model in MODELS}
    assert {"Frozen", "Contribution", "Submission", "SubmissionItem", "Entry", "Decision"} <= names


def test_no_door_leads_to_a_changed_record(record):
    for name, door in DOORS.items():
        for model in MODELS:
            refused(model, door, f"{name} of {model.__name__}")


@pytest.mark.sqlite
def test_replacing_a_row_by_writing_over_it_is_refused(record):
    """INSERT OR REPLACE deletes what is in its way, and SQLite asks delete triggers only when told to."""
    for model in MODELS:
        table, names = model._meta.db_table, columns(model)
        refused(model, lambda _model: attempt_sql(f"REPLACE INTO {table} ({names}) SELECT {names} FROM {table}"))  # noqa: B023 - called at once


@pytest.mark.postgresql
def test_emptying_a_table_at_once_is_refused(record):
    # Otherwise rows that still wait for their foreign keys are what stands in the way.
    attempt_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for model in MODELS:
        refused(model, lambda model: attempt_sql(f"TRUNCATE {model._meta.db_table} CASCADE"))
    refused(Contribution, lambda model: attempt_sql("TRUNCATE users_person CASCADE"))


@pytest.mark.postgresql
def test_a_trigger_that_is_switched_off_is_missing(db):
    attempt_sql("ALTER TABLE curriculum_frozen DISABLE TRIGGER highroad_update_curriculum_frozen")
    assert triggers.missing() == ["highroad_update_curriculum_frozen"]


def drop(name="highroad_update_curriculum_frozen", table="curriculum_frozen"):
    attempt_sql(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def test_a_dropped_trigger_is_noticed_and_made_again(db):
    assert triggers.missing() == []
    drop()
    assert triggers.missing() == ["highroad_update_curriculum_frozen"]
    with pytest.raises(SystemCheckError, match="highroad_update_curriculum_frozen"):
        call_command("check", databases=["default"], fail_level="WARNING")
    triggers.install()
    assert triggers.missing() == []
    call_command("check", databases=["default"], fail_level="WARNING")


def test_migrate_makes_a_dropped_trigger_again(transactional_db):
    """The check asks for `migrate`, so it must not be what stops it."""
    drop()
    call_command("migrate", verbosity=0, skip_checks=False)
    assert triggers.missing() == []


def altered(old, **changes):
    """A copy of a field of Contribution with other options."""
    name, _path, args, kwargs = old.deconstruct()
    new = type(old)(*args, **{**kwargs, **changes})
    new.set_attributes_from_name(name)
    new.model = Contribution
    return new


@pytest.mark.sqlite
def test_a_rebuilt_table_gets_its_triggers_back(transactional_db):
    old = Contribution._meta.get_field("action")
    new = altered(old, max_length=81)
    with connection.schema_editor() as editor:
        editor.alter_field(Contribution, old, new)
    try:
        assert triggers.missing() == [
            "highroad_update_curriculum_contribution",
            "highroad_delete_curriculum_contribution",
        ]
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Contribution, new, old)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers.missing() == []


def test_flush_is_refused_and_nothing_is_lost(transactional_db, record):
    with pytest.raises(CommandError, match="couldn't be flushed"):
        call_command("flush", interactive=False, verbosity=0)
    assert Decision.objects.count() == 2 and Frozen.objects.exists()


@pytest.mark.parametrize("time", [1, 2])
def test_the_database_is_whole_after_it_was_emptied(transactional_db, record, time):
    """A test with real transactions begins with every trigger and the rows of the migrations, whatever ran before."""
    assert triggers.missing() == []
    assert Page.get_first_root_node() is not None
    assert Decision.objects.count() == 2
    with pytest.raises(IntegrityError):
        Frozen.objects.update(kind="edition")
