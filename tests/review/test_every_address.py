"""Every address of review there is, found in the table of addresses: nobody without business here gets in."""

from uuid import uuid4

import pytest
from django.urls import reverse

from curriculum.review import urls
from curriculum.review.actions import submit
from curriculum.review.actions.meetings import open_meeting
from curriculum.review.models import Committee
from curriculum.review.proposal import Proposal
from tests.review.screens import client_of

#: What these addresses answer is for people without a seat too, and each has its own tests.
OPEN_TO_MORE = {"review_hurt", "hurt", "guest", "guest_page", "guest_comment", "guest_comment_page"}
OUTSIDE = ("outsider", "learner1", "learner2")


def named():
    """Every named address with the names of its parts."""
    for pattern in urls.urlpatterns:
        parts = set(pattern.pattern.regex.groupindex) - set(pattern.default_args)
        if pattern.name and not pattern.name.startswith(tuple(OPEN_TO_MORE)):
            yield pattern.name, parts


@pytest.fixture
def values(module, cast):
    """Something real for each part of an address."""
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    meeting = open_meeting(committee=Committee.objects.get(), by=cast["coordinator"])
    return {
        "uid": submission.pk,
        "submission": submission.pk,
        "meeting": meeting.pk,
        "page_uid": module.uid,
        "person": cast["labor1"].person_id,
        "kind": "expert",
        "language": "en",
        "digest": submission.digest,
        "scan": submission.digest,
        "ext": "png",
        "pk": module.pk,
        "act": "reply",
        "token": "nothing",
    }


def test_nobody_from_outside_gets_in_anywhere(values, cast):
    seen = 0
    for name, parts in named():
        chosen = {part: values.get(part, uuid4()) for part in parts}
        if name.startswith("review_table") and "uid" in chosen:
            chosen["uid"] = values["meeting"]
        url = reverse(name, kwargs=chosen)
        for who in OUTSIDE:
            client = client_of(cast[who])
            assert client.get(url).status_code in (404, 405), (name, who)
            assert client.post(url).status_code in (404, 405), (name, who)
        answered = client_of(None).get(url)
        asked = answered.status_code == 302 and "/accounts/login/" in answered["Location"]
        assert asked or answered.status_code in (404, 405), name
        seen += 1
    assert seen > 50
