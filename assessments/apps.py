from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Registers how assessments are rendered."""

    name = "assessments"
    label = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        from assessments.checks import check_assessment
        from assessments.render import render_assessment
        from curriculum import checks
        from curriculum.editions import render
        from curriculum.enums import Kind

        render.register(Kind.ASSESSMENT, render_assessment)
        checks.register(Kind.ASSESSMENT, check_assessment)
