"""What must be right before content is put before a committee, and what a designer should know.

A check reads a `Draft` (portable data, nothing of the database) and returns findings. Kinds of page register their
own; the rules for modules and lessons stand here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language_info, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from curriculum.editions.freeze import Draft
from curriculum.enums import Kind, LessonFlag, Status


class Level(models.TextChoices):
    """How much a finding weighs."""

    STOP = "stop", gettext_lazy("Must be put right first")
    OPEN = "open", gettext_lazy("Must be confirmed before both sides can agree")
    KNOW = "know", gettext_lazy("Good to know")


@dataclass(frozen=True)
class Finding:
    """One thing found: where, how much it weighs, and a sentence a person can act on."""

    level: str
    uid: str
    language: str
    title: str
    sentence: str

    @property
    def data(self) -> dict:
        """As it is frozen with a submission."""
        return {
            "level": str(self.level),
            "uid": self.uid,
            "language": self.language,
            "sentence": str(self.sentence),
        }


#: Spanish writes the names of languages small, and Django does not: inside a sentence our catalogue's words hold.
LANGUAGE_NAMES = (gettext_noop("English"), gettext_noop("Spanish"))

_by_kind: dict[str, Callable[[dict[str, dict]], list[Finding]]] = {}


def register(kind: str, check: Callable[[dict[str, dict]], list[Finding]]) -> None:
    """Let `check({language: snapshot}) -> findings` look at every item of `kind`, all its languages at once."""
    _by_kind[str(kind)] = check


def run(draft: Draft) -> list[Finding]:
    """All findings of a draft, the heaviest first."""
    items: dict[str, dict[str, dict]] = {}
    for snapshot in draft.snapshots:
        items.setdefault(snapshot.data["uid"], {})[snapshot.data["language"]] = snapshot.data
    findings = _module(draft) + [found for snapshot in draft.snapshots for found in _one_id_each(snapshot.data)]
    for versions in items.values():
        kind = next(iter(versions.values()))["kind"]
        if kind in _by_kind:
            findings += _by_kind[kind](versions)
    return sorted(findings, key=lambda finding: Level.values.index(finding.level))


def finding(level, snapshot: dict, sentence: str) -> Finding:
    """A finding about one page in one language."""
    return Finding(level, snapshot["uid"], snapshot["language"], snapshot["title"], sentence)


def language_name(code: str) -> str:
    """A language as a sentence on screen names it: Spanish, or español where the screen is in Spanish."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def blocks_match(versions: dict[str, dict], name: str = "body") -> list[Finding]:
    """Every translation must have the source's blocks, by id and kind, in the source's order."""
    source = next(iter(versions.values()))
    wanted = [(entry["id"], entry.get("type")) for entry in source.get(name, [])]
    findings = []
    for language, snapshot in list(versions.items())[1:]:
        if [(entry["id"], entry.get("type")) for entry in snapshot.get(name, [])] != wanted:
            sentence = _(
                "“%(title)s” does not have the same parts in %(language)s as in %(source)s. Nothing was sent. "
                "Bring the translation into line, or leave it out this time: learners then read this page in "
                "%(source)s."
            ) % {
                "title": source["title"],
                "language": language_name(language),
                "source": language_name(source["language"]),
            }
            findings.append(finding(Level.STOP, snapshot, sentence))
    return findings


def _module(draft: Draft) -> list[Finding]:
    source = draft.source
    if draft.kind != Kind.MODULE or source.get("status") == Status.OUTLINE:
        return []
    if any(snapshot.data["kind"] == Kind.LESSON for snapshot in draft.snapshots):
        return []
    sentence = _(
        "“%(title)s” has no lesson yet, so there is nothing to agree on. Nothing was sent. Write a lesson first."
    ) % {"title": source["title"]}
    return [finding(Level.STOP, source, sentence)]


def _one_id_each(snapshot: dict) -> list[Finding]:
    """Two parts with one id, which only a crafted form can make: a comparison would show one of them."""
    if not _has_doubles(snapshot):
        return []
    sentence = _(
        "“%(title)s” has two parts that cannot be told apart. Nothing was sent. Delete the last part you added and "
        "write it again."
    )
    return [finding(Level.STOP, snapshot, sentence % {"title": snapshot["title"]})]


def _has_doubles(value) -> bool:
    if isinstance(value, dict):
        return any(map(_has_doubles, value.values()))
    if not isinstance(value, list):
        return False
    ids = [item["id"] for item in value if isinstance(item, dict) and "id" in item]
    return len(set(ids)) < len(ids) or any(map(_has_doubles, value))


def check_lesson(versions: dict[str, dict]) -> list[Finding]:
    """The rules of a lesson: note before hard content, alt text, cautions, objective."""
    source = next(iter(versions.values()))
    findings = blocks_match(versions)
    types = [block["type"] for block in source.get("body", [])]
    flags = source.get("flags", [])
    if LessonFlag.CONTENT_NOTE in flags and (not types or types[0] != "content_note"):
        sentence = _("“%(title)s” has a hard subject, so a content note must come first. Nothing was sent.")
        findings.append(finding(Level.STOP, source, sentence % {"title": source["title"]}))
    if "safety" in types and LessonFlag.SAFETY_CRITICAL not in flags:
        sentence = _(
            "“%(title)s” has a safety rule but is not marked safety-critical. Nothing was sent. Mark it first."
        )
        findings.append(finding(Level.STOP, source, sentence % {"title": source["title"]}))
    if not source.get("objective"):
        findings.append(finding(Level.KNOW, source, _("“%(title)s” has no objective.") % {"title": source["title"]}))
    for snapshot in versions.values():
        findings += _pictures(snapshot)
    if open_cautions(source) and LessonFlag.SAFETY_CRITICAL in flags:
        sentence = _(
            "“%(title)s” is safety-critical and an expert has not confirmed everything in it yet. It can be read and "
            "discussed; both sides can agree once it is confirmed."
        )
        findings.append(finding(Level.OPEN, source, sentence % {"title": source["title"]}))
    return findings


def open_cautions(snapshot: dict) -> list[dict]:
    """Cautions of a lesson that nobody has confirmed."""
    return [
        caution["value"]
        for block in snapshot.get("body", [])
        if block["type"] == "facilitator"
        for caution in block.get("value", {}).get("cautions", [])
        if not caution["value"].get("confirmed_on")
    ]


def _pictures(snapshot: dict) -> list[Finding]:
    missing = [
        block for block in snapshot.get("body", []) if block["type"] == "image" and not block["value"].get("alt")
    ]
    if not missing:
        return []
    sentence = _(
        "“%(title)s” (%(language)s) has a picture without words for people who cannot see it. Nothing was sent."
    )
    return [
        finding(
            Level.STOP,
            snapshot,
            sentence % {"title": snapshot["title"], "language": language_name(snapshot["language"])},
        )
    ]
