"""Roles as data: what each is called, what it is for, and what Wagtail and Django let it do.

A role is a Django group; `users.grants` writes the groups from here. What a reviewer, learner or rater may
do is decided by the app that owns the act, so those roles need no permission here.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DESIGNER = "designer", _("Designer")
    COORDINATOR = "coordinator", _("Coordinator")
    LABOR_REVIEWER = "labor_reviewer", _("Labor reviewer")
    MANAGEMENT_REVIEWER = "management_reviewer", _("Management reviewer")
    INSTRUCTOR = "instructor", _("Instructor")
    MENTOR = "mentor", _("Mentor")
    ASSESSOR = "assessor", _("Assessor")
    LEARNER = "learner", _("Learner")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")

    @property
    def sentence(self):
        return SENTENCES[self]

    @property
    def group_name(self):
        """The name of its group in the database: English, whatever language is on screen."""
        return self.value.replace("_", " ").capitalize()


SENTENCES = {
    Role.DESIGNER: _("Writes lessons and sends them for agreement."),
    Role.COORDINATOR: _("Brings both sides together and keeps the dates. Never votes."),
    Role.LABOR_REVIEWER: _("Reads for the workers and agrees, or asks for a change."),
    Role.MANAGEMENT_REVIEWER: _("Reads for management and agrees, or asks for a change."),
    Role.INSTRUCTOR: _("Teaches a course and sees the notes for teachers."),
    Role.MENTOR: _("Goes with learners at work."),
    Role.ASSESSOR: _("Watches learners do the work and writes down what they saw."),
    Role.LEARNER: _("Takes a course."),
    Role.ADMINISTRATOR: _("Looks after accounts and settings."),
    Role.AUDITOR: _("Reads what was agreed, by which side and when. Changes nothing."),
}

# One person speaks for one side.
SIDES = frozenset({Role.LABOR_REVIEWER, Role.MANAGEMENT_REVIEWER})

WRITE = ("wagtailadmin.access_admin",)

PERMISSIONS = {
    Role.DESIGNER: WRITE,
    Role.COORDINATOR: WRITE,
    Role.ADMINISTRATOR: (
        *WRITE,
        *(f"users.{verb}_user" for verb in ("add", "change", "delete", "view")),
        *(f"auth.{verb}_group" for verb in ("add", "change", "delete", "view")),
        *(
            f"wagtailcore.{verb}_{what}"
            for what in ("workflow", "task", "site", "locale", "collection")
            for verb in ("add", "change", "delete")
        ),
    ),
}

# On the root of all collections: whoever writes also adds pictures and files.
MEDIA = tuple(
    f"{app}.{verb}_{what}"
    for app, what in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)
COLLECTION_PERMISSIONS = {Role.DESIGNER: MEDIA, Role.COORDINATOR: MEDIA, Role.ADMINISTRATOR: MEDIA}

# On the root of the library. Nobody has "publish" there: library pages are drafts for ever.
LIBRARY_PERMISSIONS = {
    Role.DESIGNER: ("add_page", "change_page"),
    Role.COORDINATOR: ("add_page", "change_page", "lock_page", "unlock_page"),
    Role.ADMINISTRATOR: ("add_page", "change_page", "lock_page", "unlock_page", "bulk_delete_page"),
}
