from django.core.management.base import BaseCommand, CommandError

from interchange.package.exporting import NothingToExport, export_package
from interchange.package.write import write_package


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
        write_package(package, to)
        self.stdout.write(f"Wrote {sum(1 for _item in package.items())} pages to {to}.")
