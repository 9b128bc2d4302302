from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Connects the record to Wagtail's own ways of ending a workflow, and guards pages under review."""

    name = "curriculum.review"
    label = "review"
    verbose_name = _("Review")

    def ready(self):
        from django.db.models.signals import pre_delete

        from users.grants import add_permissions
        from users.roles import Role

        for role in (Role.DESIGNER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR):
            add_permissions(role, "review.view_submission")
        # Who sits where decides who holds a key: administrators write it, coordinators read it.
        add_permissions(
            Role.ADMINISTRATOR,
            *(f"review.{verb}_{what}" for what in ("committee", "seat") for verb in ("add", "change")),
        )
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            add_permissions(role, "review.view_committee", "review.view_seat")

        from curriculum.models import CurriculumPage, ModulePage
        from curriculum.review import actions, guard, notifications  # noqa: F401 - actions connects its receiver when imported

        for model in (ModulePage, CurriculumPage):
            pre_delete.connect(guard.refuse_delete, sender=model, dispatch_uid=f"review-{model.__name__}")
        notifications.silence_wagtail()
