"""standards/<framework>.json: outside standards in the CASE 1.0 package form, beside the curricula."""

import datetime
import json
import re
from dataclasses import replace
from pathlib import PurePosixPath

from interchange.package.entry import SLUG
from interchange.package.model import Framework, StandardItem
from interchange.package.problems import FileReport, Report
from interchange.package.problems import sentence as _
from interchange.package.source import JSON_LIMIT, Source

_ITEMS = re.compile(r'"CFItems"\s*:\s*\[')
CHILD, REPLACED = "isChildOf", "replacedBy"


def read_standards(source: Source, folder: str, report: Report) -> dict[str, Framework]:
    """The frameworks of one folder by key, which is the name of the file."""
    found = {}
    for name in source.children(folder):
        path = PurePosixPath(folder) / name
        if path.suffix != ".json":
            continue
        framework = read_framework(source, str(path), report.at(str(path)))
        if framework:
            found[framework.key] = framework
    return found


def read_framework(source: Source, name: str, where: FileReport) -> Framework | None:
    """One framework; None, with problems reported, when it is not a CASE package."""
    key = PurePosixPath(name).stem
    if not SLUG.match(key):
        where.add(1, _("The name of this file is the key of the standard: letters, digits and hyphens only."))
        return None
    text = source.text(name, where, JSON_LIMIT)
    if text is None:
        return None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        where.add(error.lineno, _("This is not valid JSON (%(why)s). Export the standard again."), why=error.msg)
        return None
    except RecursionError:
        data = None
    document = data.get("CFDocument") if isinstance(data, dict) else None
    if not isinstance(document, dict) or not isinstance(data.get("CFItems"), list):
        where.add(1, _("This is not a CASE package: it needs CFDocument and CFItems. Export the standard again."))
        return None
    lines = _lines_of_items(text)
    items = _items(data, lines, where)
    _relate(items, data.get("CFAssociations"))
    words = {name: str(document.get(name) or "") for name in ("title", "version", "creator", "adoptionStatus")}
    if not words["title"]:
        where.add(1, _("CFDocument has no title. Add it."))
    return Framework(
        key,
        str(document.get("identifier") or ""),
        words["title"],
        words["version"],
        words["creator"],
        words["adoptionStatus"],
        list(items.values()),
        data,
    )


def _lines_of_items(text) -> list[int]:
    """The line each entry of CFItems starts on."""
    match = _ITEMS.search(text)
    decoder, lines = json.JSONDecoder(), []
    position, line, counted = (match.end() if match else len(text)), 1, 0
    while True:
        position = re.compile(r"[\s,]*").match(text, position).end()
        if position >= len(text) or text[position] == "]":
            return lines
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        try:
            position = decoder.raw_decode(text, position)[1]
        except json.JSONDecodeError:  # the name stood inside a text, not before the list
            return []


def _items(data, lines, where) -> dict[str, StandardItem]:
    found: dict[str, StandardItem] = {}
    codes = set()
    for position, item in enumerate(data["CFItems"]):
        line = lines[position] if position < len(lines) else 1
        item = item if isinstance(item, dict) else {}
        uid, statement = str(item.get("identifier") or ""), str(item.get("fullStatement") or "")
        code = _code(item)
        if not uid or not statement:
            where.add(
                line,
                _("Every entry of CFItems has an identifier and a fullStatement. One of them is missing."),
            )
            continue
        if code in codes:
            where.add(
                line,
                _("The code “%(code)s” is used twice in this standard. Give each entry its own."),
                code=code,
            )
        codes.add(code)
        starts, ends = (_date(item, name, line, where) for name in ("statusStartDate", "statusEndDate"))
        found[uid] = StandardItem(uid, code, statement, starts, ends)
    return found


def _date(item, name, line, where) -> str:
    text = str(item.get(name) or "")[:10]
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        where.add(line, _("“%(name)s” is a date such as 2025-01-31."), name=name)
        return ""


def _relate(items, associations):
    for kind, origin, target in links(associations):
        if origin in items and target in items:
            if kind == CHILD:
                items[origin].parent = target
            elif kind == REPLACED:
                items[origin].replaced_by.append(target)


def links(associations):
    """(type, origin, target) of each CASE association, by identifier."""
    for link in associations if isinstance(associations, list) else ():
        if isinstance(link, dict):
            ends = (link.get("originNodeURI"), link.get("destinationNodeURI"))
            if all(isinstance(end, dict) for end in ends):
                yield link.get("associationType"), *(str(end.get("identifier") or "") for end in ends)


def in_use(framework: Framework, codes: set[str]) -> Framework:
    """The framework with the items of these codes only, what they stand under and what has replaced them."""
    source = dict(framework.source)
    by_uid = {item.get("identifier"): item for item in source["CFItems"]}
    associations = source.get("CFAssociations")
    further: dict[str, list[str]] = {}
    for kind, origin, target in links(associations):
        if kind in (CHILD, REPLACED):
            further.setdefault(origin, []).append(target)
    waiting = [uid for uid, item in by_uid.items() if _code(item) in codes]
    kept: set[str] = set()
    while waiting:
        uid = waiting.pop()
        if uid in by_uid and uid not in kept:
            kept.add(uid)
            waiting += further.get(uid, [])
    source["CFItems"] = [item for uid, item in by_uid.items() if uid in kept]
    if isinstance(associations, list):
        ends = kept | {framework.uid}
        source["CFAssociations"] = [one for one in associations if any(set(link[1:]) <= ends for link in links([one]))]
    kept_codes = {_code(item) for item in source["CFItems"]}
    return replace(framework, items=[item for item in framework.items if item.code in kept_codes], source=source)


def _code(item: dict) -> str:
    """What alignments name an item by: its code, or its identifier where the standard gives no codes."""
    return str(item.get("humanCodingScheme") or item.get("identifier") or "")
