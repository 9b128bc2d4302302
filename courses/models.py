"""Everything courses store."""

from courses.delivery.models import AgreedPart, ReleasedText, ReleaseOutline

__all__ = ["AgreedPart", "ReleaseOutline", "ReleasedText"]
