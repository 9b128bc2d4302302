"""The tree of links that a web server reads without Python."""

import gzip
import os
import re
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command

from courses.delivery import headers, published, stored
from curriculum.models import CurriculumPage
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.courses.reading import next_release
from tests.factories import agree, save

MANUAL = Path(__file__).parents[2] / "docs/operations.md"


@pytest.fixture
def tree(released):
    return published.root()


def test_every_page_lies_there_in_every_form(tree, client):
    for language in ("", "es"):
        page = tree / language / "curricula/tst/t1/t1-1/index.html"
        data = page.read_bytes()
        assert data == client.get(f"/{language}/curricula/tst/t1/t1-1/".replace("//", "/")).content
        assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == data
        assert brotli.decompress(page.with_name("index.html.br").read_bytes()) == data


def test_links_move_in_one_step_to_the_next_release(tree, module, curriculum, cast, committed):
    link = tree / "curricula/tst"
    before = os.readlink(link)
    committed(next_release, module, curriculum, cast)
    assert os.readlink(link) != before and b"clean" in (link / "t1/t1-1/index.html").read_bytes()
    assert not [path for path in link.parent.iterdir() if path.name.startswith(".")]


def test_a_name_that_is_no_longer_current_goes(tree, curriculum, cast, committed):
    renamed = CurriculumPage.objects.get(pk=curriculum.pk)
    renamed.slug = "renamed"
    save(renamed, cast["designer"])
    committed(
        agree, submit(page=renamed, by=cast["designer"], proposal=Proposal()), cast["labor1"], cast["management1"]
    )
    for language in ("", "es"):
        assert [path.name for path in (tree / language / "curricula").iterdir()] == ["renamed"]


def test_samples_are_not_there_on_a_real_installation(tree, settings):
    settings.HIGHROAD_PRODUCTION = True
    published.mirror()
    assert list((tree / "curricula").iterdir()) == []


def test_nothing_is_linked_where_pages_lie_in_an_object_store(tree, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "rendered": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    assert published.root() is None
    published.mirror()


def test_pages_are_kept_in_an_object_store_too(released, settings, client):
    settings.STORAGES = {
        **settings.STORAGES,
        "rendered": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    call_command("render")
    assert client.get("/curricula/tst/").status_code == 200
    stored.keep("a/index.html", b"one")
    stored.keep("a/index.html", b"two")
    assert stored.read("a/index.html") == b"two" and stored.read("b/index.html") is None
    assert brotli.decompress(stored.read("a/index.html", "br")) == b"two"


def test_what_was_made_with_other_furniture_is_dropped(tree, settings, client):
    settings.HIGHROAD_CENTER_NAME = "Another center"
    call_command("render")
    folders = list((tree.parent / "rendered").glob("*/*"))
    assert len(folders) == 1 and b"Another center" in (tree / "curricula/tst/index.html").read_bytes()


def test_the_manual_gives_the_web_server_the_headers_that_python_sends():
    section = MANUAL.read_text().partition("## Serving released pages from files")[2]
    printed = dict(re.findall(r'add_header (\S+) "(.*)";', section))
    sent = headers.everywhere() | {"Cache-Control": headers.PAGE_CACHE}
    for name, value in sent.items():
        assert sorted(printed[name].split("; ")) == sorted(value.split("; ")), name
