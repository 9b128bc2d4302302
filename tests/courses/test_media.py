"""Pictures and files of agreed texts, by the name of their bytes; nothing else is public."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from courses.delivery import paths, released_media
from courses.delivery.models import ReleaseOutline

DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<path d='M0 0h1v1z'/>" * 40 + b"</svg>"
FILM = bytes(range(256)) * 8


@pytest.fixture
def shown(released):
    """Files that the released text shows: {ext: address}."""
    addresses = {}
    for ext, data in (("svg", DRAWING), ("mp4", FILM), ("docx", b"words")):
        name = f"{hashlib.sha256(data).hexdigest()}.{ext}"
        storages["released"].save(name, ContentFile(data))
        addresses[ext] = f"/media/released/{name}"
    ReleaseOutline.objects.update(media=[address.rpartition("/")[2] for address in addresses.values()])
    paths.current.forget()
    return addresses


def test_a_drawing_is_a_picture_and_nothing_else(client, shown):
    response = client.get(shown["svg"])
    assert response.content == DRAWING and response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_drawing_travels_compressed(client, shown):
    response = client.get(shown["svg"], headers={"accept-encoding": "br"})
    assert response.headers["Content-Encoding"] == "br" and len(response.content) < len(DRAWING) / 4
    etag = response.headers["ETag"]
    again = client.get(shown["svg"], headers={"accept-encoding": "br", "if-none-match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-9", 206, FILM[:10], "bytes 0-9/2048"),
        ("bytes=2000-", 206, FILM[2000:], "bytes 2000-2047/2048"),
        ("bytes=-5", 206, FILM[-5:], "bytes 2043-2047/2048"),
        ("bytes=2047-9999", 206, FILM[2047:], "bytes 2047-2047/2048"),
        ("bytes=2048-", 416, b"", "bytes */2048"),
        ("bytes=-0", 416, b"", "bytes */2048"),
        ("bytes=0-1,4-5", 200, FILM, None),
        ("nonsense", 200, FILM, None),
    ],
)
def test_a_film_is_sent_in_the_parts_a_player_asks_for(client, shown, asked, status, part, said):
    response = client.get(shown["mp4"], headers={"range": asked})
    assert (response.status_code, b"".join(response)) == (status, part)
    assert response.headers.get("Content-Range") == said


def test_a_film_that_is_known_is_not_sent_again(client, shown):
    etag = client.get(shown["mp4"]).headers["ETag"]
    assert client.get(shown["mp4"], headers={"if-none-match": etag}).status_code == 304
    assert client.head(shown["mp4"]).headers["Content-Length"] == str(len(FILM))


def test_what_a_browser_cannot_show_is_saved(client, shown):
    assert client.get(shown["docx"]).headers["Content-Disposition"] == "attachment"


def test_files_that_no_agreed_text_shows_are_not_there(client, shown, settings):
    name = f"{hashlib.sha256(b'draft').hexdigest()}.svg"
    storages["released"].save(name, ContentFile(b"draft"))
    missing = f"{hashlib.sha256(b'gone').hexdigest()}.mp4"
    ReleaseOutline.objects.update(media=[missing])
    paths.current.forget()
    for url in (f"/media/released/{name}", f"/media/released/{missing}", "/media/released/../db.sqlite3"):
        assert client.get(url).status_code == 404, url


def test_every_kind_of_file_that_can_be_uploaded_has_a_type(settings):
    uploaded = {*settings.WAGTAILIMAGES_EXTENSIONS, *settings.WAGTAILDOCS_EXTENSIONS}
    assert uploaded <= set(released_media.TYPES)
