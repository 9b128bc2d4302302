from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from curriculum.review.actions import seal_note
from curriculum.review.models import CaucusNote
from users.models import User


class Command(BaseCommand):
    help = (
        "Take the words of one side's note away because they hold personal data. The side names the note by the number "
        "under it; nobody else reads notes here, so there is no screen for this. Author, time and reason stay."
    )

    def add_arguments(self, parser):
        parser.add_argument("note", help="the number under the note")
        parser.add_argument("--by", required=True, help="sign-in name of the administrator who does it")
        parser.add_argument("--reason", required=True, help="one sentence, without the personal data")

    def handle(self, *args, note, by, reason, **options):
        row = CaucusNote.objects.filter(pk=note).first()
        user = User.objects.filter(username=by).first()
        if row is None or user is None:
            raise CommandError("There is no such note, or nobody with that sign-in name. Nothing was changed.")
        try:
            seal_note(note=row, by=user, reason=reason)
        except (PermissionDenied, ValueError) as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("The words are gone.")
