"""The closed vocabularies of curriculum content. Each value carries the words people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How a lesson is taught."""

    CLASSROOM = "classroom", _("Classroom")
    HANDS_ON = "hands_on", _("Hands-on")
    FIELD = "field", _("Field")
    SELF_PACED = "self_paced", _("On your own")


class LessonFlag(models.TextChoices):
    """What a reader, a reviewer or a scheduler must know about a lesson before it starts."""

    SAFETY_CRITICAL = "safety_critical", _("Safety-critical")
    CONTENT_NOTE = "content_note", _("Hard subject: has a content note")
    GUEST_OR_SITE_VISIT = "guest_or_site_visit", _("Guest or site visit")
    WORKER_VOICE = "worker_voice", _("Asks workers what is missing")
    LOCAL_POLICY = "local_policy", _("Has a place for a department's own rule")


class ReviewClass(models.TextChoices):
    """The class of a usual change to a module (domain rule: safety needs the fullest reading)."""

    EDITORIAL = "editorial", _("Wording")
    SUBSTANTIVE = "substantive", _("Changes what is taught")
    SAFETY = "safety", _("Safety")


class Rights(models.TextChoices):
    """Whose words a module holds."""

    OWN_WORK = "own_work", _("Our own work")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    LICENSED = "licensed", _("Licensed, with terms")
    LICENSED_PLACEHOLDER = "licensed_placeholder", _("Placeholder for licensed material")
    LINK_ONLY = "link_only", _("Link only")
    PARTNER_CONFIDENTIAL = "partner_confidential", _("Confidential to a partner")


class Status(models.TextChoices):
    """Whether a module or curriculum has lessons yet."""

    WRITTEN = "", _("Has lessons")
    OUTLINE = "outline", _("Outline: hours and titles only")


class Kind(models.TextChoices):
    """The kinds of library page that have a portable form."""

    CURRICULUM = "curriculum", _("Curriculum")
    MODULE = "module", _("Module")
    LESSON = "lesson", _("Lesson")
    ASSESSMENT = "assessment", _("Assessment")


class FrozenKind(models.TextChoices):
    """What a frozen row holds."""

    SNAPSHOT = "snapshot", _("Page")
    EDITION = "edition", _("Version of a module")
    RELEASE = "release", _("Course text")
    SUBMISSION = "submission", _("Copy under review")
