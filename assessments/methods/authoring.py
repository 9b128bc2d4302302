"""What must be right in an assessment before both sides are asked, and what its author should know.

It stops only where nobody could use the assessment: nothing to look at, levels that cannot be told apart, a share
nobody can reach. Everything else is said and left to the author.
"""

from collections import Counter
from fractions import Fraction

from django.utils.translation import gettext as _

from curriculum.checks import Finding, Level, finding


def _stop(snapshot: dict, sentence: str) -> Finding:
    return finding(Level.STOP, snapshot, sentence % {"title": snapshot["title"]})


def _know(snapshot: dict, sentence: str) -> Finding:
    return finding(Level.KNOW, snapshot, sentence % {"title": snapshot["title"]})


def has_criteria(snapshot: dict) -> Finding | None:
    if snapshot.get("graded") and not snapshot.get("criteria"):
        return _stop(
            snapshot,
            _("“%(title)s” leads to a result and has nothing to look at. Nothing was sent. Write a criterion first."),
        )


def share_can_be_reached(snapshot: dict) -> Finding | None:
    others = (snapshot.get("passing") or {}).get("others")
    if others and not 0 <= Fraction(others) <= 1:
        return _stop(
            snapshot,
            _(
                "“%(title)s” asks for a share of the other criteria that nobody can reach. Nothing was sent. Write a "
                "number between 0 and 1, such as 0.8."
            ),
        )


def counts_from_one(snapshot: dict) -> Finding | None:
    passing = snapshot.get("passing") or {}
    if passing.get("consecutive", 1) < 1 or passing.get("raters", 1) < 1:
        return _stop(
            snapshot,
            _(
                "“%(title)s” asks for no try, or for nobody to watch it. Nothing was sent. Write 1 or more under times "
                "in a row and assessors."
            ),
        )


def levels_differ(snapshot: dict) -> Finding | None:
    if _twice(snapshot.get("rubric", []), "level"):
        return _stop(
            snapshot,
            _(
                "“%(title)s” has two levels with the same number, so nobody can tell which one was meant. Nothing was "
                "sent. Number them 1, 2, 3."
            ),
        )


def letters_differ(snapshot: dict) -> Finding | None:
    if _twice(snapshot.get("criteria", []), "code"):
        return _know(snapshot, _("“%(title)s” has two criteria with the same letter. Give each its own."))


def says_what_supports_it(snapshot: dict) -> Finding | None:
    if snapshot.get("graded") and not snapshot.get("evidence"):
        return _know(snapshot, _("“%(title)s” leads to a result and does not say what supports it. Choose evidence."))


def is_not_scored(snapshot: dict) -> Finding | None:
    if snapshot.get("graded"):
        return _stop(
            snapshot,
            _("“%(title)s” is of a kind that nobody scores. Nothing was sent. Take away “leads to a result” first."),
        )


def marks_nothing_critical(snapshot: dict) -> Finding | None:
    if any(one["value"].get("critical") for one in snapshot.get("criteria", [])):
        return _know(
            snapshot, _("“%(title)s” marks something as critical, and nobody scores it. The mark means nothing here.")
        )


def asks_for_something_critical(snapshot: dict) -> Finding | None:
    """A look of methods that show a skill."""
    criteria = snapshot.get("criteria", [])
    critical = any(one["value"].get("critical") for one in criteria)
    if snapshot.get("graded") and criteria and not critical and not snapshot.get("critical_failures"):
        return _know(
            snapshot,
            _(
                "Nothing in “%(title)s” is critical. If a slip in it could hurt somebody, mark that criterion as "
                "critical."
            ),
        )


def has_levels(snapshot: dict) -> Finding | None:
    """A look of methods that judge what somebody made."""
    if snapshot.get("graded") and not snapshot.get("rubric"):
        return _know(
            snapshot,
            _("“%(title)s” has no levels. Three or four help assessors judge alike, and learners see what is next."),
        )


def _twice(entries: list[dict], name: str) -> bool:
    counted = Counter(entry["value"].get(name) for entry in entries)
    return any(many > 1 for many in counted.values())


#: What every method's assessments are looked at for.
JUDGED = (has_criteria, share_can_be_reached, counts_from_one, levels_differ, letters_differ, says_what_supports_it)
UNJUDGED = (is_not_scored, levels_differ, letters_differ, marks_nothing_critical)
