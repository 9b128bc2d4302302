"""One side of `bench.room`: the review room with one long changed lesson, measured. Prints milliseconds of CPU."""

import sys
from statistics import median
from time import process_time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - there are no models before setup
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from curriculum.editions.portable import canonical  # noqa: E402
from curriculum.models import Frozen  # noqa: E402
from curriculum.review.founding import found_committee, seat  # noqa: E402
from curriculum.review.models import Submission, SubmissionItem  # noqa: E402
from curriculum.shelves import library  # noqa: E402

MODULE, LESSON = (f"00000000-0000-4000-8000-{number:012d}" for number in (1, 2))
ROUNDS = 9
#: Every third block says something else.
CHANGED = 3


def edition(blocks: int, word: str) -> Frozen:
    """A module of one lesson with so many paragraphs of 60 words."""
    own = {"kind": "module", "uid": MODULE, "language": "en", "title": "Module", "code": "M"}
    body = [
        {
            "id": f"00000000-0000-4000-9000-{number:012d}",
            "type": "text",
            "value": f"<p>{'Read the label and the sheet of every product. ' * 7}"
            f"{word if number % CHANGED == 0 else 'Then rinse.'}</p>",
        }
        for number in range(blocks)
    ]
    lesson = {"kind": "lesson", "uid": LESSON, "language": "en", "title": "Lesson", "code": "M.1", "body": body}
    snapshots = [
        {
            "uid": data["uid"],
            "kind": data["kind"],
            "language": "en",
            "digest": Frozen.objects.keep("snapshot", canonical(data)).digest,
        }
        for data in (own, lesson)
    ]
    return Frozen.objects.keep("edition", canonical({"kind": "edition", "module": MODULE, "snapshots": snapshots}))


def main(blocks: int) -> None:
    user = get_user_model().objects.create_user("reader", password=None, name="Reader")
    committee = found_committee(shelf=library(), slug="bench", name="Bench", labor_name="L", management_name="M")
    seat(person=user.person, committee=committee, side="labor")
    old, new = edition(blocks, "Then wipe it dry."), edition(blocks, "Then let it dry in the air.")
    manifest = {"kind": "submission", "submission": MODULE, "charter": committee.charter.data, "languages": ["en"]}
    submission = Submission.objects.create(
        uid=MODULE, frozen=Frozen.objects.keep("submission", canonical(manifest)), committee=committee,
        subject_uid=MODULE, subject_kind="module", title="Module", note="Drier.", change_class="1",
        opened_by=user.person, opened_at=timezone.now(),
    )  # fmt: skip
    SubmissionItem.objects.create(
        submission=submission, kind="edition", subject_uid=MODULE, title="Module", frozen=new, based_on=old.digest
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    page = client.get(f"/review/{MODULE}/").content.decode()
    assert page.count("<ins") >= blocks // CHANGED
    costs = []
    for _round in range(ROUNDS):
        began = process_time()
        client.get(f"/review/{MODULE}/")
        costs.append((process_time() - began) * 1000)
    print(f"{median(costs):.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
