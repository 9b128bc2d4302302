"""An assessment as a sheet to fill in with a pen: what is watched for, how it counts, who signs. Pure.

Two people who watch each on their own get a sheet each, so that neither reads what the other wrote. A task at work is
one log that both sign. How a method's sheet looks is its template, `assessments/paper/<method>.html`.
"""

from assessments import methods
from assessments.enums import Outcome, SheetKind

#: How many people of a team, pieces of work or places have a row of their own.
ROWS = 5


def form(voices) -> dict:
    """What `paper/form.html` shows. `voices` are those of a `Sheet`; ids pair what they say in two languages."""
    first = voices[0].snapshot
    slice_ = methods.of(first["method"])
    passing = first.get("passing") or {}
    tries, raters = passing.get("consecutive", 1) or 1, passing.get("raters", 1) or 1
    graded = bool(first.get("graded"))
    is_log = slice_.sheet_kind == SheetKind.TASK
    criteria = [_criterion(row, slice_.is_team) for row in together(voices, "criteria")]
    return {
        "graded": graded,
        "template": slice_.paper_template if graded or not slice_.is_judged else "assessments/paper/own.html",
        "prompts": list(range(slice_.prompts)),
        "rules": [rule.value for rule in sorted(slice_.rules)],
        "is_recognized": slice_.when_met == Outcome.RECOGNIZED,
        "rows": list(range(ROWS)),
        "told": [
            {
                "language": voice.language,
                "instructions": voice.snapshot.get("instructions", ""),
                "purpose": voice.snapshot.get("purpose", ""),
                "alternatives": [one["value"] for one in voice.snapshot.get("alternatives", [])],
                "set_up": [one["value"] for one in voice.snapshot.get("set_up", [])],
                "passing": voice.snapshot.get("passing") or {},
                "valid_months": voice.snapshot.get("valid_months"),
            }
            for voice in voices
        ],
        "criteria": criteria,
        "of_team": [one for one in criteria if not one["individual"]],
        "of_each": [one for one in criteria if one["individual"]],
        "stops": [_texts(row, lambda value: value) for row in together(voices, "critical_failures")],
        "levels": [
            {
                "level": row[0]["value"]["level"],
                "enough": bool(row[0]["value"].get("enough")),
                "texts": _texts(row, lambda value: (value["label"], value["descriptor"])),
            }
            for row in together(voices, "rubric")
        ],
        "tries": list(range(1, tries + 1)),
        "times": list(range(tries + 1)),
        "raters": list(range(1, raters + 1)) if graded and not is_log else [1],
    }


def _criterion(row: list[dict], is_team: bool) -> dict:
    value = row[0]["value"]
    return {
        "code": value.get("code", ""),
        "critical": any(one["value"].get("critical") for one in row),
        "limit": value.get("limit"),
        "individual": is_team and bool(value.get("individual")),
        "texts": _texts(row, lambda value: value["text"]),
    }


def together(voices, name: str) -> list[list[dict]]:
    """The entries of a list by id, each with its language: [[in the first language, in the second]]."""
    rows: dict[str, list[dict]] = {}
    for voice in voices:
        for one in voice.snapshot.get(name) or []:
            rows.setdefault(one["id"], []).append({**one, "language": voice.language})
    return list(rows.values())


def _texts(row: list[dict], words) -> list[dict]:
    return [{"language": one["language"], "text": words(one["value"])} for one in row]
