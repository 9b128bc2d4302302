"""What the machine says: typed readers of environment variables.

Settings read the environment only through these, so that a value nobody can use stops the start with its
name.
"""

import os

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def text(name, default=""):
    return os.environ.get(name, default).strip()


def required(name):
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}. docs/operations.md lists them all.")
    return value


def flag(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    value = value.strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither on nor off. Write 1 or 0.")


def number(name, default):
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None


def words(name, default=()):
    """Parts of a comma-separated value, without empty ones."""
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)
