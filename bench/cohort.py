"""Inside the site of the bench: a cohort with a learner on a phone. Prints where they read, and as whom."""

import json

import django

django.setup()

from courses.cohorts.models import Course, Enrollment  # noqa: E402 - there are no models before setup
from courses.cohorts.text import Text, address  # noqa: E402
from courses.delivery import addresses  # noqa: E402
from home.demo import cohort  # noqa: E402
from home.demo.cast import make_cast  # noqa: E402
from users import learners  # noqa: E402

cohort.make(make_cast(), lambda text: None)
course = Course.objects.get(title=cohort.TITLE)
enrollment = Enrollment.objects.filter(course=course).select_related("learner").first()
text = Text(course)
page = text.lessons[2]
print(
    json.dumps(
        {
            "lesson": address(course.code, "en", page.path),
            "public": addresses.curriculum(text.slug, "en") + page.path,
            "module": address(course.code, "en", page.module_path),
            "course": address(course.code, "en"),
            "marks": address(course.code, "en", "marks/"),
            "page": page.uid,
            "cookie": f"{learners.COOKIE}={learners.cookie_of(enrollment.learner)}",
        }
    )
)
