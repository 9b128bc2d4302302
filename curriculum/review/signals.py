"""What review tells the rest of the house. Receivers above connect in their AppConfig."""

from django.dispatch import Signal

#: Sent once a submission is approved, inside the transaction, with `submission` and `decisions`.
agreed = Signal()

#: Sent whenever a submission ends, inside the transaction, before `agreed`: `submission`, `outcome`, `decisions`.
ended = Signal()
