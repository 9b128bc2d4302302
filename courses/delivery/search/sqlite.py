"""Search on SQLite: an FTS5 index over the table, kept by triggers so that it never disagrees with it.

FTS5 folds accents but knows no word endings, so each word is looked for by its beginning.
"""

from django.db import connection

from courses.delivery.models import ReleasedText

TABLE = ReleasedText._meta.db_table
INDEX = "courses_released_words"

_GONE = f"INSERT INTO {INDEX}({INDEX}, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);"
_CAME = f"INSERT INTO {INDEX}(rowid, title, text) VALUES (new.id, new.title, new.text);"
_TRIGGERS = {"INSERT": _CAME, "DELETE": _GONE, "UPDATE": _GONE + _CAME}

#: A word in the title says more about a page than one in its text.
_FIND = f"""
    SELECT released.id FROM {INDEX} JOIN {TABLE} released ON released.id = {INDEX}.rowid
    WHERE {INDEX} MATCH %s AND released.language = %s ORDER BY bm25({INDEX}, 8.0, 1.0), released.id LIMIT %s
"""


def install(using) -> None:
    """Make the index and its triggers anew: SQLite drops triggers whenever it rebuilds a table."""
    with using.cursor() as cursor:
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(title, text, content='{TABLE}', "
            "content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3 4')"
        )
        for event, statement in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{event.lower()}")
            cursor.execute(f"CREATE TRIGGER {INDEX}_{event.lower()} AFTER {event} ON {TABLE} BEGIN {statement} END")
        cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def index(curriculum_uid) -> None:
    """Nothing left to do: the triggers did it."""


def find(terms: list[str], language: str, limit: int) -> list[int]:
    """Primary keys of the best rows, best first: every word, else any."""
    phrases = [f'"{_beginning(term)}"*' for term in terms]
    with connection.cursor() as cursor:
        for joint in (" AND ", " OR ")[: len(phrases)]:
            cursor.execute(_FIND, [joint.join(phrases), language, limit])
            if found := [key for (key,) in cursor.fetchall()]:
                return found
    return []


def _beginning(term: str) -> str:
    """A word without the ending of its plural, in English as in Spanish: gloves, lecciones."""
    if len(term) > 5 and term.endswith("es"):
        return term[:-2]
    return term[:-1] if len(term) > 3 and term.endswith("s") else term
