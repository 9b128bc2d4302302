"""What others may want to hear of a result. Sent within the transaction."""

from django.dispatch import Signal

#: A result was corrected: `result` is the new row, `by` the person or None.
corrected = Signal()
