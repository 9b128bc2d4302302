"""Everything the curriculum stores."""

from curriculum.images import HighroadDocument, HighroadImage, HighroadRendition

from .curricula import CurriculumPage
from .frozen import Contribution, Frozen
from .glossary import GlossaryTerm
from .library import LessonPage, LessonTag, LibraryItem, LibraryPage, ModulePage, ModuleTag
from .standards import StandardFramework, StandardItem

__all__ = [
    "Contribution",
    "CurriculumPage",
    "Frozen",
    "GlossaryTerm",
    "HighroadDocument",
    "HighroadImage",
    "HighroadRendition",
    "LessonPage",
    "LessonTag",
    "LibraryItem",
    "LibraryPage",
    "ModulePage",
    "ModuleTag",
    "StandardFramework",
    "StandardItem",
]
