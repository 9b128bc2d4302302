from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from interchange.package.exporting import NothingToExport, export_package
from interchange.package.problems import PackageRefused
from interchange.package.write import write_package

SAMPLE = """Sample. No union, department or medical director has reviewed this. Do not use it to treat, teach or work.

Muestra. Ningún sindicato, departamento ni director médico ha revisado esto.
No lo use para atender, enseñar ni trabajar.
"""


class Command(BaseCommand):
    """Write curricula of the library as a package."""

    help = "Write curricula of the library as a package (docs/packages.md), with the words and standards they use."

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="+", help="curricula to write, by the last part of their address")
        parser.add_argument("--to", required=True, help="folder to write into; made if it is not there")

    def handle(self, *args, slugs, to, **options):
        try:
            package = export_package(slugs)
        except NothingToExport as missing:
            raise CommandError(f"No curriculum “{missing}” is in the library. Nothing was written.") from None
        try:
            write_package(package, to)
        except FileExistsError:
            raise CommandError(f"{to} is not empty. Nothing was written. Name a new folder.") from None
        except PackageRefused as refused:
            raise CommandError(f"Some pages could not be written as files. Nothing was written.\n{refused}") from None
        if settings.HIGHROAD_DEMO:
            (Path(to) / "SAMPLE.txt").write_text(SAMPLE, encoding="utf-8")
        self.stdout.write(f"Wrote {sum(1 for _item in package.items())} pages to {to}.")
