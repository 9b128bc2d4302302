"""Looking at screens in tests: a signed-in client, the words of a page, its forms."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from curriculum.review.models import Submission


def client_of(user) -> Client:
    """A browser in which `user` is signed in; nobody when None."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response) -> str:
    """The text of the page's main part, with single spaces."""
    found = soup(response)
    return " ".join((found.main or found).get_text(" ").split())


def room(submission) -> str:
    return reverse("review_room", args=[submission.pk])


def answer(client, submission, position, digest=None, text=""):
    """Post an answer as the confirm screen does."""
    data = {"position": position, "digest": digest or submission.digest, "words": text}
    return client.post(reverse("review_answer", args=[submission.pk]), data)


def again(submission) -> Submission:
    """The submission as it is in the database now."""
    return Submission.objects.with_record().get(pk=submission.pk)


def posted(form) -> dict:
    """What a browser would send for a form as it stands: {name: value or [values]}."""
    data: dict = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        ticked = "on" if field.get("type") in ("checkbox", "radio") else ""
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            value = chosen["value"] if chosen else ""
        else:
            value = field.get_text().strip() if field.name == "textarea" else field.get("value", ticked)
        data.setdefault(field["name"], []).append(value)
    return data
