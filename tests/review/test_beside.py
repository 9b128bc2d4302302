"""Two languages of a page side by side: the same block on the same row, nothing lost where one has more."""

import pytest
from bs4 import BeautifulSoup

from curriculum.editions.diff import compare
from curriculum.models import LessonPage
from curriculum.review.actions import submit
from curriculum.review.beside import beside
from curriculum.review.presenting import Shower
from curriculum.review.proposal import Proposal
from curriculum.review.reading import AGREED, PageSheet, Sheet
from tests.factories import lesson_data, text

pytestmark = pytest.mark.usefixtures("screens_in_english")

UID = "00000000-0000-4000-8000-00000000abcd"


def rows(client, submission, page):
    answer = client.get(f"/review/{submission.pk}/{page.uid}/?view=both")
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select(".beside > [role=row]")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all("div", recursive=False)] for row in found]


def test_each_block_stands_beside_its_translation(client, module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    client.force_login(cast["labor1"])
    head, first, second = rows(client, submission, LessonPage.objects.child_of(module).first())
    assert "English" in head[0] and "Español" in head[1]
    assert first[0] == "Wear gloves." and second == ["The second paragraph.", "El segundo párrafo."]


def test_a_block_that_only_one_language_has_is_not_lost():
    english = lesson_data(uid=UID)
    spanish = lesson_data(uid=UID, language="es")
    spanish["body"].append(text(9, "Solo aquí."))
    sheet = PageSheet(UID, "lesson", {data["language"]: compare(None, data) for data in (english, spanish)})
    shower = Shower(Sheet((), (), AGREED, {}), "en", lambda uid: "", "/media/")
    cells = [cell["html"] for cell in beside(shower, sheet)["rows"][-1]]
    assert cells[0] == "" and "Solo aquí." in cells[1]


def test_ids_stay_apart_and_one_language_offers_no_such_view(client, module, cast):
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Gloves."))
    client.force_login(cast["labor1"])
    both, one = LessonPage.objects.child_of(module)
    page = BeautifulSoup(client.get(f"/review/{submission.pk}/{both.uid}/?view=both").content, "html.parser")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids)) and "Side by side" in page.text
    assert b"Side by side" not in client.get(f"/review/{submission.pk}/{one.uid}/?view=both").content


def test_all_changes_stand_on_one_page_to_print(client, curriculum, cast):
    submission = submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="First."))
    client.force_login(cast["labor2"])
    page = BeautifulSoup(client.get(f"/review/{submission.pk}/changes/").content, "html.parser")
    assert page.text.count("Wear gloves.") >= 1 and submission.digest in page.text
    spanish = BeautifulSoup(client.get(f"/review/{submission.pk}/changes/?language=es").content, "html.parser")
    assert "El segundo párrafo." in spanish.text
    client.force_login(cast["outsider"])
    assert client.get(f"/review/{submission.pk}/changes/").status_code == 404
