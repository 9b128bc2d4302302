"""One side of `bench.desk`: a reviewer with so many open reviews, measured. Prints a line for each size."""

import sys
from time import process_time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - there are no models before setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from curriculum.editions.portable import canonical  # noqa: E402
from curriculum.models import Frozen  # noqa: E402
from curriculum.review.founding import found_committee, seat  # noqa: E402
from curriculum.review.models import Submission, SubmissionItem  # noqa: E402
from curriculum.shelves import library  # noqa: E402

DESK = "/review/"
PAGES = 20
ROUNDS = 3


def fill(committee, person, numbers) -> None:
    """Open reviews of modules with so many pages each. Rows only: no draft is written and nobody is told."""
    for number in numbers:
        module = f"00000000-0000-4000-8000-{number:012d}"
        pages = [_page(number, page) for page in range(PAGES)]
        edition = Frozen.objects.keep(
            "edition", canonical({"kind": "edition", "module": module, "snapshots": pages, "title": f"Module {number}"})
        )
        manifest = {"kind": "submission", "submission": module, "charter": committee.charter.data, "languages": ["en"]}
        submission = Submission.objects.create(
            uid=module, frozen=Frozen.objects.keep("submission", canonical(manifest)), committee=committee,
            subject_uid=module, subject_kind="module", title=f"Module {number}", note="New.", change_class="2",
            opened_by=person, opened_at=timezone.now(),
        )  # fmt: skip
        SubmissionItem.objects.create(
            submission=submission, kind="edition", subject_uid=module, title=submission.title, frozen=edition
        )


def _page(number: int, page: int) -> dict:
    uid = f"00000000-0000-4000-9000-{number * PAGES + page:012d}"
    data = {"kind": "lesson" if page else "module", "uid": uid, "language": "en", "title": f"Page {page}", "minutes": 5}
    return {"uid": uid, "language": "en", "digest": Frozen.objects.keep("snapshot", canonical(data)).digest}


def measure(client: Client) -> tuple[int, float]:
    """(queries, milliseconds of CPU) of one desk."""
    asked = []

    def count(execute, *query):
        asked.append(query)
        return execute(*query)

    with connection.execute_wrapper(count):
        assert client.get(DESK).status_code == 200
    began = process_time()
    for _round in range(ROUNDS):
        client.get(DESK)
    return len(asked), (process_time() - began) / ROUNDS * 1000


def main(sizes) -> None:
    user = get_user_model().objects.create_user("reader", password=None, name="Reader")
    committee = found_committee(shelf=library(), slug="bench", name="Bench", labor_name="L", management_name="M")
    seat(person=user.person, committee=committee, side="labor")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    there = 0
    for size in sizes:
        with transaction.atomic():
            fill(committee, user.person, range(there, size))
        there = size
        client.get(DESK)
        queries, cost = measure(client)
        print(f"open={size} queries={queries} ms={cost:.1f}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
