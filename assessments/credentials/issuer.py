"""What the center is called on its credentials. The name is kept above this floor, by whoever provides it."""

from collections.abc import Callable

from django.conf import settings

_provider: Callable[[], str] | None = None


def provide(provider: Callable[[], str]) -> None:
    """Let `provider()` say the center's name."""
    global _provider
    _provider = provider


def name() -> str:
    return _provider() if _provider else settings.HIGHROAD_CENTER_NAME
