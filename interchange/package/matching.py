"""Giving blocks their ids when a package is read: a block that stayed keeps its id, so that comments, diffs and
translations go on pointing at it. Pure.

By id where the package has one; else per kind by equal text, also where it moved; else by order between matched
neighbours, so that text changed in place keeps its id; else a new id from the lesson's uid, the kind and the position.
"""

import difflib
import uuid

#: Lists of an item whose entries have ids.
ENTRY_LISTS = ("body", "set_up", "criteria", "critical_failures", "rubric", "alternatives", "modules")


def with_ids(data: dict, existing: dict | None, source: dict | None = None) -> dict:
    """`data` with an id on every block and list entry.

    `existing` is the dump of the draft that is there; `source` is the same item in the source language, already with
    ids, when `data` is a translation: equal positions then share ids, whatever the draft has.
    """
    data = dict(data)
    for name in ENTRY_LISTS:
        if name in data:
            if source is not None:
                data[name] = _ids_of_source(data[name], source.get(name, []))
            else:
                data[name] = _matched(data[name], (existing or {}).get(name, []), data["uid"], name)
    return data


def without_ids(value):
    """`value` without ids and file paths: what the package says, whichever ids it got."""
    if isinstance(value, dict):
        if "sha256" in value:
            return {"sha256": value["sha256"]}
        return {key: without_ids(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    return value


def _matched(entries, existing, owner: str, name: str) -> list:
    """Entries of one list with ids; nested lists (steps, answers, cautions) are matched inside their block."""
    pairs = _pair(entries, existing)
    taken = {entry["id"] for entry in entries if entry.get("id")} | {entry["id"] for entry in existing}
    made = []
    for position, entry in enumerate(entries):
        old = pairs.get(position)
        kind = entry.get("type") or name
        key = entry.get("id") or (old["id"] if old else _fresh(owner, kind, position, taken))
        taken.add(key)
        made.append({**entry, "id": key, "value": _nested(entry.get("value"), old and old.get("value"), key)})
    return made


def _pair(entries, existing) -> dict[int, dict]:
    """{position of a new entry: the existing entry it is}."""
    by_id = {entry["id"]: entry for entry in existing}
    pairs = {place: by_id[entry["id"]] for place, entry in enumerate(entries) if entry.get("id") in by_id}
    open_new = [place for place, entry in enumerate(entries) if not entry.get("id")]
    used = {id(entry) for entry in pairs.values()}
    open_old = [entry for entry in existing if id(entry) not in used]
    matcher = difflib.SequenceMatcher(
        None,
        [_key(entry) for entry in open_old],
        [_key(entries[place]) for place in open_new],
        autojunk=False,
    )
    replaced = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        olds, news = open_old[old_start:old_end], open_new[new_start:new_end]
        if tag == "equal":
            pairs |= dict(zip(news, olds, strict=True))
        elif tag == "replace":
            replaced.append((news, olds))
    pairs |= _moved([place for place in open_new if place not in pairs], _unused(open_old, pairs), entries)
    for news, olds in replaced:
        pairs |= _by_kind([place for place in news if place not in pairs], _unused(olds, pairs), entries)
    return pairs


def _unused(olds, pairs) -> list:
    used = {id(old) for old in pairs.values()}
    return [old for old in olds if id(old) not in used]


def _moved(news, olds, entries) -> dict[int, dict]:
    """Entries that say the same, elsewhere."""
    left: dict[str, list] = {}
    for old in olds:
        left.setdefault(_key(old), []).append(old)
    return {place: found.pop(0) for place in news if (found := left.get(_key(entries[place])))}


def _by_kind(news, olds, entries) -> dict[int, dict]:
    """Between matched neighbours: the first of each kind there is the first of that kind here, and so on."""
    left = list(olds)
    pairs = {}
    for place in news:
        found = next((old for old in left if old.get("type") == entries[place].get("type")), None)
        if found:
            pairs[place] = found
            left.remove(found)
    return pairs


def _key(entry) -> str:
    return repr((entry.get("type"), _plain(without_ids(entry.get("value")))))


def _plain(value):
    """Empty parts left out, so that a dump and a file compare equal."""
    if isinstance(value, dict):
        return sorted((key, _plain(item)) for key, item in value.items() if item not in ("", [], {}, None, False))
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _nested(value, old, owner: str):
    if isinstance(value, dict):
        old = old if isinstance(old, dict) else {}
        return {name: _nested(item, old.get(name), owner) for name, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict) and "value" in value[0]:
        return _matched(value, old if isinstance(old, list) else [], owner, "")
    return value


def _ids_of_source(entries, source) -> list:
    if len(entries) != len(source):
        raise ValueError("a translation has the source's blocks, one for one")
    return [
        {**entry, "id": twin["id"], "value": _nested_of_source(entry.get("value"), twin.get("value"))}
        for entry, twin in zip(entries, source, strict=True)
    ]


def _nested_of_source(value, twin):
    if isinstance(value, dict):
        return {name: _nested_of_source(item, (twin or {}).get(name)) for name, item in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict) and "value" in value[0]:
        return _ids_of_source(value, twin or [])
    return value


def _fresh(owner: str, kind: str, position: int, taken: set) -> str:
    """uuid5 of (owner, kind, position), or of that and a number where an older block has the name already.

    An entry inside a block is named by its position alone.
    """
    name = f"{kind}/{position}" if kind else str(position)
    key, attempt = str(uuid.uuid5(uuid.UUID(owner), name)), 1
    while key in taken:
        attempt += 1
        key = str(uuid.uuid5(uuid.UUID(owner), f"{name}/{attempt}"))
    return key
