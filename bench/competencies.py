"""One side of `bench.matrix`: a course with so many learners, every try decided. Prints a line for each size."""

import gzip
import sys
import uuid
from statistics import median
from time import process_time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - there are no models before setup
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from assessments import instrument  # noqa: E402
from assessments.models import Attempt, Result, Sheet  # noqa: E402
from courses.assessing.groups import as_group  # noqa: E402
from courses.cohorts.founding import make_course  # noqa: E402
from courses.cohorts.models import Course, Enrollment  # noqa: E402
from courses.delivery import paths  # noqa: E402
from courses.delivery.models import ReleaseOutline  # noqa: E402
from curriculum.editions.portable import canonical  # noqa: E402
from curriculum.models import Frozen  # noqa: E402
from curriculum.review.models import Committee, Decision, Entry, Submission  # noqa: E402
from users.grants import give_role  # noqa: E402
from users.models import Learner, Person, User  # noqa: E402
from users.roles import Role  # noqa: E402

MODULES, EACH, POINTS = 8, 5, 12
CURRICULUM = "00000000-0000-4000-8000-000000000001"
ROUNDS = 5


def _snapshot(kind: str, number: int, title: str, **more) -> dict:
    uid = f"00000000-0000-4000-9000-{number:012d}"
    data = {"kind": kind, "uid": uid, "language": "en", "title": title, **more}
    return {
        "uid": uid,
        "kind": kind,
        "language": "en",
        "digest": Frozen.objects.keep("snapshot", canonical(data)).digest,
    }


def _assessment(number: int) -> dict:
    criteria = [
        {"id": f"point-{one}", "value": {"code": str(one), "text": f"Does step {one}", "critical": one < 4}}
        for one in range(POINTS)
    ]
    passing = {"critical": "all", "others": "0.8", "consecutive": 2, "raters": 1}
    words = {"method": "skills_demonstration", "graded": True, "criteria": criteria, "passing": passing}
    return _snapshot("assessment", number, f"Competency number {number}", slug=f"a{number}", **words)


def _text(by: User) -> Decision:
    """A course text of modules with assessments. Rows only, no agreement is played."""
    modules = []
    for number in range(MODULES):
        own = _snapshot("module", 1000 + number, f"Module {number}", code=f"M{number}", slug=f"m{number}")
        pages = [_assessment(number * EACH + one) for one in range(EACH)]
        edition = {"kind": "edition", "module": own["uid"], "snapshots": [own, *pages]}
        frozen = Frozen.objects.keep("edition", canonical(edition))
        modules.append({"module": own["uid"], "edition": frozen.digest})
    curriculum = _snapshot("curriculum", 5000, "Bench", code="B", slug="bench")
    content = {"kind": "release", "curriculum": CURRICULUM, "snapshots": [curriculum], "modules": modules}
    release = Frozen.objects.keep("release", canonical(content))
    committee = Committee.objects.create(name="Bench", slug="bench", labor_name="Labor", management_name="Management")
    manifest = Frozen.objects.keep("submission", canonical({"kind": "submission", "committee": {}}))
    now = timezone.now()
    submission = Submission.objects.create(
        frozen=manifest, committee=committee, subject_uid=CURRICULUM, subject_kind="curriculum", title="Bench",
        change_class="2", opened_by=by.person, opened_at=now,
    )  # fmt: skip
    entry = Entry.objects.create(
        submission=submission, kind="decision", person=by.person, outcome="approved", at=now,
        previous=submission.digest, digest="0" * 64,
    )  # fmt: skip
    decision = Decision.objects.create(
        submission=submission, entry=entry, kind="release", subject_uid=CURRICULUM, title="Bench", frozen=release,
        outcome="approved", label="2026.1", at=now,
    )  # fmt: skip
    card = {"en": {"title": "Bench", "languages": []}}
    ReleaseOutline.objects.create(decision=decision, slug="bench", languages=["en"], pages={"": {"en": ""}}, card=card)
    paths.current.forget()
    return Decision.objects.get(pk=decision.pk)


def _fill(course: Course, by: User, numbers) -> None:
    """Learners with two decided tries at everything: met and met, met and not, or not and met."""
    now, group = timezone.now(), as_group(course)
    people = Person.objects.bulk_create(Person(name=f"Learner {number}") for number in numbers)
    learners = Learner.objects.bulk_create(Learner(person=person) for person in people)
    Enrollment.objects.bulk_create(
        Enrollment(course=course, learner=one, called=one.person.name, joined_on=now.date()) for one in learners
    )
    attempts, sheets, results = [], [], []
    for place, learner in enumerate(learners):
        for number, page in enumerate(group.pages.values()):
            read = instrument.read(page.digest("en"))
            kept = {"edition": page.edition, "release": page.release, "language": "en", "instrument": read.digest}
            for time in range(2):
                met = (place + number + time) % 3 > 0
                attempt = Attempt(
                    learner=learner, group=course.pk, assessment_uid=read.uid, module_uid=page.module,
                    method=read.method, number=time + 1, yardstick=read.yardstick, raters=1, opened_at=now,
                    opened_by=by.person, **kept,
                )  # fmt: skip
                marks = [{"criterion": one.id, "met": met} for one in read.criteria]
                sheet = {"uid": uuid.uuid4(), "digest": read.digest, "language": "en", "seen_at": now}
                enough = met and time and number % 2
                outcome = "competent" if enough else "not_yet"
                raters = [str(by.person_id)]
                attempts.append(attempt)
                sheets.append(Sheet(attempt=attempt, rater=by.person, marks=marks, **sheet))
                results.append(Result(attempt=attempt, met=met, outcome=outcome, raters=raters, **kept))
    for model, rows in ((Attempt, attempts), (Sheet, sheets), (Result, results)):
        model.objects.bulk_create(rows, batch_size=500)


def _measure(client: Client, url: str) -> tuple[int, float, bytes]:
    """(queries, milliseconds of CPU, the page), once everything was read once."""
    client.get(url)
    asked = []

    def count(execute, *query):
        asked.append(query)
        return execute(*query)

    with connection.execute_wrapper(count):
        page = client.get(url).content
    costs = []
    for _round in range(ROUNDS):
        began = process_time()
        client.get(url)
        costs.append((process_time() - began) * 1000)
    return len(asked), median(costs), page


def main(sizes: list[int]) -> None:
    user = get_user_model().objects.create_user("teacher", password=None, name="Teacher")
    give_role(user=user, role=Role.INSTRUCTOR)
    with transaction.atomic():
        today = timezone.localdate()
        course = make_course(by=user, title="Bench", release=_text(user), starts_on=today, ends_on=today)
    client, before = Client(HTTP_HOST="localhost"), 0
    client.force_login(user)
    for size in sizes:
        with transaction.atomic():
            _fill(course, user, range(before, size))
        before = size
        queries, cost, page = _measure(client, f"/teach/{course.code}/skills/table/")
        assert page.count(b"data-label") == size * MODULES * EACH
        small = len(gzip.compress(page))
        print(
            f"learners={size} skills={MODULES * EACH} queries={queries} ms={cost:.1f} bytes={len(page)} small={small}"
        )


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]])
