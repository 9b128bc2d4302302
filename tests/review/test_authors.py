"""Whoever had a hand in a text is its author and never signs it: by whatever act, through the admin or in code."""

import pytest
from django.urls import reverse
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import querydict_from_html

from curriculum.models import Contribution, LessonPage
from curriculum.review import queries
from curriculum.review.actions import put_newer_text, sign, submit
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from tests.factories import add, agree, change, lesson_data, make_module, release
from users.models import User

LESSON = {"body-count": "0", "glossary-count": "0", "alignments-count": "0"}


@pytest.fixture
def lesson(agreed, module):
    """The first lesson of a module that both sides agreed on: nobody is an author of anything now."""
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def other(lesson, cast):
    """Another module, agreed on too."""
    other = make_module(by=cast["designer"], code="T9")
    submission = submit(page=other, by=cast["designer"], proposal=Proposal(note="Other."))
    agree(submission, cast["labor1"], cast["management1"])
    return other


@pytest.fixture
def admin(client, cast):
    """A browser in which the administrator is signed in."""
    client.force_login(cast["admin"])
    return client


def authors(page, by):
    """Usernames of those who may not sign the page as it would be sent now, without whoever sends it."""
    submission = submit(page=page, by=by, proposal=Proposal(note="Sent."))
    people = submission.authors - {str(by.person_id)}
    return {User.objects.get(person_id=person).username for person in people}


def post_form(client, address, **fields):
    data = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    data.update({**LESSON, **fields})
    response = client.post(address, data)
    assert response.status_code in (200, 302), response.status_code
    return response


