from django.core.management.base import BaseCommand, CommandError

from curriculum.review.verification import Verification


class Command(BaseCommand):
    """Recompute every fingerprint and every chain."""

    help = (
        "Recompute every fingerprint and chain, compare decisions, manifests and files with them, and look for every "
        "trigger. Prints what disagrees and exits 1; exits 0 with a count otherwise."
    )

    def handle(self, *args, **options):
        found = Verification.run()
        for problem in found.problems:
            self.stdout.write(str(problem))
        counted = ", ".join(f"{count} {name}" for name, count in found.counts.items())
        if found.problems:
            raise CommandError(f"{len(found.problems)} disagree; looked at {counted}", returncode=1)
        self.stdout.write(f"Everything agrees: {counted}.")
