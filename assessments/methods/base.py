"""What one method of assessment is: who judges, what it asks for, what it keeps, and how it looks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assessments.enums import Capacity, EvidenceKind, EvidenceRule, Method, Outcome, SheetKind
from assessments.methods import authoring
from curriculum.checks import Finding

#: Looks at a snapshot; answers with what is to be put right, or None.
Look = Callable[[dict], Finding | None]

#: How long a recording of a person stays after it was added, unless its method says otherwise.
KEEP_DAYS = MappingProxyType({EvidenceKind.VIDEO: 30, EvidenceKind.AUDIO: 365, EvidenceKind.PHOTO: 365})

#: Fields of `AssessmentPage` that every method's author fills in.
WORDS = frozenset({"method", "purpose", "instructions", "set_up", "criteria", "alternatives"})
#: Those of what leads to a result.
GRADED = WORDS | {
    "graded",
    "critical_failures",
    "passing_others",
    "passing_consecutive",
    "passing_raters",
    "valid_months",
    "evidence",
}


@dataclass(frozen=True)
class Slice:
    """One method. `help` is for its author, `privacy` for learner and assessor, both translated where they are shown.

    `sheet_kind` is None where nobody judges: then nothing of it is kept, and there is no sheet. `rules` must be
    ticked before a judgement; others may be. `prompts` neutral prompts may be given for each criterion. Of a team's
    work what is not `individual` is marked once for all. One person of each group of `confirmations` confirms.
    """

    method: Method
    sheet_kind: SheetKind | None
    help: str
    privacy: str
    #: Fields of AssessmentPage that its authoring form shows; "criteria.limit" is one of a criterion.
    fields: frozenset[str]
    when_met: Outcome = Outcome.COMPETENT
    rules: frozenset[EvidenceRule] = frozenset()
    prompts: int = 0
    can_pause: bool = False
    is_team: bool = False
    confirmations: tuple[frozenset[Capacity], ...] = ()
    #: Whose word may stand in for papers.
    instead_of_papers: frozenset[Capacity] = frozenset()
    #: How old work may be that somebody confirms, in months.
    currency_months: int | None = None
    #: What may be added although the assessment does not ask for it. Pictures need consent wherever they come from.
    optional_evidence: frozenset[EvidenceKind] = frozenset()
    #: Days until evidence of a kind is taken away; what is not named stays until the learner takes it back.
    keep_days: Mapping[EvidenceKind, int] = field(default_factory=lambda: KEEP_DAYS)
    looks: tuple[Look, ...] = ()

    @property
    def is_judged(self) -> bool:
        return self.sheet_kind is not None

    @property
    def learner_template(self) -> str:
        return f"assessments/learner/{self.method.value}.html"

    @property
    def sheet_template(self) -> str:
        """What an assessor fills in; "" where nobody judges."""
        return f"assessments/sheet/{self.method.value}.html" if self.is_judged else ""

    @property
    def paper_template(self) -> str:
        return f"assessments/paper/{self.method.value}.html"

    def takes(self, asked: Collection[str]) -> frozenset[EvidenceKind]:
        """Kinds of evidence that may be added where an assessment asks for `asked`: none where nobody judges, and a
        recording only where it is asked for or the method allows it. What is observed is a sheet: nothing to add."""
        if not self.is_judged:
            return frozenset()
        return (frozenset(map(EvidenceKind, asked)) | self.optional_evidence) - {EvidenceKind.OBSERVATION}

    def still_to_tick(self, ticked: Collection[str]) -> list[EvidenceRule]:
        """Evidence rules that must be ticked and are not, in their order."""
        return [one for one in EvidenceRule if one in self.rules and one not in ticked]

    def still_to_confirm(self, capacities: Collection[str]) -> list[frozenset[Capacity]]:
        """The groups nobody has confirmed for."""
        return [group for group in self.confirmations if not group & set(capacities)]

    def check(self, snapshot: dict) -> list[Finding]:
        """What an author must put right, or should know, of an assessment of this method in one language."""
        own = authoring.JUDGED if self.is_judged else authoring.UNJUDGED
        return [found for look in (*own, *self.looks) if (found := look(snapshot))]
