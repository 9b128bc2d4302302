"""Search on PostgreSQL: one `tsvector` column with a GIN index, each row in the configuration of its own language.

The column is plain and written by `index`, so that its language can differ from row to row; it is no field of the
model because only this module knows it.
"""

from django.conf import settings
from django.db import connection

from courses.delivery.models import ReleasedText
from courses.delivery.search.words import plain

TABLE = ReleasedText._meta.db_table

#: Text search configurations that PostgreSQL brings, by language code; others go by whole words.
CONFIGURATIONS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fr": "french", "hy": "armenian", "it": "italian",
    "nl": "dutch", "pt": "portuguese", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def install(using) -> None:
    with using.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS words tsvector")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING gin (words)")


def index(curriculum_uid) -> None:
    """Write the words of every row of one curriculum; the title weighs most.

    They are split as queries are, because PostgreSQL takes "T1.2" for the name of a machine.
    """
    rows = ReleasedText.objects.filter(curriculum_uid=curriculum_uid)
    values = [
        (configuration, plain(title), configuration, plain(text), key)
        for key, language, title, text in rows.values_list("pk", "text_language", "title", "text")
        for configuration in [configuration_of(language)]
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {TABLE} SET words = setweight(to_tsvector(%s::regconfig, %s), 'A') || "
            "setweight(to_tsvector(%s::regconfig, %s), 'C') WHERE id = %s",
            values,
        )


def find(terms: list[str], language: str, limit: int) -> list[int]:
    """Primary keys of the best rows, best first: every word, else any."""
    spoken = list(dict.fromkeys((language, settings.LANGUAGE_CODE)))
    with connection.cursor() as cursor:
        for joint in (" & ", " | ")[: len(terms)]:
            query = joint.join(f"'{term}'" for term in terms)
            values = [value for code in spoken for value in (code, configuration_of(code), query)]
            cursor.execute(_statement(len(spoken)), [*values, language, limit])
            if found := [key for (key,) in cursor.fetchall()]:
                return found
    return []


def configuration_of(language: str) -> str:
    return CONFIGURATIONS.get(language.partition("-")[0], "simple")


def _statement(languages: int) -> str:
    """One branch a language, so that each asks the index with a query in its own configuration."""
    branch = (
        f"SELECT id, language, ts_rank(words, asked) AS rank FROM {TABLE}, "
        "(SELECT %s AS code, to_tsquery(%s::regconfig, %s) AS asked) q WHERE words @@ asked AND text_language = code"
    )
    union = " UNION ALL ".join([branch] * languages)
    return f"SELECT id FROM ({union}) found WHERE language = %s ORDER BY rank DESC, id LIMIT %s"
