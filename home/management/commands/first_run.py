from django.core.management.base import BaseCommand, CommandError

from home.first_run.links import GOOD_FOR, NotOffered, make_link


class Command(BaseCommand):
    """Print the link by which a new installation is set up in a browser."""

    help = "Print a one-time link to the three questions that set up a new installation."

    def handle(self, *args, **options):
        try:
            link = make_link()
        except NotOffered as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Open this link in a browser. It works once, for {GOOD_FOR.days} days:\n\n  {link}\n")