def at(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def edit(client, lesson, **fields):
    return post_form(client, at("edit", lesson.pk), **fields)


def autosave(client, lesson, words, **fields):
    data = querydict_from_html(client.get(at("edit", lesson.pk)).content.decode(), form_id="page-edit-form")
    data.update({**LESSON, "objective": words, **fields})
    answer = client.post(at("edit", lesson.pk), data, headers={"Accept": "application/json"})
    assert answer.json()["success"], answer.json()
    return answer.json()


def test_nobody_is_an_author_of_what_was_agreed(lesson, module):
    assert queries.authors_of([module.uid]) == set()


def in_admin_edit(admin, lesson, module):
    edit(admin, lesson, objective="Put on new gloves.")


def in_admin_create(admin, lesson, module):
    address = at("add", "curriculum", "lessonpage", module.pk)
    post_form(admin, address, title="New", slug="new", code="T1.8", minutes="5", mode="classroom")


def in_admin_delete(admin, lesson, module):
    admin.post(at("delete", lesson.pk))


def in_admin_bulk_delete(admin, lesson, module):
    admin.post(f"/admin/bulk/wagtailcore/page/delete/?id={lesson.pk}")


def in_admin_reorder(admin, lesson, module):
    admin.post(f"{at('set_page_position', lesson.pk)}?position=2")


def in_admin_copy(admin, lesson, module):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": module.pk, "copy_subpages": "on"}
    admin.post(at("copy", lesson.pk), data)


def in_admin_translate(admin, lesson, module):
    second = LessonPage.objects.child_of(module).last()
    spanish = Locale.objects.get(language_code="es")
    admin.post(reverse("simple_translation:submit_page_translation", args=[second.pk]), {"locales": [spanish.pk]})


def in_admin_revert(admin, lesson, module):
    old = lesson.revisions.order_by("created_at").first()
    post_form(admin, at("edit", lesson.pk), revision=str(old.pk), objective="Another.")


ADMIN_ACTS = [
    in_admin_edit,
    in_admin_create,
    in_admin_delete,
    in_admin_bulk_delete,
    in_admin_reorder,
    in_admin_copy,
    in_admin_translate,
    in_admin_revert,
]


@pytest.mark.parametrize("act", ADMIN_ACTS, ids=lambda act: act.__name__)
def test_every_act_in_the_admin_makes_an_author(admin, cast, lesson, module, act):
    act(admin, lesson, module)
    left_out = frozenset({(lesson.uid, "es")})
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Sent.", left_out=left_out))
    assert submission.authors == {str(cast[name].person_id) for name in ("admin", "designer")}


def translate(page, by):
    """Wagtail's action forgets its user, and asks whoever called it to say who it is."""
    with LogContext(user=by):
        CopyPageForTranslationAction(page, Locale.objects.get(language_code="es")).execute()


CODE_ACTS = {
    "edit": lambda lesson, by: change(lesson, "Other words.", by),
    "edit of the translation": lambda lesson, by: change(
        LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es"), "Otras.", by
    ),
    "create": lambda lesson, by: add(lesson.get_parent().specific, LessonPage(), lesson_data("T1.8"), by),
    "delete": lambda lesson, by: lesson.delete(user=by),
    "delete of the base page": lambda lesson, by: Page.objects.get(pk=lesson.pk).delete(user=by),
    "copy": lambda lesson, by: lesson.copy(update_attrs={"slug": "copy"}, user=by),
    "reorder": lambda lesson, by: lesson.move(lesson.get_next_sibling(), pos="right", user=by),
    "translate": lambda lesson, by: translate(lesson.get_next_sibling().specific, by),
}


@pytest.mark.parametrize("act", CODE_ACTS.values(), ids=CODE_ACTS)
def test_every_act_in_code_makes_an_author(cast, lesson, module, act):
    act(lesson, cast["designer2"])
    left_out = frozenset({(lesson.uid, "es")}) if act is CODE_ACTS["create"] else frozenset()
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Sent.", left_out=left_out))
    assert submission.authors == {str(cast[name].person_id) for name in ("designer2", "designer")}


def test_writers_of_a_page_stay_authors_when_it_is_deleted(cast, lesson, module):
    change(lesson, "Labor wrote this.", cast["labor1"])
    LessonPage.objects.get(pk=lesson.pk).delete(user=cast["designer"])
    assert authors(module, cast["designer"]) == {"labor1"}


def test_an_author_cannot_sign_however_long_the_text_waits(cast, lesson, module):
    change(lesson, "Labor wrote this.", cast["labor1"])
    change(lesson, "Then the designer did.", cast["designer"])
    first = submit(page=module, by=cast["designer"], proposal=Proposal(note="One."))
    second = put_newer_text(submission=first, by=cast["designer2"], proposal=Proposal(note="Two."))
    for submission in (first, second):
        with pytest.raises(CannotSign):
            sign(submission=submission, by=cast["labor1"], position="support", digest=submission.digest)
    agree(second, cast["labor2"], cast["management1"])
    change(lesson, "After both agreed.", cast["designer"])
    assert authors(module, cast["designer"]) == set()


def test_moving_a_lesson_makes_an_author_of_both_modules(admin, cast, lesson, module, other):
    admin.post(at("move_confirm", lesson.pk, other.pk))
    assert LessonPage.objects.child_of(other).filter(pk=lesson.pk).exists()
    assert authors(module, cast["designer2"]) == {"admin"}
    assert "admin" in authors(other, cast["designer2"])


def test_a_lesson_brings_its_writers_into_the_module_it_moves_to(cast, lesson, module, other):
    """Written after the other module was agreed, in the module it came from."""
    change(lesson, "Labor wrote this.", cast["labor1"])
    LessonPage.objects.get(pk=lesson.pk).move(other, pos="last-child", user=cast["designer"])
    assert authors(other, cast["designer2"]) == {"designer", "labor1"}


def test_a_lesson_written_long_before_it_moved_brings_its_writers_too(cast, module, curriculum):
    other = make_module(by=cast["designer"], code="T9")
    fresh = LessonPage.objects.child_of(other).last()
    change(fresh, "Labor wrote this.", cast["labor1"])
    release(curriculum, cast)
    LessonPage.objects.get(pk=fresh.pk).move(module, pos="last-child", user=cast["designer"])
    assert authors(module, cast["designer2"]) == {"designer", "labor1"}


def test_a_translation_left_out_brings_its_writers_when_it_comes_in(cast, module, curriculum):
    lesson = LessonPage.objects.child_of(module).first()
    spanish = LessonPage.objects.get(translation_key=lesson.translation_key, locale__language_code="es")
    change(spanish, "El sindicato escribió esto.", cast["labor1"])
    left_out = frozenset({(lesson.uid, "es")})
    first = submit(page=module, by=cast["designer"], proposal=Proposal(note="English.", left_out=left_out))
    agree(first, cast["labor2"], cast["management1"])
    assert "labor1" in authors(module, cast["designer2"])


def test_saving_over_ones_own_words_after_they_were_agreed_makes_an_author_again(admin, cast, lesson, module):
    first = autosave(admin, lesson, "Put on gloves now.")
    left_out = frozenset({(lesson.uid, "es")})
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="One.", left_out=left_out))
    agree(submission, cast["labor1"], cast["management1"])
    over = {"overwrite_revision_id": first["revision_id"], "loaded_revision_id": first["revision_id"]}
    again = autosave(admin, lesson, "Put on gloves then.", **{key: str(value) for key, value in over.items()})
    assert again["revision_id"] == first["revision_id"]
    submission = submit(page=module, by=cast["designer"], proposal=Proposal(note="Two.", left_out=left_out))
    assert str(cast["admin"].person_id) in submission.authors


def test_reading_locking_and_commenting_make_no_author(admin, cast, lesson, module):
    for name in ("edit", "history", "usage"):
        admin.get(at(name, lesson.pk))
    admin.post(at("lock", lesson.pk))
    admin.post(at("unlock", lesson.pk))
    assert queries.authors_of([module.uid]) == set()


def test_copying_a_lesson_elsewhere_makes_no_author_of_where_it_came_from(cast, lesson, module, other):
    lesson.copy(to=other, update_attrs={"slug": "copy"}, user=cast["labor1"])
    assert queries.authors_of([module.uid]) == set()
    assert authors(other, cast["designer"]) == {"labor1"}


def test_contributions_name_people_and_survive_the_account(cast, lesson, module):
    change(lesson, "Gone soon.", cast["outsider"])
    person = cast["outsider"].person_id
    cast["outsider"].delete()
    assert person in Contribution.objects.filter(owner_uid=module.uid).values_list("person_id", flat=True)
    assert queries.authors_of([module.uid]) == {str(person)}
