"""<CODE>.ids.yaml and its like: the ids of blocks and list entries, in order, as export writes them."""

from interchange.package.entry import Entry, uid_of
from interchange.package.identity import LISTS, inner_list
from interchange.package.problems import FileReport, Report
from interchange.package.problems import sentence as _
from interchange.package.source import Source
from interchange.package.yaml_lines import load


def read_ids(source: Source, name: str, names, report: Report) -> Entry | None:
    """The group in an ids file; None where there is no file or it cannot be read."""
    if not source.is_file(name):
        return None
    where = report.at(name)
    text = source.text(name, where)
    node = load(text, where) if text is not None else None
    return Entry(node, where, names) if node else None


def give_block_ids(entry: Entry, bodies: list[list[dict]]) -> None:
    """Set the ids of a lesson's blocks in every language; the file must fit the lesson block for block."""
    where = entry.report
    found = [Entry(node, where, ("type", "id", "items")) for node in entry.items("blocks")]
    source = bodies[0]
    for position, (said, block) in enumerate(zip(found, source, strict=False), start=1):
        kind = said.text("type") or block["type"]
        count = len(said.items("items"))
        if kind != block["type"] or count != len(inner_list(block)):
            return _stale(where, said.node.line, position, block, kind)
    if len(found) != len(source):
        return where.add(
            found[-1].node.line if found else entry.line("blocks"),
            _(
                "This list names %(named)s blocks and the lesson has %(there)s. If the lesson was changed by hand, "
                "delete this file: blocks are then matched by their text."
            ),
            named=len(found),
            there=len(source),
        )
    ids = [(said.uid("id") or None, [uid_of(node, where) for node in said.items("items")]) for said in found]
    _refuse_twice(where, entry.node.line, [uid for uid, entries in ids for uid in (uid, *entries)])
    for body in bodies:
        for block, (uid, entries) in zip(body, ids, strict=True):
            block["id"] = uid
            for inner, inner_uid in zip(inner_list(block), entries, strict=True):
                inner["id"] = inner_uid


def _stale(where, line, position, block, kind):
    where.add(
        line,
        _(
            "Block %(position)s is %(there)s in the lesson and %(named)s here, or it has more or fewer entries. "
            "If the lesson was changed by hand, delete this file: blocks are then matched by their text."
        ),
        position=position,
        there=block["type"],
        named=kind,
    )


def give_list_ids(entry: Entry, snapshots: list[dict]) -> None:
    """Set the ids of the lists of an assessment or curriculum in every language."""
    where = entry.report
    given: list[str | None] = []
    for name in LISTS[snapshots[0]["kind"]]:
        ids = [uid_of(node, where) for node in entry.items(name)]
        given += ids
        for data in snapshots:
            if len(data.get(name, [])) != len(ids):
                where.add(
                    entry.line(name),
                    _(
                        "“%(name)s” has more or fewer entries than this list of ids. If it was "
                        "changed by hand, delete this file."
                    ),
                    name=name,
                )
                break
            for item, uid in zip(data.get(name, []), ids, strict=True):
                item["id"] = uid
    _refuse_twice(where, entry.node.line, given)


def _refuse_twice(where: FileReport, line: int, ids) -> None:
    given = [uid for uid in ids if uid]
    if len(set(given)) != len(given):
        where.add(line, _("The same id stands here twice. Delete this file, or export again."))


def block_ids(body: list[dict]) -> list[dict] | None:
    """What to write for a lesson; None where no block has an id."""
    found = []
    for block in body:
        entries = [inner["id"] for inner in inner_list(block)]
        found.append({"type": block["type"], "id": block["id"], **({"items": entries} if entries else {})})
    has_any = any(entry["id"] or any(entry.get("items", ())) for entry in found)
    return found if has_any else None


def list_ids(data: dict) -> dict | None:
    """What to write for an assessment or curriculum; None where no entry has an id."""
    found = {name: [item["id"] for item in data.get(name, [])] for name in LISTS[data["kind"]]}
    found = {name: ids for name, ids in found.items() if ids}
    return found if any(uid for ids in found.values() for uid in ids) else None
