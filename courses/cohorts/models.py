"""Courses, who is in them, when they meet, and what is done.

Rows point at releases by their decision, at pages by uid, at people by pseudonym. Deliberately absent: which page
somebody opened and when, on which device, and any place for a note about a person.
"""

import uuid
from secrets import token_urlsafe

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from courses.cohorts.enums import CourseKind, Hat, Presence, SessionKind
from curriculum.review.models import Decision
from users.models import Learner, Person


class Course(models.Model):
    """A cohort's run of one course text, or an open day with one module of it.

    `release` is the text somebody moved it to; what it serves may be a safety correction in the same line
    (`queries.text_of`). `code` is in its address, `join_code` on the wall; who has either sees no person.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=CourseKind, default=CourseKind.COHORT)
    code = models.SlugField(_("short name in the address"), max_length=40, unique=True)
    title = models.CharField(_("name of the course"), max_length=200)
    release = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="courses")
    module_uid = models.UUIDField(null=True, editable=False)
    department = models.CharField(_("department or employer"), max_length=200, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    join_code = models.CharField(max_length=12, unique=True, null=True, editable=False)
    calendar_key = models.CharField(max_length=43, default=token_urlsafe, unique=True, editable=False)
    valid_months = models.PositiveSmallIntegerField(_("certificate holds for, in months"), null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("-starts_on", "title")
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="course_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind=CourseKind.WORKSHOP, module_uid__isnull=False)
                | Q(kind=CourseKind.COHORT, module_uid__isnull=True),
                name="workshop_has_one_module",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_workshop(self) -> bool:
        return self.kind == CourseKind.WORKSHOP


class Teammate(models.Model):
    """Who stands beside the learners of one course, and as what. One person may wear several hats."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hats")
    hat = models.CharField(max_length=20, choices=Hat)

    class Meta:
        ordering = ("hat", "pk")
        verbose_name = _("person of the team")
        verbose_name_plural = _("people of the team")
        constraints = [models.UniqueConstraint(fields=("course", "person", "hat"), name="hat_once_a_course")]

    def __str__(self):
        return f"{self.person}, {self.get_hat_display()}"


class Enrollment(models.Model):
    """A learner in a course. `called` is the name there, one of its kind, by which they come back in.

    It is a copy of the person's name; leaving blanks it.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrollments")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="enrollments")
    called = models.CharField(_("name"), max_length=60, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = (Lower("called"), "pk")
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = [
            models.UniqueConstraint(fields=("course", "learner"), name="enrolled_once"),
            models.UniqueConstraint(
                F("course"), Lower("called"), condition=~Q(called=""), name="called_once_in_a_course"
            ),
        ]

    def __str__(self):
        return self.called


class Mark(models.Model):
    """A learner says that a page is done, or not yet after all. The newest word counts, wherever it was said.

    `at` is when it was said, so that two phones and a week without a line come together; nobody but its owner is
    shown it. `digest` is the fingerprint of the course text it was said of.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="marks")
    page_uid = models.UUIDField()
    is_done = models.BooleanField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [models.UniqueConstraint(fields=("enrollment", "page_uid"), name="mark_once_a_page")]

    def __str__(self):
        return f"{self.page_uid} {self.is_done}"


class Session(models.Model):
    """One meeting of a course. `hours` are what counts for whoever was there all the time, as a decimal number.

    `pages` are uids of the lessons and assessments it is about.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind, default=SessionKind.CLASS)
    title = models.CharField(_("what it is about"), max_length=200)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    hours = models.DecimalField(_("hours that count"), max_digits=4, decimal_places=2)
    is_related_instruction = models.BooleanField(_("counts as related instruction"), default=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    guest = models.CharField(_("guest, and for whom they speak"), max_length=200, blank=True)
    prepare = models.TextField(_("what to bring or prepare"), blank=True)
    pages = models.JSONField(default=list, blank=True)
    is_called_off = models.BooleanField(_("called off"), default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="session_hours_not_negative"),
        ]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """An instructor, or a sign-in at the door, says whether somebody was there. The latest row counts; none is changed.

    Hours of related instruction come from here and from nowhere else.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=20, choices=Presence)
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=0) & (Q(presence__in=(Presence.HERE, Presence.PART)) | Q(hours=0)),
                name="hours_only_where_present",
            )
        ]

    def __str__(self):
        return f"{self.enrollment_id} {self.presence}"


class SupportCircle(models.Model):
    """When and where people may come together, what for, and by which rules. Nothing points here, and nothing may:
    no attendance, no result, no name (`tests/courses/test_cohorts.py`).
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="circles")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    purpose = models.TextField(_("what it is for"))
    ground_rules = models.TextField(_("ground rules"))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("starts_at", "pk")
        verbose_name = _("support circle")
        verbose_name_plural = _("support circles")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="circle_ends_after_it_starts")
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d}"


class Support(models.Model):
    """Who helps with what, when and in which languages: a line of the course's support page."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="support")
    helps_with = models.CharField(_("helps with"), max_length=200)
    who = models.CharField(_("who"), max_length=200)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    hours = models.CharField(_("when to reach them"), max_length=200, blank=True)
    spoken = models.CharField(_("languages they speak"), max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("support")
        verbose_name_plural = _("support")

    def __str__(self):
        return self.helps_with


class Move(models.Model):
    """A course went from one course text to another. `told` is what somebody read of it before."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="moves")
    before = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    told = models.JSONField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    append_only = True

    class Meta:
        ordering = ("pk",)
        verbose_name = _("move to another course text")
        verbose_name_plural = _("moves to another course text")

    def __str__(self):
        return f"{self.before.label} {self.after.label}"
