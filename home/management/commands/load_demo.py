from pathlib import Path
from shutil import rmtree

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from home.demo.cast import CAST
from home.demo.load import load


class Command(BaseCommand):
    """Fill this installation with the demo."""

    help = (
        "Load the sample curricula and the demo cast, with everything agreed and open that the demo shows. Running it "
        "again changes nothing; --reset starts over."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--first", action="store_true", help="only the first curriculum, so that the site can answer"
        )
        parser.add_argument("--reset", action="store_true", help="throw the demo's database and files away first")

    def handle(self, *args, first, reset, **options):
        if reset:
            self.reset()
        try:
            load(only_first=first, progress=self.say)
        except ImproperlyConfigured as refused:
            raise CommandError(str(refused)) from None
        if not first:
            self.sign_ins()

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def reset(self) -> None:
        """Only for SQLite, where the database is one file: agreements cannot be emptied out of a table."""
        if not settings.HIGHROAD_DEMO or connection.vendor != "sqlite":
            raise CommandError(
                "Only a demo on SQLite can be reset. Nothing was changed. On PostgreSQL, drop the database."
            )
        database = Path(connection.settings_dict["NAME"])
        connection.close()
        for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
            path.unlink(missing_ok=True)
        for name in ("media", "frozen", "released", "rendered", "published"):
            rmtree(Path(settings.VAR) / name, ignore_errors=True)
        call_command("migrate", verbosity=0)

    def sign_ins(self) -> None:
        self.stdout.write(f"\nSign in with one of these names and the password {settings.DEMO_PASSWORD}:")
        for part in CAST:
            role = part.role.label if part.role else "nobody here; must see nothing"
            self.stdout.write(f"  {part.username:<12} {part.name:<18} {role}")
