"""What the training center is called on released pages.

The name is kept above this floor (`home`), which names a provider when it is ready; without one the setting holds.
Asked for once a generation, so that reading a page never asks the database.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver

from courses.delivery import generation

_provider: Callable[[], str] | None = None
_known: tuple | None = None


def provide(provider: Callable[[], str]) -> None:
    """Let `provider()` say the center's name. Whoever changes the name calls `generation.raise_it` once it is saved."""
    global _provider, _known
    _provider, _known = provider, None


def name() -> str:
    """The center's name as of the current generation."""
    global _known
    now = generation.read()
    if _known is None or _known[0] != now:
        _known = (now, _provider() if _provider else settings.HIGHROAD_CENTER_NAME)
    return _known[1]


@receiver(setting_changed, dispatch_uid="delivery-center")
def _settings_changed(setting, **kwargs):
    global _known
    if setting in ("STORAGES", "HIGHROAD_CENTER_NAME"):
        _known = None
