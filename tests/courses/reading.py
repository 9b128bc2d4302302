"""What several tests of delivery do."""

from bs4 import BeautifulSoup
from django.core.files.storage import storages

from curriculum.models import LessonPage
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.factories import agree, change


def page(client, url, **kwargs):
    response = client.get(url, **kwargs)
    assert response.status_code == 200, (url, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def every_byte(folder="rendered"):
    """All that was rendered and stored, in identity form."""
    store = storages[folder]

    def below(name):
        folders, files = store.listdir(name)
        for file in files:
            if file.endswith(".html"):
                yield store.open(f"{name}/{file}").read()
        for inner in folders:
            yield from below(f"{name}/{inner}" if name else inner)

    return b"".join(below(""))


def next_release(module, curriculum, cast, words="Wear clean gloves."):
    change(LessonPage.objects.child_of(module).first(), words, cast["designer"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean.", releases=(curriculum.uid,)))
    agree(submission, cast["labor1"], cast["management1"])
    return submission


def label_of(submission):
    """The label of the course text that a submission made."""
    return submission.decisions.exclude(label="").get().label
