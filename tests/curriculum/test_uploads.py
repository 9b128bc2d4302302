"""What a designer uploads: refused with a sentence when it is no picture, too large, or a drawing that could run."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from curriculum.models import HighroadImage

GOOD = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">'
    b'<rect width="4" height="4"/></svg>'
)
RUNS = GOOD.replace(b"<rect", b"<script>alert(1)</script><rect")
HANDLER = GOOD.replace(b"<rect", b'<rect onclick="alert(1)"')
ELSEWHERE = GOOD.replace(b"<rect", b'<image href="https://elsewhere.example/x.png"/><rect')
ENTITY = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.replace(b"<rect", b"<text>&x;</text><rect")


def upload(client, name, content, kind="image/svg+xml"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post("/admin/images/add/", {"title": "A drawing", "file": file, "collection": 1})


@pytest.fixture
def designer(client, cast):
    client.force_login(cast["designer"])
    return client


def test_a_plain_drawing_is_taken_as_it_is(designer):
    upload(designer, "a.svg", GOOD)
    image = HighroadImage.objects.get()
    assert image.file.read() == GOOD
    assert len(image.sha256) == 64


@pytest.mark.parametrize("content", [RUNS, HANDLER, ELSEWHERE, ENTITY])
def test_a_drawing_that_could_run_or_fetch_is_refused_with_a_reason(designer, content):
    answer = upload(designer, "a.svg", content)
    assert not HighroadImage.objects.exists()
    errors = answer.context["form"].errors["file"]
    assert len(errors) == 1 and len(str(errors[0])) > 30


def test_what_is_no_picture_is_refused(designer):
    answer = upload(designer, "notes.png", b"This is a letter.", "image/png")
    assert not HighroadImage.objects.exists()
    assert answer.context["form"].errors["file"]


def test_what_is_too_large_is_refused_with_the_limit(designer, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    answer = upload(designer, "a.svg", GOOD + b" " * 200)
    assert not HighroadImage.objects.exists()
    assert "100" in str(answer.context["form"].errors["file"])
