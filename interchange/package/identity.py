"""Names that stay the same on every installation: uids where a package gives none, and which parts have ids.

Changing the rule would break the tie between packages and what was imported from them (docs/packages.md).
Ids of blocks are given when a package meets what is in the library: `matching`.
"""

from uuid import NAMESPACE_URL, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "https://highroad.invalid/package")

# The lists of a block value whose entries have ids of their own.
INNER_LISTS = {"steps": None, "check": "answers", "facilitator": "cautions"}
# The lists with ids of the other kinds of item.
LISTS = {
    "assessment": ("set_up", "criteria", "critical_failures", "rubric", "alternatives"),
    "curriculum": ("modules",),
}


def item_uid(path: str) -> str:
    """The uid of the item at a path of codes, such as "GRC/G2/G2.4"."""
    return str(uuid5(NAMESPACE, path))


def inner_list(block: dict) -> list[dict]:
    """The entries with ids inside one block of a lesson; empty where its kind has none."""
    kind = block["type"]
    if kind not in INNER_LISTS:
        return []
    name = INNER_LISTS[kind]
    value = block.get("value") or {}
    return (value or []) if name is None else value.get(name, [])
