"""Rows that content points at, found in bulk: database keys on one side, portable names on the other."""

from collections import defaultdict

from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from curriculum.models.glossary import GlossaryTerm
from curriculum.models.standards import StandardItem


class MissingReference(ValueError):
    """Portable content names something this installation does not have."""


class Collector:
    """Remembers what content points at, so that one query per kind of row can fetch it."""

    def __init__(self):
        self.keys = defaultdict(set)

    def __call__(self, kind, key):
        if key not in (None, ""):
            self.keys[kind].add(key)
        return None


class Resolver:
    """Looks rows up by database key (`dump`) or by portable name (`load`), one query per kind of row."""

    def __init__(self, keys: dict[str, set], language: str, *, loading: bool = False):
        self.language = language
        find = self._LOAD if loading else self._DUMP
        self.found = {kind: find[kind](self, values) for kind, values in keys.items()}

    def __call__(self, kind, key):
        return self.found.get(kind, {}).get(key)

    def _media(self, rows):
        return {row.pk: media_of(row) for row in rows}

    def _images(self, keys):
        return self._media(get_image_model().objects.filter(pk__in=keys))

    def _documents(self, keys):
        return self._media(get_document_model().objects.filter(pk__in=keys))

    def _uids(self, keys):
        pairs = Page.objects.filter(pk__in=keys).values_list("pk", "translation_key")
        return {pk: str(uid) for pk, uid in pairs}

    def _terms(self, keys):
        return {term.pk: term.in_language(self.language) for term in GlossaryTerm.objects.filter(pk__in=keys)}

    def _items(self, keys):
        items = StandardItem.objects.filter(pk__in=keys).select_related("framework")
        return {item.pk: item_by_value(item) for item in items}

    def _images_by_digest(self, digests):
        rows = get_image_model().objects.filter(sha256__in=digests).order_by("-pk")
        return dict(rows.values_list("sha256", "pk"))

    def _documents_by_digest(self, digests):
        rows = get_document_model().objects.filter(sha256__in=digests).order_by("-pk")
        return dict(rows.values_list("sha256", "pk"))

    def _pages_by_uid(self, uids):
        rows = Page.objects.filter(translation_key__in=uids).values_list("translation_key", "pk", "locale_id")
        source = Locale.get_default().pk
        return {str(uid): pk for uid, pk, locale in sorted(rows, key=lambda row: row[2] == source)}

    def _terms_by_headword(self, words):
        return dict(GlossaryTerm.objects.filter(term__in=words).values_list("term", "pk"))

    def _items_by_code(self, names):
        rows = StandardItem.objects.filter(code__in={code for _framework, code in names})
        return {(key, code): pk for key, code, pk in rows.values_list("framework__key", "code", "pk")}

    _DUMP = {"image": _images, "document": _documents, "page": _uids, "term": _terms, "item": _items}
    _LOAD = {
        "image": _images_by_digest,
        "document": _documents_by_digest,
        "page": _pages_by_uid,
        "term": _terms_by_headword,
        "item": _items_by_code,
    }


def media_of(row) -> dict:
    """The portable words about an image or document: {"sha256", "ext", "size" (bytes), "width", "height", "credit"}."""
    size = row.file_size if row.file_size is not None else default_storage.size(row.file.name)
    media = {"sha256": row.sha256, "ext": row.file.name.rsplit(".", 1)[-1].lower(), "size": size}
    if hasattr(row, "width"):
        media |= {"width": row.width, "height": row.height}
        if row.credit:
            media["credit"] = row.credit
    return media


def item_by_value(item: StandardItem) -> dict:
    """A standard item as a snapshot holds it: wording and dates by value, so that a later edition changes nothing."""
    return {
        "framework": item.framework.key,
        "item": item.code,
        "framework_title": item.framework.title,
        "version": item.framework.version,
        "statement": item.statement,
        "starts": item.starts.isoformat() if item.starts else "",
        "ends": item.ends.isoformat() if item.ends else "",
    }
