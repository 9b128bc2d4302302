from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Seats whoever accepts an invitation, and lets administrators change the center's name."""

    name = "home"
    label = "home"
    verbose_name = _("Home")

    def ready(self):
        from home.first_run.seating import seat_on_accept
        from users.grants import add_permissions
        from users.models import Invitation
        from users.roles import Role

        add_permissions(Role.ADMINISTRATOR, "home.change_siteanswers")
        post_save.connect(seat_on_accept, sender=Invitation, dispatch_uid="seat-on-accept")
