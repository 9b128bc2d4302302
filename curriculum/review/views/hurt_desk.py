"""The top of the desk: what could hurt someone, what runs out, what needs a new look. Empty on most days."""

from curriculum.review import expiry, safety
from curriculum.review.actions.looking_again import open_triggers
from curriculum.review.views.looking_again import shown
from curriculum.review.views.renewing import rows_for


def top_of_desk(user) -> dict:
    """For templates/safety/desk.html: a constant number of queries, however much there is."""
    return {
        "dangers": safety.open_reports(user),
        "renewals": rows_for(user, within=max(expiry.TOLD)),
        "triggers": shown(open_triggers(user)),
    }
