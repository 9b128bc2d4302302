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
            *(
                f"review.{verb}_{what}"
                for what in ("committee", "seat", "checker", "holiday")
                for verb in ("add", "change")
            ),
            "review.add_delegation",
            "review.delete_holiday",
        )
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            names = ("committee", "seat", "checker", "delegation", "holiday")
            add_permissions(role, *(f"review.view_{what}" for what in names))
        # How a side divided its reading is its own affair, and that of those who keep the record.
        for role in (Role.AUDITOR, Role.ADMINISTRATOR):
            add_permissions(role, "review.view_reading")

        from curriculum.models import CurriculumPage, ModulePage
        from curriculum.review import actions, guard, notifications  # noqa: F401 - actions connects its receiver when imported

        for model in (ModulePage, CurriculumPage):
            pre_delete.connect(guard.refuse_delete, sender=model, dispatch_uid=f"review-{model.__name__}")
        notifications.silence_wagtail()

        from curriculum.review import jobs, mailing, signals
        from curriculum.review.actions import announcing, confirming, correcting  # noqa: F401 - these connect their receivers when imported

        signals.urgent.connect(mailing.send_urgent, dispatch_uid="review-urgent")
        jobs.register_jobs()

        from curriculum.review import panels

        panels.add_to_editors()
