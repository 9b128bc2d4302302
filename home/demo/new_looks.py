"""Three rules that changed: what the demo shows of text that both sides agreed to and that needs a new look."""

from dataclasses import dataclass

from curriculum.review.actions.looking_again import look_again
from curriculum.review.enums import TriggerKind
from curriculum.review.models import Trigger


@dataclass(frozen=True)
class Changed:
    """An item of a standard, and what a coordinator wrote when it changed."""

    framework: str
    item: str
    text: str


CHANGED = (
    Changed(
        "water-efficiency",
        "AB1572-1",
        "The date of AB 1572 is near: from January 1, 2027 county sites may not water grass that nobody uses.",
    ),
    Changed(
        "hazcom",
        "GHS7-substances",
        "The new label rules (GHS Revision 7) are in force for single substances since November 20, 2026.",
    ),
    Changed(
        "cpr-guidelines",
        "2025-FBAO-ADULT",
        "The 2025 CPR guidelines changed the steps for choking: five back blows come first.",
    ),
)


def file_new_looks(cast: dict, progress) -> None:
    """Let the coordinator ask for a new look at whatever rests on each. Idempotent."""
    for changed in CHANGED:
        if Trigger.objects.filter(framework=changed.framework, item=changed.item).exists():
            continue
        trigger = look_again(
            kind=TriggerKind.STANDARD,
            text=changed.text,
            by=cast["coordinator"],
            framework=changed.framework,
            item=changed.item,
        )
        progress(f"{changed.framework} {changed.item}: a new look at {len(trigger.modules)} modules")
