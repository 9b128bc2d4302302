"""The one-time link of the first run: made on the server's own command line, good for three days."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.answers import site_answers
from home.demo.switch import demo_is_on
from home.models import FirstRunLink
from users.invitations import NotOpen, hash_of

GOOD_FOR = timedelta(days=3)


class NotOffered(Exception):
    """This installation is not to be set up. Its text says why."""


def check_can_set_up() -> None:
    """Raises NotOffered on a demo and where somebody answered already."""
    if demo_is_on():
        raise NotOffered(_("This is the demo. Its people and parties are invented, so there is nothing to set up."))
    done = site_answers().set_up_on
    if done:
        raise NotOffered(
            _("This installation was set up on %(day)s. Name and languages are in the settings of the library.")
            % {"day": done.isoformat()}
        )


@transaction.atomic
def make_link() -> str:
    """A new link, the full address. Earlier ones stop working. Raises NotOffered."""
    check_can_set_up()
    FirstRunLink.objects.filter(used_at=None).delete()
    token = secrets.token_urlsafe(32)
    FirstRunLink.objects.create(token_hash=hash_of(token), expires_at=timezone.now() + GOOD_FOR)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("first_run", args=[token])


def find(token: str) -> FirstRunLink:
    """The open link of `token`. Raises NotOpen with a sentence for the one who holds it."""
    return _open(FirstRunLink.objects.filter(token_hash=hash_of(token)))


def take(token: str) -> FirstRunLink:
    """The open link with its row locked, used from now on. Raises NotOpen. Call it inside the transaction."""
    link = _open(FirstRunLink.objects.select_for_update().filter(token_hash=hash_of(token)))
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link


def _open(rows) -> FirstRunLink:
    link = rows.first()
    if link is None:
        raise NotOpen(_("We do not know this link. Check that you copied all of it, or make a new one on the server."))
    if link.used_at:
        raise NotOpen(_("This link was used already and the installation is set up. Sign in."))
    if link.expires_at < timezone.now():
        raise NotOpen(_("This link is too old. Make a new one on the server."))
    return link
