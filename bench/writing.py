"""Inside the site of the bench: which lesson to ask for, and what freezing and rendering one costs. Prints, no more."""

import json
import sys
from time import process_time

import django

django.setup()

from bench.site import COURSE  # noqa: E402 - there are no models before setup
from courses.delivery import agreements, build, stored  # noqa: E402
from curriculum.editions import freeze  # noqa: E402
from curriculum.enums import Kind  # noqa: E402
from curriculum.models import ModulePage  # noqa: E402

BUDGET = 100


def released():
    return next(row for row in agreements.readable_releases().select_related("outline") if row.outline.slug == COURSE)


def address() -> None:
    """The longest lesson: what is said of it holds for the others."""
    rendering = build.Rendering(released())
    lessons = [place for place in rendering.layout.places if place.page.kind == Kind.LESSON]
    longest = max(lessons, key=lambda place: len(place.page.source["body"]))
    print(json.dumps({"lesson": rendering.contexts.url(longest.path, "en")}))


def cost() -> None:
    """CPU of dumping, hashing and storing each page of a course, and of rendering and compressing it."""
    modules = [page for page in ModulePage.objects.select_related("locale") if page.is_source]
    began, pages = process_time(), 0
    for module in modules:
        draft = freeze.read_draft(module)
        freeze.keep_draft(draft)
        pages += len(draft.snapshots)
    freezing = (process_time() - began) / pages * 1000
    rendering = build.Rendering(released())
    began, made = process_time(), rendering.run(anew=True)
    showing = (process_time() - began) / made * 1000
    total = freezing + showing
    print(
        f"Freezing {freezing:.1f} ms and rendering {showing:.1f} ms of CPU a page ({pages} and {made} pages, brotli "
        f"{stored.BROTLI}). Budget {BUDGET} ms: {'met' if total <= BUDGET else 'NOT met'}"
    )


if __name__ == "__main__":
    {"address": address, "cost": cost}[sys.argv[1]]()
