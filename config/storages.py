"""Where files go when one machine's disk is not enough: an S3-compatible store, one bucket, a folder each."""

from config import environment

ALIASES = ("default", "frozen", "released", "rendered", "voices", "evidence")


def from_environment():
    """Storages to lay over those of base; empty when S3_BUCKET is not set.

    Objects stay private in the bucket: drafts are asked for through the site, and so are released files,
    which keep their addresses under /media/released/.
    """
    bucket = environment.text("S3_BUCKET")
    if not bucket:
        return {}
    shared = {
        "bucket_name": bucket,
        "endpoint_url": environment.text("S3_ENDPOINT") or None,
        "region_name": environment.text("S3_REGION") or None,
        "access_key": environment.required("S3_ACCESS_KEY"),
        "secret_key": environment.required("S3_SECRET_KEY"),
        "default_acl": "private",
        "file_overwrite": False,
    }
    storages = {
        alias: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**shared, "location": alias}}
        for alias in ALIASES
    }
    # Wagtail writes links to drafts into its admin: they go through the site's own check.
    storages["default"]["BACKEND"] = "config.s3.DraftStorage"
    return storages
