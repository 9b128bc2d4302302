"""CASE packages that others wrote, where they lie beside the project; there is nothing to read where they do not."""

from pathlib import Path

from django.conf import settings

from interchange.package.problems import Report
from interchange.package.source import FolderSource
from interchange.package.standards import in_use, read_framework

CASE = Path(settings.BASE_DIR).parent / "shared" / "samples" / "case"
ITEMS = {"Ordering.json": 28, "SmartLevelFramework.json": 14}


def test_frameworks_of_others_are_read_whole():
    for path in CASE.glob("*.json"):
        report = Report()
        framework = read_framework(FolderSource(CASE), path.name, report.at(path.name))
        if path.name not in ITEMS:
            # A JSON Schema of CASE, not a CASE package: refused with a word why.
            assert framework is None
            assert [problem.line for problem in report.problems] == [1]
            continue
        assert not report.problems
        assert len(framework.items) == ITEMS[path.name]
        assert all(item.code and item.statement and item.uid for item in framework.items)
        assert any(item.parent for item in framework.items)
        leaf = next(item for item in framework.items if item.parent)
        kept = in_use(framework, {leaf.code})
        assert {leaf.uid, leaf.parent} <= {item.uid for item in kept.items}
        assert len(kept.items) < len(framework.items)
        assert len(kept.source["CFItems"]) == len(kept.items)
