from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Registers how assessments are rendered."""

    name = "assessments"
    label = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        from assessments.checks import check_assessment
        from assessments.credentials import ending
        from assessments.evidence import keeping
        from assessments.methods import editor
        from assessments.render import render_assessment
        from assessments.signals import corrected
        from curriculum import checks
        from curriculum.editions import render
        from curriculum.enums import Kind

        render.register(Kind.ASSESSMENT, render_assessment)
        checks.register(Kind.ASSESSMENT, check_assessment)
        keeping.register_jobs()
        editor.add_to_editor()
        corrected.connect(ending.on_corrected, dispatch_uid="credentials")
