"""Names that stay the same on every installation: uids and block ids where a package gives none.

The same rule is written in docs/packages.md; changing it would break the tie between packages and what was
imported from them.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

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


def block_id(uid: str, kind: str, position: int) -> str:
    """The id of the block of a lesson (or the list entry of another item) that first stood at `position`."""
    return str(uuid5(UUID(uid), f"{kind}/{position}"))


def entry_id(block: str, position: int) -> str:
    """The id of an entry inside a block: a step, an answer, a caution."""
    return str(uuid5(UUID(block), str(position)))


def inner_list(block: dict) -> list[dict]:
    """The entries with ids inside one block of a lesson; empty where its kind has none."""
    kind = block["type"]
    if kind not in INNER_LISTS:
        return []
    name = INNER_LISTS[kind]
    value = block.get("value") or {}
    return (value or []) if name is None else value.get(name, [])


def fill_ids(data: dict) -> dict:
    """Give every block and list entry of a snapshot that has no id the one its place gives it. Changes
    `data`.
    """
    for position, block in enumerate(data.get("body", [])):
        block["id"] = block["id"] or block_id(data["uid"], block["type"], position)
        for index, entry in enumerate(inner_list(block)):
            entry["id"] = entry["id"] or entry_id(block["id"], index)
    for name in LISTS.get(data["kind"], ()):
        for position, entry in enumerate(data.get(name, [])):
            entry["id"] = entry["id"] or block_id(data["uid"], name, position)
    return data
