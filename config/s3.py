from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class DraftStorage(S3Storage):
    """Drafts in a bucket, under the site's own addresses: whoever asks passes `config.drafts`."""

    def url(self, name, **kwargs):
        return settings.MEDIA_URL + quote(name)
