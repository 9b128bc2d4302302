"""The blocks of a lesson: one per directive of the package format, plus text, heading, picture and table."""

from .body import LessonBody
from .links import AlignmentBlock, GlossaryBlock, ModuleChoiceBlock, PrerequisiteBlock

__all__ = ["AlignmentBlock", "GlossaryBlock", "LessonBody", "ModuleChoiceBlock", "PrerequisiteBlock"]
