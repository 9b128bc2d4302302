"""The shape of the house, where `.importlinter` cannot look: string references, names, sizes, inline code."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
FLOORS = ["users", "curriculum", "review", "assessments", "courses", "interchange", "home"]
DRAWERS = {"utils", "helpers", "common", "core", "misc", "services", "mixins"}
INLINE = re.compile(
    r"""\sstyle=|<style[\s>]|<script(?![^>]*\ssrc=)|\son(click|change|submit|load|input)=|javascript:"""
)


def tracked(*endings):
    """Files git knows of or would take, with these endings; vendored ones left out."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [
        ROOT / name for name in names if name.endswith(endings) and "/vendor/" not in name and (ROOT / name).exists()
    ]


def test_a_row_points_only_at_its_own_floor_or_below():
    upward = []
    for model in apps.get_models():
        label = model._meta.app_label
        if label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.concrete or target is None or isinstance(target, str):
                continue
            other = target._meta.app_label
            if other in FLOORS and FLOORS.index(other) > FLOORS.index(label):
                upward.append(f"{label}.{model.__name__}.{field.name} -> {other}")
    assert upward == []


@pytest.mark.parametrize("kind, most", [((".py", ".js", ".css"), 500), ((".html",), 150)])
def test_files_stay_small(kind, most):
    sizes = {path: len(path.read_text().splitlines()) for path in tracked(*kind) if "/migrations/" not in str(path)}
    assert {str(path): size for path, size in sizes.items() if size > most} == {}


def test_there_are_no_drawers():
    assert [path for path in tracked(".py", ".html") if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_templates_hold_no_inline_style_or_script():
    # Wagtail's admin is outside the strict policy, and what we change of it follows its own ways.
    ours = [path for path in tracked(".html") if "/templates/wagtail" not in str(path)]
    assert [str(path) for path in ours if INLINE.search(path.read_text())] == []


def test_nothing_is_skipped_or_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|pytest\.(skip|xfail)|mark\.(skip|xfail)")
    mine = Path(__file__).name
    found = [
        str(path)
        for path in tracked(".py", ".html", ".js", ".css")
        if path.name != mine and marks.search(path.read_text())
    ]
    assert found == []
