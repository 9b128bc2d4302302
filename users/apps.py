from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = _("People")
    default = True

    def ready(self):
        # Models load after this module.
        from users import checks, grants  # noqa: F401 - importing checks registers them

        post_migrate.connect(grants.sync_after_migrate, sender=self, dispatch_uid="users.sync_roles")


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's account screens, told that a name lives on the person."""

    user_viewset = "users.views.accounts.AccountViewSet"
