"""A designer's or developer's own machine: `make run`."""

from config import environment
from config.settings.base import *

# Off in `make run`, which shows what people see: the page for a wrong address, not Django's.
DEBUG = environment.flag("DEBUG", True)
WHITENOISE_USE_FINDERS = True
SECRET_KEY = "only-for-this-machine-" + "0" * 40
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", ".localhost", *environment.words("ALLOWED_HOSTS")]
HIGHROAD_DEMO = environment.flag("HIGHROAD_DEMO", True)
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
INTERNAL_IPS = ["127.0.0.1"]
