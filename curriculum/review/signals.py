"""What review tells the rest of the house. Receivers above connect in their AppConfig."""

from django.dispatch import Signal

#: Sent once a submission is approved, inside the transaction, with `submission` and `decisions`.
agreed = Signal()

#: Sent whenever a submission ends, inside the transaction, before `agreed`: `submission`, `outcome`, `decisions`.
ended = Signal()

#: Sent when a submission is opened, inside the transaction, with `submission` and its items written.
opened = Signal()

#: Sent when a link is added to a submission's chain, inside the transaction, with `submission` and `entry`.
said = Signal()

#: Sent when notices over released pages were laid or lifted, inside the transaction, with `modules` (uids) and
#: `everything`: whether other pages of their course texts say something else now too.
noticed = Signal()

#: Sent after the commit when somebody must be told at once, with `submission`.
urgent = Signal()
