from django.core.management.base import BaseCommand, CommandError

from interchange.package.importing import import_path
from interchange.package.problems import PackageRefused
from users.models import User


class Command(BaseCommand):
    """Read curriculum packages into draft pages."""

    help = (
        "Read a curriculum package (a folder or a zip, see docs/packages.md) into draft pages. Importing the same "
        "package again changes nothing. A package with a mistake is refused whole."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="folder or zip that holds one or more curriculum folders")
        parser.add_argument(
            "--theirs", action="store_true", help="where a page changed here and there, take the package"
        )
        parser.add_argument("--by", help="user name of the person whose work this is")

    def handle(self, *args, path, theirs, by, **options):
        person = User.objects.filter(username=by).first() if by else None
        if by and person is None:
            raise CommandError(f"There is no account named {by}. Nothing was imported.")
        try:
            report = import_path(path, by=person, theirs=theirs, progress=self.stdout.write)
        except PackageRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                f"The package was refused: {len(refused.problems)} to put right. Nothing was imported."
            ) from None
        self.stdout.write(
            f"{len(report.created)} pages made, {len(report.updated)} updated, {report.unchanged} as they were."
        )
        for name in report.kept:
            self.stdout.write(f"Left alone, changed here and in the package: {name} (--theirs takes the package's)")
        for name in report.absent:
            self.stdout.write(f"Not in the package, left as it is: {name}")
