"""Which agreed text an address of paper means."""

from dataclasses import dataclass

from courses.delivery import addresses, notices, paths
from courses.delivery.layout import Layout
from courses.delivery.models import ReleaseOutline
from courses.delivery.notices import Over
from curriculum.editions.read import read_release
from curriculum.review.models import Decision


@dataclass(frozen=True)
class Asked:
    """One module of one course text in one language. `label` is "" for the text that is current."""

    decision: Decision
    slug: str
    language: str
    languages: tuple[str, ...]
    path: str
    label: str
    over: Over

    @property
    def other(self) -> str:
        """The language that may stand beside it, or ""."""
        return next((code for code in self.languages if code != self.language), "")

    @property
    def folder(self) -> str:
        """Where what is rendered of this text is kept: another folder for other furniture and other notices."""
        return notices.folder_of(self.decision, self.over)

    def live(self, path: str, language: str) -> str:
        """Where the same words are read on a screen."""
        if self.label:
            return addresses.release(self.slug, self.label, language) + path
        return addresses.curriculum(self.slug, language) + path


def find(slug: str, module: str, language: str, label: str = "") -> Asked | None:
    """The module, or None where this site serves no such text, or where no lesson of it is written yet."""
    now = paths.current.now()
    if label:
        decision = now.releases.get((slug, label))
        outline = decision and ReleaseOutline.objects.get(pk=decision.pk)
    else:
        course = now.courses.get(slug)
        decision, outline = (course.decision, course.outline) if course else (None, None)
    path = f"{module}/"
    if decision is None or language not in outline.languages:
        return None
    if not any(one.startswith(path) and one != path for one in outline.pages):
        return None
    return Asked(decision, slug, language, tuple(outline.languages), path, label, now.over[decision.pk])


def find_again(digest: str, module_uid: str) -> tuple[str, str, str] | None:
    """(slug, path of the module, label or "") of a course text named by its fingerprint: for lists of what to print
    again, whose readers know no addresses."""
    now = paths.current.now()
    found = next((key for key, decision in now.releases.items() if decision.frozen_id == digest), None)
    if found is None:
        return None
    slug, label = found
    path = Layout(read_release(digest)).path_of.get(module_uid)
    course = now.courses.get(slug)
    is_current = course is not None and course.decision.frozen_id == digest
    return path and (slug, path, "" if is_current else label)
