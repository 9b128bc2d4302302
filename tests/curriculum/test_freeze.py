"""Freezing: what is in an edition, what is not, and that nothing done to a draft later reaches it."""

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from curriculum.editions import freeze
from curriculum.editions.media import MediaLost
from curriculum.editions.read import read_editions
from curriculum.enums import FrozenKind
from curriculum.models import Frozen, LessonPage, ModulePage
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from tests.factories import add, change, lesson_data


def edition_of(module):
    return freeze.read_draft(ModulePage.objects.get(pk=module.pk)).edition_digest


def test_an_edition_holds_every_page_in_every_language_in_order(module):
    digest = freeze.keep_draft(freeze.read_draft(module))
    edition = read_editions([digest])[digest]
    assert [(page.kind, list(page.versions)) for page in edition.all_pages] == [
        ("module", ["en", "es"]),
        ("lesson", ["en", "es"]),
        ("lesson", ["en"]),
        ("assessment", ["en"]),
    ]
    assert Frozen.objects.get(pk=digest).kind == FrozenKind.EDITION


def test_freezing_twice_changes_nothing(module):
    draft = freeze.read_draft(module)
    assert freeze.keep_draft(draft) == freeze.keep_draft(freeze.read_draft(module)) == draft.edition_digest
    assert Frozen.objects.filter(kind=FrozenKind.EDITION).count() == 1


def test_any_word_any_language_and_the_order_are_in_the_digest(module, cast):
    first, second = LessonPage.objects.child_of(module)
    seen = [edition_of(module)]
    change(first, "Other words.", cast["designer"])
    seen.append(edition_of(module))
    spanish = LessonPage.objects.get(translation_key=first.translation_key, locale__language_code="es")
    change(spanish, "Otras palabras.", cast["designer"])
    seen.append(edition_of(module))
    second.move(first, pos="left", user=cast["designer"])
    seen.append(edition_of(module))
    LessonPage.objects.get(pk=second.pk).delete()
    seen.append(edition_of(module))
    assert len(set(seen)) == len(seen)


def test_an_alias_in_another_language_is_not_a_translation(module, cast):
    """It holds the source's words: frozen as Spanish it would say that English is Spanish."""
    second = LessonPage.objects.child_of(module).last()
    before = edition_of(module)
    spanish = ModulePage.objects.get(translation_key=module.translation_key, locale__language_code="es")
    second.create_alias(
        parent=spanish, update_locale=Locale.objects.get(language_code="es"), reset_translation_key=False
    )
    assert edition_of(module) == before


def test_a_translation_is_no_place_to_start_from(module):
    spanish = ModulePage.objects.get(translation_key=module.translation_key, locale__language_code="es")
    with pytest.raises(ValueError, match="source language"):
        freeze.read_draft(spanish)


def test_a_page_whose_picture_is_lost_is_not_frozen(module, cast):
    image = get_image_model().objects.create(title="Gloves", file=get_test_image_file("gloves.png"))
    body = [{"id": "p", "type": "image", "value": {"image": {"sha256": image.sha256}, "alt": "Gloves"}}]
    add(module, LessonPage(), lesson_data("T1.9", body=body), cast["designer"])
    image.file.storage.delete(image.file.name)
    count = Frozen.objects.count()
    with pytest.raises(MediaLost):
        submit(page=module, by=cast["designer"], proposal=Proposal(note="Picture."))
    assert Frozen.objects.count() == count
