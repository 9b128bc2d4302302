"""Where a test begins: databases in which the cast, a module, a curriculum and its first course text stand already.

Most tests begin with them, and saving all those pages takes longer than what is tested. So each process builds the
scenes it needs once, by the functions that a test would call itself, and a test that names the fixture (`cast`,
`module`, `curriculum`, `agreed`) has its transaction in that database. A test whose transactions are real
gets a copy to itself, thrown away afterwards. Nothing is kept for the next run: code that builds a scene is tested
code, and what it builds has today's date.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import TestCase, override_settings
from django.utils import translation

from home.demo.cast import make_cast
from tests.factories import make_curriculum, make_module, release


@dataclass(frozen=True)
class Scene:
    """What is added to the scene before: `make` gets {name: what stands there} and returns what it adds."""

    before: str
    make: Callable


def _three_modules(by) -> dict:
    return {code: make_module(by=by, code=code) for code in ("T1", "T2", "T3")}


#: Each goes on from another; "" is the database after migrations.
SCENES = {
    "cast": Scene("", lambda stands: make_cast("test-password")),
    "three_modules": Scene("cast", lambda stands: _three_modules(stands["cast"]["designer"])),
    "module": Scene("cast", lambda stands: make_module(by=stands["cast"]["designer"])),
    "curriculum": Scene("module", lambda stands: make_curriculum(stands["module"], by=stands["cast"]["designer"])),
    "agreed": Scene("curriculum", lambda stands: release(stands["curriculum"], stands["cast"])),
}


def wanted(fixtures) -> str:
    """The scene of a test with these fixtures."""
    return next((name for name in reversed(SCENES) if name in fixtures), "")


def files_below(folder: Path) -> dict:
    """Settings that keep every file written in one folder."""
    aliases = ("default", "frozen", "released", "rendered", "voices", "evidence")
    below = {name: {**settings.STORAGES[name], "OPTIONS": {"location": str(folder / name)}} for name in aliases}
    return {"MEDIA_ROOT": str(folder / "media"), "STORAGES": {**settings.STORAGES, **below}}


@dataclass
class Built:
    """A scene that stands: its database, its files, its things by name, and what waits for them to be committed."""

    database: str
    files: Path
    stands: dict = field(default_factory=dict)
    waiting: list = field(default_factory=list)

    def add(self, name: str) -> None:
        with TestCase.captureOnCommitCallbacks() as waiting:
            self.stands[name] = SCENES[name].make(self.stands)
        self.waiting += waiting


class Begun:
    """What one test finds in its scene: every row read anew, because two tests never share an object."""

    def __init__(self, scene: Built):
        self.scene = Built(scene.database, scene.files, {**scene.stands}, [*scene.waiting])
        self._read: dict = {}

    def __getitem__(self, name: str):
        if name not in self._read:
            if name in self.scene.stands:
                self._read[name] = _again(self.scene.stands[name])
            else:
                # A test that asks for it half-way has it made where it is.
                self.scene.add(name)
                self._read[name] = self.scene.stands[name]
        return self._read[name]

    def commit(self) -> None:
        """Do what waits for the scene to be committed."""
        for callback in self.scene.waiting:
            callback()


def _again(thing):
    """Rows as they are in the database: a model instance, or a dictionary of instances of one model."""
    if isinstance(thing, dict):
        first, *_others = thing.values()
        rows = type(first)._default_manager.in_bulk([one.pk for one in thing.values()])
        return {name: rows[one.pk] for name, one in thing.items()}
    return type(thing)._default_manager.get(pk=thing.pk)


class Scenes:
    """The scenes of one process, each a database beside the tests' own."""

    def __init__(self, connection, folder: Path):
        self.connection, self.folder = connection, folder
        self.built = {"": Built(connection.settings_dict["NAME"], folder / "empty")}
        self.built[""].files.mkdir()

    def build(self, name: str) -> Built:
        """The scene, standing. Done before the first test, so that no test's clock or settings get into it."""
        if name not in self.built:
            before = self.build(SCENES[name].before)
            scene = Built(self._copy(before.database, name), self.folder / name, {**before.stands}, [*before.waiting])
            shutil.copytree(before.files, scene.files)
            self._use(scene.database)
            # As in a test: English, files in a folder of its own, one transaction, and mail that nobody looks for.
            with override_settings(**files_below(scene.files)), translation.override("en"), transaction.atomic():
                scene.add(name)
                self.connection.run_on_commit = []
            mail.outbox.clear()
            self.built[name] = scene
        return self.built[name]

    def open(self, name: str, *, alone: bool, files: Path) -> Begun:
        """Point the connection at a scene, or at a copy of it for one test alone; copy its files to the test's."""
        # The marker began a transaction where nothing stands: there the test stays, and makes what it asks for.
        scene = self.built["" if self.connection.in_atomic_block else name]
        shutil.copytree(scene.files, files, dirs_exist_ok=True)
        self._use(self._copy(scene.database, "alone") if alone else scene.database)
        return Begun(scene)

    def leave(self) -> None:
        """Point the connection where nothing stands, for a test that only has the marker."""
        self._use(self.built[""].database)

    def close(self) -> None:
        """Leave Django where it was, with nothing of ours on a server that stays."""
        self.leave()
        if self.connection.vendor == "postgresql":
            for name in (*SCENES, "alone"):
                self._drop(self._beside(name))

    def _use(self, database: str) -> None:
        if self.connection.settings_dict["NAME"] != database:
            self.connection.close()
            settings.DATABASES[self.connection.alias]["NAME"] = database
            self.connection.settings_dict["NAME"] = database

    def _beside(self, name: str) -> str:
        return f"{self.built[''].database}_{name}"

    def _copy(self, source: str, name: str) -> str:
        target = self._beside(name)
        self.connection.close()
        if self.connection.vendor == "sqlite":
            with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
                read.backup(write)
            return target
        self._drop(target)
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("CREATE DATABASE {} TEMPLATE {}".format(*map(self._quoted, (target, source))))
        return target

    def _drop(self, database: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self._quoted(database)} WITH (FORCE)")

    def _quoted(self, database: str) -> str:
        return self.connection.ops.quote_name(database)
