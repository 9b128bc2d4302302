"""When two packages say the same: the question a round through files must answer with yes."""

import unicodedata
from collections.abc import Iterator

from interchange.package.html_in import canonical
from interchange.package.model import Item, Package

_WHERE = frozenset({"file"})


def differences(package: Package, other: Package) -> Iterator[Item]:
    """Items of `package` that `other` lacks or holds otherwise; where a file lies on disk makes no difference."""
    found = {(item.uid, item.language): item for item in other.items()}
    for item in package.items():
        twin = found.get((item.uid, item.language))
        if twin is None or same_form(item.data) != same_form(twin.data):
            yield item


def same_form(value):
    """A snapshot (or a part of one) in one form: text trimmed, HTML in its normal form, nothing empty."""
    if isinstance(value, dict):
        parts = {name: same_form(part) for name, part in value.items() if name not in _WHERE or "sha256" not in value}
        return {name: part for name, part in parts.items() if part not in ("", None, [], {}) and part is not False}
    if isinstance(value, list):
        return [same_form(part) for part in value]
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value).strip()
        return canonical(text) if text.startswith("<") else " ".join(text.split())
    return value
