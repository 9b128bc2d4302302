"""The closed vocabularies of a course, with the words people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    COHORT = "cohort", _("Course")
    WORKSHOP = "workshop", _("Workshop")


class SessionKind(models.TextChoices):
    """What a meeting is. A support circle is not among them: it has a table of its own that nothing points at."""

    CLASS = "class", _("Class")
    HANDS_ON = "hands_on", _("Hands-on")
    PANEL = "panel", _("Panel")
    GUEST_LECTURE = "guest_lecture", _("Guest lecture")
    SITE_VISIT = "site_visit", _("Site visit")
    CLINICAL_SHIFT = "clinical_shift", _("Clinical shift")


class Hat(models.TextChoices):
    """What somebody does in one course. Only instructors see who did what."""

    INSTRUCTOR = "instructor", _("Instructor")
    MENTOR = "mentor", _("Mentor")
    TUTOR = "tutor", _("Tutor")
    CASE_MANAGER = "case_manager", _("Case manager")
    ASSESSOR = "assessor", _("Assessor")


class Presence(models.TextChoices):
    HERE = "here", _("Here")
    PART = "part", _("Part of it")
    EXCUSED = "excused", _("Excused")
    AWAY = "away", _("Not here")
