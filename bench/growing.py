"""One side of `bench.growth`: a site with so many synthetic lessons, measured whenever the other end says go."""

import json
import random
import sys
from time import process_time

import django

django.setup()

from django.http import HttpResponse  # noqa: E402 - there are no models before setup
from django.test import RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402

from courses.delivery import build, paths, search, stored  # noqa: E402
from courses.delivery.middleware import ReleasedPages  # noqa: E402
from courses.delivery.models import ReleasedText, ReleaseOutline  # noqa: E402
from curriculum.editions.portable import canonical  # noqa: E402
from curriculum.models import Frozen  # noqa: E402
from curriculum.review.models import Committee, Decision, Entry, Submission  # noqa: E402
from users.models import Person  # noqa: E402

UID = "00000000-0000-4000-8000-000000000001"
MODULE = 10
RARE = "quaternary"
PAGE = "/curricula/long/m1/l5/"


def prepare(lessons: int) -> None:
    """One course of so many lessons: its outline, its words, one rendered page. Rows only, no agreement is played."""
    draw = random.Random(1)
    vocabulary = [f"word{number}" for number in range(4000)]
    person = Person.objects.create(name="")
    committee = Committee.objects.create(name="Bench", slug="bench", labor_name="Labor", management_name="Management")
    now = timezone.now()
    manifest = Frozen.objects.keep("submission", canonical({"kind": "submission", "committee": {}}))
    release = Frozen.objects.keep("release", canonical({"kind": "release", "curriculum": UID}))
    submission = Submission.objects.create(
        frozen=manifest, committee=committee, subject_uid=UID, subject_kind="curriculum", title="Long",
        change_class="2", opened_by=person, opened_at=now,
    )  # fmt: skip
    entry = Entry.objects.create(
        submission=submission, kind="decision", person=person, outcome="approved", at=now,
        previous=submission.digest, digest="0" * 64,
    )  # fmt: skip
    decision = Decision.objects.create(
        submission=submission, entry=entry, kind="release", subject_uid=UID, title="Long", frozen=release,
        outcome="approved", label="2026.1", at=now,
    )  # fmt: skip
    places = [f"m{number // MODULE}/l{number % MODULE}/" for number in range(lessons)]
    card = {"en": {"title": "Long", "languages": []}}
    pages = {path: {"en": f"Lesson {path}"} for path in ["", *places]}
    ReleaseOutline.objects.create(decision=decision, slug="long", languages=["en"], pages=pages, card=card)
    rare = places[len(places) // 2]
    search.rewrite(
        UID,
        [
            ReleasedText(
                curriculum_uid=UID, language="en", text_language="en", path=f"/curricula/long/{path}",
                digest=f"{number:064x}", course="Long", title=f"Lesson {path}",
                text=" ".join([*draw.choices(vocabulary, k=400), RARE if path == rare else ""]),
            )
            for number, path in enumerate(places)
        ],
    )  # fmt: skip
    page = paths.current.now().pages[PAGE]
    stored.keep(page.name, b"<!DOCTYPE html>" + b"<p>As many words as a lesson has.</p>" * 600)
    assert build.folder_of(decision) in page.name


def measure() -> dict[str, float]:
    """Microseconds of CPU each."""
    ask = RequestFactory().get
    middleware = ReleasedPages(lambda request: HttpResponse(status=500))
    uids = paths.current.now().curriculum_uids

    def page():
        assert middleware(ask(PAGE)).status_code == 200

    def rare():
        assert len(search.find(RARE, "en", uids)) == 1

    def common():
        assert len(search.find("word7", "en", uids)) == search.LIMIT

    return {"page": _cost(page, 3000), "search": _cost(rare, 300), "common": _cost(common, 20)}


def _cost(act, times: int) -> float:
    for _attempt in range(3):
        act()
    began = process_time()
    for _attempt in range(times):
        act()
    return (process_time() - began) / times * 1_000_000


if __name__ == "__main__":
    prepare(int(sys.argv[1]))
    print(json.dumps("ready"), flush=True)
    for _line in sys.stdin:
        print(*(f"{what}={cost:.1f}" for what, cost in measure().items()), flush=True)
