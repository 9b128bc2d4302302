"""What the two parties agreed on about agreeing. Pure: the numbers, and what follows from them.

A committee holds the charter in force; a submission carries the one it was sent under inside its manifest, so that
changing the charter never moves an open review. Source of the defaults: the partnership's review rules, with the light
charter of one person a side.
"""

from dataclasses import asdict, dataclass, field, fields

from curriculum.review.enums import PLAIN_POSITIONS, ChangeClass, CheckKind, Position, Purpose, Side


@dataclass(frozen=True)
class Gate:
    """A check that must be met before both sides can agree, for changes of these classes."""

    kind: str
    classes: tuple[str, ...] = (ChangeClass.SAFETY.value,)

    @property
    def label(self):
        return CheckKind(self.kind).label


@dataclass(frozen=True)
class Charter:
    """`quorum` people a side, `quorum_safety` for safety; days are working days, hours are hours of the clock."""

    quorum: int = 1
    quorum_safety: int = 1
    #: A co-chair, or who stands in for one, is among those who agree.
    holder_signs: bool = False
    #: *Another answer* opens the other four.
    more_answers: bool = False
    #: Each side keeps notes that only it reads.
    caucus_notes: bool = False
    days_to_answer: int = 10
    days_small: int = 3
    days_challenge: int = 3
    days_changes: int = 10
    days_interest: int = 15
    days_escalation: int = 10
    days_ratify: int = 10
    hours_to_reach: int = 24
    contact_attempts: int = 2
    #: Safety lessons whose agreement ran out are hidden after a time; else they only say so.
    hide_expired: bool = True
    gates: tuple[Gate, ...] = field(default=())

    @classmethod
    def from_data(cls, data: dict) -> "Charter":
        """Read one from a manifest. Numbers that the manifest does not name are the defaults."""
        known = {one.name: data[one.name] for one in fields(cls) if one.name in data and one.name != "gates"}
        gates = tuple(Gate(gate["kind"], tuple(gate["classes"])) for gate in data.get("gates", []))
        return cls(**known, gates=gates)

    @property
    def data(self) -> dict:
        """As a manifest holds it."""
        return {**asdict(self), "gates": [{"kind": gate.kind, "classes": list(gate.classes)} for gate in self.gates]}

    @property
    def positions(self) -> tuple[Position, ...]:
        """The answers a person may give."""
        return tuple(Position) if self.more_answers else PLAIN_POSITIONS

    def needed(self, change_class: str, purpose: str = Purpose.CHANGE) -> dict[str, int]:
        """How many people each side needs: {side: number}, never less than one.

        A safety correction needs one authoriser a side, and what was agreed on paper one confirmation a side: who
        agreed was many more, and the paper says so. Confirming a correction weighs like any safety change.
        """
        if purpose in (Purpose.EMERGENCY, Purpose.PAPER):
            count = 1
        elif purpose == Purpose.RATIFY or change_class in (ChangeClass.SAFETY, ChangeClass.EMERGENCY):
            count = self.quorum_safety
        else:
            count = self.quorum
        return {side.value: max(1, count) for side in Side}

    def days(self, change_class: str, purpose: str = Purpose.CHANGE) -> int:
        """Working days until the answers are due."""
        if purpose == Purpose.RATIFY:
            return self.days_ratify
        if purpose == Purpose.EMERGENCY:
            return 1
        if purpose == Purpose.REAFFIRM:
            return min(self.days_small, self.days_to_answer)
        return min(self.days_small, self.days_to_answer) if ChangeClass(change_class).is_small else self.days_to_answer

    def gates_for(self, change_class: str, languages, purpose: str = Purpose.CHANGE) -> list[dict]:
        """The checks a text needs: [{"kind", "language"}], one a language for the language check.

        A safety correction waits for none: it is confirmed afterwards, under the same checks.
        """
        if purpose in (Purpose.EMERGENCY, Purpose.PAPER):
            return []
        found = []
        for gate in self.gates:
            if str(change_class) not in gate.classes:
                continue
            several = sorted(languages) if gate.kind == CheckKind.LANGUAGE else [""]
            found += [{"kind": str(gate.kind), "language": language} for language in several]
        return found
