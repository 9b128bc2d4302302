from django.core.management.base import BaseCommand
from django.db import transaction

from courses.delivery import agreements, build, notices, search, stored
from courses.delivery.models import AgreedPart
from courses.delivery.outlines import keep_parts
from curriculum.enums import FrozenKind
from curriculum.review import queries


class Command(BaseCommand):
    """Make everything that delivery keeps of agreed text anew. Call it after every deploy."""

    help = (
        "Render the pages of current course texts that are not there yet, write the search index and the list of "
        "fingerprints anew, and show the result. With --all render every page of every course text again."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="every page of every course text, also those that are there"
        )

    def handle(self, *args, all, **options):
        releases = list(agreements.readable_releases())
        current = {decision.subject_uid: decision for decision in releases}
        for decision in releases if all else current.values():
            rendering = build.Rendering(decision)
            made = rendering.run(anew=all)
            self.stdout.write(f"{rendering.outline.slug} {decision.label}: {made} pages rendered")
            if current[decision.subject_uid].pk == decision.pk:
                rendering.index()
        search.forget_others(current)
        self.write_fingerprints()
        build.switch()
        over = notices.over_all(releases)
        gone = stored.forget_others([build.folder_of(decision, over[decision.pk]) for decision in releases])
        self.stdout.write(f"Current course texts: {len(current)}. Folders with older furniture dropped: {gone}.")

    @transaction.atomic
    def write_fingerprints(self):
        AgreedPart.objects.all().delete()
        for kind in (FrozenKind.EDITION, FrozenKind.RELEASE):
            keep_parts(queries.approved(kind).select_related("frozen").iterator(chunk_size=100))
