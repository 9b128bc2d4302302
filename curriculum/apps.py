from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _

GLOSSARY = tuple(f"curriculum.{verb}_glossaryterm" for verb in ("add", "change", "view"))
STANDARDS = tuple(
    f"curriculum.{verb}_{what}" for what in ("standardframework", "standarditem") for verb in ("add", "change", "view")
)
# Whoever writes adds words; standards are looked after by those who bring both sides together.
WORDS_AND_STANDARDS = {
    "designer": (*GLOSSARY, "curriculum.view_standardframework", "curriculum.view_standarditem"),
    "coordinator": (*GLOSSARY, *STANDARDS),
    "administrator": (*GLOSSARY, *STANDARDS, "curriculum.delete_glossaryterm", "curriculum.delete_standarditem"),
}


class CurriculumConfig(AppConfig):
    """Registers how lessons are rendered, who is remembered as an author, and what the database refuses."""

    name = "curriculum"
    label = "curriculum"
    verbose_name = _("Curriculum")

    def ready(self):
        from wagtail.models import PageLogEntry, Revision

        from curriculum import checks, contributions, scheduling, triggers
        from curriculum.editions import render
        from curriculum.enums import Kind
        from users.grants import add_permissions
        from users.roles import Role

        render.register(Kind.LESSON, render.render_lesson)
        render.register(Kind.MODULE, render.render_fields)
        render.register(Kind.CURRICULUM, render.render_fields)
        checks.register(Kind.LESSON, checks.check_lesson)
        post_save.connect(contributions.remember, sender=PageLogEntry, dispatch_uid="contributions")
        pre_save.connect(scheduling.refuse, sender=Revision, dispatch_uid="never-scheduled")
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="triggers")
        for role, names in WORDS_AND_STANDARDS.items():
            add_permissions(Role(role), *names)
