"""Parts of a page as the screens about a danger show them."""

from dataclasses import replace

from django.conf import settings
from django.utils import translation
from django.utils.html import linebreaks

from curriculum.editions.read import SOURCE, FrozenPage, read_editions
from curriculum.editions.render import REVIEWER, Reading, render_block
from curriculum.enums import FrozenKind
from curriculum.review import corrections
from curriculum.review.models import Submission
from curriculum.review.safety import Place


def parts_of(page: FrozenPage, blocks: list[str], reading: Reading) -> list[dict]:
    """The reported parts in every language, as readers see them: [{"language", "name", "id", "html"}]."""
    names = dict(settings.LANGUAGES)
    return [
        {
            "language": code,
            "name": names.get(code, code),
            "id": id_,
            "html": _html(entry, replace(reading, language=code)),
        }
        for code, snapshot in page.versions.items()
        for id_, entry in corrections.entries_of(snapshot).items()
        if id_ in blocks
    ]


def as_reviewer(media: str) -> Reading:
    """Everything is shown, the instructor's parts too; files lie below `media`."""
    return Reading(language=SOURCE, audience=REVIEWER, media=media)


def places_of(submission: Submission) -> list[Place]:
    """Every page that is put forward (uses prefetched items)."""
    items = [item for item in submission.items.all() if item.kind == FrozenKind.EDITION]
    editions = read_editions([item.frozen_id for item in items])
    return [
        Place(page, str(item.subject_uid), item.title, submission.committee, submission)
        for item in items
        for page in editions[item.frozen_id].all_pages
    ]


def _html(entry: dict, reading: Reading) -> str:
    if "type" in entry:
        with translation.override(reading.language):
            return render_block(entry, reading)
    return linebreaks(corrections.typed(entry), autoescape=True)
