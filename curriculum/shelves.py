"""The library's shelves: one tree in each language, made when first needed."""

from django.conf import settings
from wagtail.models import Locale, Page

from curriculum.models import LibraryPage
from users.grants import grant_library

ROOT_SLUG = "library"


def language_locale(language: str) -> Locale:
    """The locale of a language tag, made if the installation has not used it yet."""
    return Locale.objects.get_or_create(language_code=language)[0]


def library(language: str = settings.LANGUAGE_CODE) -> LibraryPage:
    """The root shelf in a language. Its translations share one translation key."""
    locale = language_locale(language)
    found = LibraryPage.objects.filter(depth=2, locale=locale, slug__startswith=ROOT_SLUG).first()
    if found:
        return found
    root = Page.get_first_root_node()
    page = LibraryPage(title="Library", slug=ROOT_SLUG, locale=locale)
    if language != settings.LANGUAGE_CODE:
        page.slug, page.translation_key = f"{ROOT_SLUG}-{language}", library().translation_key
    root.add_child(instance=page)
    grant_library(page)
    return page


def shelf(slug: str, title: str, language: str = settings.LANGUAGE_CODE) -> LibraryPage:
    """A shelf below the root in a language; translations share one translation key with the source's shelf."""
    root = library(language)
    found = LibraryPage.objects.child_of(root).filter(slug=slug).first()
    if found:
        return found
    page = LibraryPage(title=title, slug=slug, locale=root.locale)
    if language != settings.LANGUAGE_CODE:
        page.translation_key = shelf(slug, title).translation_key
    return root.add_child(instance=page)
