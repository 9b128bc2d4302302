"""The tree that a web server reads without Python: links from addresses to the folders of current releases.

`published/curricula/<slug>` and `published/es/curricula/<slug>` are links into the rendered pages, each switched in one
step. Only where pages lie on this machine's disk; an object store has no links, and Python answers there.
"""

import fcntl
import os
import secrets
from contextlib import contextmanager
from pathlib import Path

from courses.delivery import addresses, agreements, notices, stored


def root() -> Path | None:
    """Where the tree stands: beside the rendered pages. None where those are not on this disk."""
    pages = stored.disk()
    return pages.parent / "published" if pages else None


def mirror() -> None:
    """Make the links say what is current, and take away those that no longer are."""
    tree = root()
    if tree is None:
        return
    tree.mkdir(parents=True, exist_ok=True)
    with _alone(tree):
        wanted = _wanted(tree)
        for link, target in wanted.items():
            _point(link, target)
        for link in [*tree.glob("curricula/*"), *tree.glob("*/curricula/*")]:
            if link.is_symlink() and link not in wanted:
                link.unlink()


def _wanted(tree: Path) -> dict[Path, Path]:
    """{link: folder}. Read under the lock, so that of two switches at once the later read wins."""
    rendered, current = stored.disk(), {}
    rows = agreements.readable_releases().select_related("outline")
    for decision in rows.defer("outline__pages", "outline__card", "outline__media"):
        if hasattr(decision, "outline"):
            current[decision.subject_uid] = decision
    over = notices.over_all(current.values())
    return {
        tree / addresses.curriculum(decision.outline.slug, language).strip("/"): folder
        for decision in current.values()
        for language in decision.outline.languages
        if (folder := rendered / notices.folder_of(decision, over[decision.pk]) / language).is_dir()
    }


def _point(link: Path, target: Path) -> None:
    if link.is_symlink() and Path(os.readlink(link)) == target:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    new = link.parent / f".{link.name}-{secrets.token_hex(4)}"
    new.symlink_to(target)
    os.replace(new, link)


@contextmanager
def _alone(tree: Path):
    with open(tree / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
