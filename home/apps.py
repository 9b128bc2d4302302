from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Seats whoever accepts an invitation, and tells released pages what the center is called."""

    name = "home"
    label = "home"
    verbose_name = _("Home")

    def ready(self):
        from assessments.credentials import issuer
        from courses.delivery import center
        from home.answers import center_name, show_new_name
        from home.first_run.seating import seat_on_accept
        from home.models import SiteAnswers
        from users.grants import add_permissions
        from users.models import Invitation
        from users.roles import Role

        add_permissions(Role.ADMINISTRATOR, "home.change_siteanswers")
        center.provide(center_name)
        issuer.provide(center_name)
        post_save.connect(show_new_name, sender=SiteAnswers, dispatch_uid="center-name")
        post_save.connect(seat_on_accept, sender=Invitation, dispatch_uid="seat-on-accept")
