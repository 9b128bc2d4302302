from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """Renders what is agreed, and gives the database what searching needs."""

    name = "courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self):
        from django.db.models.signals import post_migrate

        from assessments import groups
        from courses.assessing import moves
        from courses.assessing.groups import group_of
        from courses.cohorts import moving
        from courses.delivery import build, covering, credits, search
        from courses.learning import taken
        from courses.voice import jobs, panels, tying
        from curriculum import checks
        from curriculum.enums import Kind
        from curriculum.review.signals import agreed, noticed

        # In this order: pages are rendered with what the new version carries.
        agreed.connect(tying.on_agreed, dispatch_uid="voice")
        agreed.connect(build.on_agreed, dispatch_uid="delivery")
        noticed.connect(covering.on_noticed, dispatch_uid="delivery-notices")
        post_migrate.connect(search.install, sender=self, dispatch_uid="delivery-search")
        checks.register(Kind.MODULE, taken.check_module)
        credits.register("voice", tying.credited)
        groups.register("courses", group_of)
        moving.evidence.register("assessments", moves.affected)
        jobs.register_jobs()
        panels.add_to_editors()
