"""*Send for agreement*: from the page editor to both desks, with nothing published and nothing typed lost."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from assessments.models import AssessmentPage
from curriculum.models import GlossaryTerm, LessonPage
from curriculum.review.actions import submit
from curriculum.review.enums import ChangeClass
from curriculum.review.models import Committee, Seat, Submission
from curriculum.review.proposal import Proposal
from tests.factories import agree, change, make_curriculum
from tests.review.screens import client_of, posted, room, soup, words
from users.models import Person


@pytest.fixture
def lesson(agreed, module):
    """The first lesson of a module whose text is in the first course text."""
    return LessonPage.objects.child_of(module).first()


def send_url(page):
    return reverse("send", args=[page.pk])


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(response):
    return soup(response).select_one("form.send")


def editing(client, page, **typed):
    """What the editor would post for `page`, with `typed` over it."""
    data = querydict_from_html(client.get(editor(page)).content.decode(), form_id="page-edit-form").copy()
    streams = {
        field.name: getattr(page, field.name).raw_data for field in page._meta.fields if hasattr(field, "stream_block")
    }
    for name, value in nested_form_data({name: _stream(raw) for name, raw in streams.items()}).items():
        data[name] = value
    for name, value in typed.items():
        data[name] = value
    return data


def _stream(raw):
    """Blocks of words as the editor posts them."""
    return streamfield([(block["type"], rich_text(block["value"])) for block in raw]) | {
        f"{index}-id": block["id"] for index, block in enumerate(raw)
    }


def spanish_of(page):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="es").specific


# The screen that sends


def test_three_screens_and_three_taps_from_my_modules_to_both_desks(lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    lesson = LessonPage.objects.get(pk=lesson.pk)
    client = client_of(cast["designer"])
    first = soup(client.get("/write/"))
    edit = next(link["href"] for link in first.select(".toc a") if link.get_text() == lesson.title)
    second = client.post(edit, editing(client, lesson, **{"action-send": "Send for agreement"}))
    assert second.status_code == 302
    third = client.get(second["Location"])
    done = client.post(second["Location"], {**posted(form_of(third)), "note": "Dirty gloves do harm."}, follow=True)
    submission = Submission.objects.open().get()
    assert done.redirect_chain[-1][0] == room(submission)
    assert "Sent to labor and management" in words(done)
    assert submission.note == "Dirty gloves do harm." and submission.change_class == ChangeClass.TYPO
    assert [item.title for item in submission.items.all()] == ["Module T1", "Curriculum TST"]


def test_any_page_of_a_module_leads_to_the_module(lesson, module, cast):
    client = client_of(cast["designer"])
    for page in (lesson, spanish_of(lesson), AssessmentPage.objects.child_of(module).get(), module):
        assert "Send “Module T1” for agreement" in words(client.get(send_url(page)))


def test_the_screen_shows_the_redline_and_the_course_texts_that_will_carry_it(lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    page = client_of(cast["designer"]).get(send_url(lesson))
    assert [mark.get_text() for mark in soup(page).select(".change ins")] == ["clean "]
    boxes = form_of(page).select("[name=releases]")
    assert [box.has_attr("checked") for box in boxes] == [True]
    assert f"Use it in Curriculum TST {timezone.localdate().year}.2" in words(page)


def test_a_sentence_is_needed(lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    client = client_of(cast["designer"])
    data = posted(form_of(client.get(send_url(lesson))))
    assert client.post(send_url(lesson), data).status_code == 422
    assert not Submission.objects.open().exists()


def test_a_change_may_weigh_more_than_proposed_but_never_less(lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    client = client_of(cast["designer"])
    page = client.get(send_url(lesson))
    offered = [radio["value"] for radio in form_of(page).select("[name=change_class]")]
    assert offered == ["0", "2", "3"]
    change(lesson, "Wear 2 clean gloves.", cast["designer"])
    page = client.get(send_url(lesson))
    assert [radio["value"] for radio in form_of(page).select("[name=change_class]")] == ["2", "3"]
    data = {**posted(form_of(page)), "note": "Two.", "change_class": "0"}
    assert client.post(send_url(lesson), data).status_code == 422
    client.post(send_url(lesson), {**data, "change_class": "3"})
    assert Submission.objects.open().get().change_class == ChangeClass.SAFETY


def test_a_translation_that_does_not_match_can_be_left_out(lesson, cast):
    spanish = spanish_of(lesson)
    raw = spanish.body.get_prep_value()
    spanish.body = spanish.body.stream_block.to_python(raw[:1])
    spanish.save()
    spanish.save_revision(user=cast["designer"], log_action=True)
    client = client_of(cast["designer"])
    page = client.get(send_url(lesson))
    assert "does not have the same parts" in words(page)
    assert editor(spanish) in page.content.decode()
    form = posted(form_of(page))
    assert form["left_out"] == [f"{lesson.translation_key}:es"]
    kept = {**form, "note": "Fix.", "left_out": []}
    refused = client.post(send_url(lesson), kept)
    assert refused.status_code == 409 and "Nothing was sent" in words(refused) and "Fix." in refused.content.decode()
    client.post(send_url(lesson), {**form, "note": "Fix."})
    assert Submission.objects.open().exists()


def test_what_stops_the_english_text_has_no_button_but_the_way_to_put_it_right(lesson, cast):
    lesson.flags = ["content_note"]
    lesson.save()
    lesson.save_revision(user=cast["designer"], log_action=True)
    page = client_of(cast["designer"]).get(send_url(lesson))
    assert form_of(page) is None
    assert "a content note must come first" in words(page)
    assert soup(page).select_one(".findings-stop a")["href"] == editor(lesson)


def test_nobody_sends_what_they_have_not_read(lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    client = client_of(cast["designer"])
    data = {**posted(form_of(client.get(send_url(lesson)))), "note": "Clean."}
    change(lesson, "Wear no gloves.", cast["designer2"])
    refused = client.post(send_url(lesson), data)
    assert refused.status_code == 409 and "changed while you were reading" in words(refused)
    assert "Clean." in form_of(refused).textarea.get_text()
    assert not Submission.objects.open().exists()
    client.post(send_url(lesson), posted(form_of(refused)))
    assert Submission.objects.open().get().note == "Clean."


def test_nothing_changed_says_so(lesson, cast):
    page = client_of(cast["designer"]).get(send_url(lesson))
    assert "word for word what both sides agreed on last" in words(page) and form_of(page) is None


def test_under_review_already_leads_to_putting_newer_text_forward(lesson, module, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean."))
    answered = client_of(cast["designer"]).get(send_url(lesson))
    assert answered["Location"] == reverse("review_newer", args=[submission.pk])


def test_a_course_text_that_something_else_makes_is_not_ticked(lesson, curriculum, module, cast):
    curriculum.summary = "Shorter."
    curriculum.save()
    curriculum.save_revision(user=cast["designer"], log_action=True)
    submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="Summary."))
    change(lesson, "Wear clean gloves.", cast["designer"])
    page = client_of(cast["designer"]).get(send_url(lesson))
    assert [box.has_attr("checked") for box in form_of(page).select("[name=releases]")] == [False]
    assert "is under review for that one too" in words(page)


def test_a_curriculum_offers_the_modules_whose_drafts_changed(lesson, curriculum, module, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    curriculum.summary = "Shorter."
    curriculum.save()
    curriculum.save_revision(user=cast["designer"], log_action=True)
    client = client_of(cast["designer"])
    form = form_of(client.get(send_url(curriculum)))
    assert [box["value"] for box in form.select("[name=modules]")] == [module.uid]
    ticked = client.post(send_url(curriculum), {**posted(form), "note": "Both.", "modules": [module.uid]})
    assert "The changes of the modules you ticked are below now" in words(ticked)
    assert "clean" in [mark.get_text().strip() for mark in soup(ticked).select(".change ins")]
    client.post(send_url(curriculum), posted(form_of(ticked)))
    assert Submission.objects.open().get().items.count() == 2


def test_a_module_in_two_curricula_goes_into_both(lesson, curriculum, module, cast):
    other = make_curriculum(module, cast["designer"], code="TWO")
    agree(submit(page=other, by=cast["designer"], proposal=Proposal(note="Two.")), cast["labor1"], cast["management1"])
    change(lesson, "Wear clean gloves.", cast["designer"])
    client = client_of(cast["designer"])
    client.post(send_url(lesson), {**posted(form_of(client.get(send_url(lesson)))), "note": "Both."})
    assert Submission.objects.open().get().items.count() == 3


@pytest.mark.parametrize("name", ["labor1", "management1", "auditor", "instructor1", "learner1", "outsider"])
def test_only_writers_send(name, module, cast):
    assert client_of(cast[name]).get(send_url(module)).status_code == 404


def test_shelves_and_unknown_pages_are_not_sent(module, cast):
    client = client_of(cast["designer"])
    assert client.get(send_url(module.get_parent())).status_code == 404
    assert client.get("/send/999999/").status_code == 404


# The page editor


def test_the_editor_offers_sending_and_saving_and_nothing_else(lesson, module, cast):
    submit_ = {"action-publish", "action-submit", "action-cancel-workflow", "action-unpublish"}
    change(lesson, "Wear clean gloves.", cast["designer"])
    submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean."))
    for user in ("designer", "admin"):
        html = soup(client_of(cast[user]).get(editor(module)))
        names = {button["name"] for button in html.select("#page-edit-form footer [name^=action-]")}
        assert names == {"action-send"} and not names & submit_
        assert html.select("#page-edit-form .action-save")


def test_two_designers_on_one_page_keep_both_texts(lesson, cast):
    client = client_of(cast["designer"])
    data = editing(client, lesson, objective="Mine.", **{"action-send": "Send for agreement"})
    lesson.objective = "Theirs."
    lesson.save()
    theirs = lesson.save_revision(user=cast["designer2"], log_action=True)
    done = client.post(editor(lesson), data)
    assert done["Location"] == editor(lesson)
    told = " ".join(str(message) for message in get_messages(done.wsgi_request))
    assert "Dwight Okafor saved this page while you were writing" in told and f"/{theirs.pk}..." in told
    lesson.refresh_from_db()
    assert lesson.objective == "Mine."
    assert theirs.as_object().objective == "Theirs."


def test_a_save_over_an_autosave_that_somebody_passed_makes_its_own_version(lesson, cast):
    client = client_of(cast["designer"])
    own = lesson.save_revision(user=cast["designer"], log_action=True)
    data = editing(client, lesson, objective="Mine.")
    data["overwrite_revision_id"] = str(own.pk)
    lesson.save_revision(user=cast["designer2"], log_action=True)
    assert client.post(editor(lesson), data).status_code == 302
    lesson.refresh_from_db()
    assert lesson.objective == "Mine." and lesson.latest_revision_id > own.pk + 1


def test_an_answer_to_a_review_that_ended_elsewhere_saves_what_was_typed(lesson, cast):
    client = client_of(cast["designer"])
    data = editing(client, lesson, objective="Typed.")
    data["action-workflow-action"] = "true"
    data["workflow-action-name"] = "approve"
    done = client.post(editor(lesson), data)
    assert done.status_code == 302
    lesson.refresh_from_db()
    assert lesson.objective == "Typed."


def test_a_page_under_review_is_not_deleted_and_the_reason_is_said(lesson, module, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    submit(page=module, by=cast["designer"], proposal=Proposal(note="Clean."))
    client = client_of(cast["admin"])
    answered = client.post(reverse("wagtailadmin_pages:delete", args=[module.pk]))
    assert answered.status_code == 302 and Page.objects.filter(pk=module.pk).exists()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={module.pk}&next=/admin/")
    assert Page.objects.filter(pk=module.pk).exists()


def test_the_admin_is_in_the_houses_words(cast):
    html = client_of(cast["designer"]).get("/admin/").content.decode()
    assert "- Highroad</title>" in html and "/write/" in html
    assert "css/admin.css" in html


# Words, committees and seats


def test_a_designer_adds_a_word_in_every_language(cast):
    client = client_of(cast["designer"])
    url = reverse("wagtailsnippets_curriculum_glossaryterm:add")
    client.post(url, {"term": "Dilute", "words_es": "Diluir", "meanings_en": "Add water.", "meanings_es": ""})
    term = GlossaryTerm.objects.get()
    assert (term.words, term.meanings) == ({"es": "Diluir"}, {"en": "Add water."})
    edit = client.get(reverse("wagtailsnippets_curriculum_glossaryterm:edit", args=[term.pk]))
    assert soup(edit).select_one("[name=words_es]")["value"] == "Diluir"


def test_an_administrator_gives_a_seat_and_ends_it_but_deletes_none(cast):
    client = client_of(cast["admin"])
    person = cast["instructor1"].person
    committee = Committee.objects.get()
    client.post(reverse("seats:add"), {"person": person.pk, "committee": committee.pk, "side": "labor"})
    seat = Seat.objects.get(representative__person=person)
    assert seat.representative.side == "labor"
    delete = reverse("seats:delete", args=[seat.pk])
    client.post(delete)
    assert Seat.objects.filter(pk=seat.pk).exists()
    client.post(reverse("seats:edit", args=[seat.pk]), {"until": timezone.localdate().isoformat()})
    seat.refresh_from_db()
    assert seat.until == timezone.localdate()


def test_nobody_gets_a_seat_on_both_sides(cast):
    labor = Person.objects.get(user__username="labor1")
    committee = Committee.objects.get()
    page = client_of(cast["admin"]).post(
        reverse("seats:add"), {"person": labor.pk, "committee": committee.pk, "side": "management"}
    )
    assert page.status_code == 200 and "already speaks for the other side" in page.content.decode()


@pytest.mark.parametrize("name", ["designer", "coordinator"])
def test_seats_are_given_by_administrators_only(name, cast):
    assert client_of(cast[name]).get(reverse("seats:add")).status_code == 302


def test_an_administrator_founds_a_committee_for_a_shelf(module, cast):
    shelf = module.get_parent()
    data = {"name": "Night shift", "labor_name": "Local 9", "management_name": "Parks", "shelf": shelf.pk}
    client_of(cast["admin"]).post(reverse("committees:add"), data)
    founded = Committee.objects.get(slug="night-shift")
    task = module.get_workflow().workflow_tasks.get().task.specific
    assert task.committee == founded


def test_a_new_lesson_can_be_sent_from_its_first_save_and_a_shelf_never(module, cast):
    client = client_of(cast["designer"])
    url = reverse("wagtailadmin_pages:add", args=["curriculum", "lessonpage", module.pk])
    data = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form").copy()
    empty = nested_form_data({name: streamfield([]) for name in ("body", "glossary", "alignments")})
    for name, value in {"title": "Lesson T1.3", "code": "T1.3", "slug": "t1-3", "action-send": "1", **empty}.items():
        data[name] = value
    done = client.post(url, data)
    lesson = LessonPage.objects.get(title="Lesson T1.3")
    assert done["Location"] == send_url(lesson) and not lesson.live
    shelf = reverse("wagtailadmin_pages:add", args=["curriculum", "librarypage", module.get_parent().pk])
    assert "action-send" not in client.get(shelf).content.decode()
