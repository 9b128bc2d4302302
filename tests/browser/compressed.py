"""Settings: the demo, with style sheets and scripts as a real installation serves them."""

from config.settings.dev import *  # noqa: F403 - settings lay one module over another
from config.settings.dev import STORAGES as PLAIN

STORAGES = PLAIN | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
# Ours alone: collecting and compressing those of Wagtail's admin takes longer than what is measured here.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = False
