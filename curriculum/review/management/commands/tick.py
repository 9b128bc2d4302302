from django.core.management.base import BaseCommand, CommandError

from curriculum.review.ticking import tick


class Command(BaseCommand):
    """Do everything that is due now."""

    help = (
        "Do everything that is due now: reminders, letters and whatever else is registered. A scheduler calls it; "
        "running it twice, or two at once, does nothing twice. Prints what each job did; exits 1 and names those "
        "that stopped."
    )

    def handle(self, *args, **options):
        ran = tick()
        for one in ran:
            self.stdout.write(f"{one.name}: {one.said}")
        stopped = [one.name for one in ran if one.failed]
        if stopped:
            raise CommandError(f"These jobs stopped: {', '.join(stopped)}. The others ran.", returncode=1)
