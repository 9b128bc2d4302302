"""One database from one address: SQLite set up for several writers at once, or PostgreSQL."""

import dj_database_url

from config import transactions

# WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start, so that a second
# writer waits for its turn instead of failing half-way. docs/operations.md, "Which database".
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA cache_size=-20000;"
    "PRAGMA temp_store=MEMORY;"
)

CONNECTION_SECONDS = 600


def from_url(url):
    """The `default` entry of DATABASES for `url` (sqlite:///..., postgres://...)."""
    database = dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS)
    if database["ENGINE"].endswith("sqlite3"):
        options = database.setdefault("OPTIONS", {})
        options.setdefault("timeout", 20)
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("init_command", SQLITE_PRAGMAS)
    else:
        database["CONN_HEALTH_CHECKS"] = True
    database["ATOMIC_REQUESTS"] = transactions.WhenWriting()
    return database
