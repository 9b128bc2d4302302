"""Search over the pages of current releases, in each language.

One small module a database, chosen by what the connection speaks (docs/decisions/0003-search.md). Each offers
`install(connection)`, `index(curriculum_uid)` after rows were written, and `find(terms, language, limit)`.
"""

from uuid import UUID

from django.db import connection, connections, transaction

from courses.delivery.models import ReleasedText
from courses.delivery.search import postgresql, sqlite, words

#: As many as anybody reads; ranking more would cost more than it helps.
LIMIT = 20

_BACKENDS = {"sqlite": sqlite, "postgresql": postgresql}


def backend():
    return _BACKENDS[connection.vendor]


def install(sender, using, **kwargs) -> None:
    """Receiver of post_migrate: what the database needs beside the table. Idempotent."""
    chosen = connections[using]
    if chosen.vendor in _BACKENDS and ReleasedText._meta.db_table in chosen.introspection.table_names():
        _BACKENDS[chosen.vendor].install(chosen)


@transaction.atomic
def rewrite(curriculum_uid, rows: list[ReleasedText]) -> None:
    """Put `rows` in the place of everything that is found of one curriculum."""
    uid = UUID(str(curriculum_uid))
    ReleasedText.objects.filter(curriculum_uid=uid).delete()
    ReleasedText.objects.bulk_create(rows, batch_size=500)
    backend().index(uid)


def forget_others(curriculum_uids) -> None:
    """Drop what is no longer served."""
    ReleasedText.objects.exclude(curriculum_uid__in=list(curriculum_uids)).delete()


def find(query: str, language: str, curriculum_uids) -> list[dict]:
    """The best pages for `query` among those curricula: [{title, url, curriculum, excerpt, language}], two queries.

    Every word must be there; where no page has all of them, any will do.
    """
    terms = words.terms(query)
    if not terms:
        return []
    ranked = backend().find(terms, language, LIMIT)
    rows = ReleasedText.objects.filter(pk__in=ranked, curriculum_uid__in=list(curriculum_uids)).in_bulk()
    return [
        {
            "title": row.title,
            "url": row.path,
            "curriculum": row.course,
            "excerpt": words.excerpt(row.text, terms),
            "language": row.text_language,
        }
        for row in (rows[key] for key in ranked if key in rows)
    ]
