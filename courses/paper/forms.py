"""An assessment as a sheet to fill in with a pen: what is watched for, how it counts, who signs. Pure.

Two people who watch each on their own get a sheet each, so that neither reads what the other wrote.
"""


def form(voices) -> dict:
    """What `paper/form.html` shows. `voices` are those of a `Sheet`; ids pair what they say in two languages."""
    first = voices[0].snapshot
    passing = first.get("passing") or {}
    tries, raters = passing.get("consecutive", 1) or 1, passing.get("raters", 1) or 1
    graded = bool(first.get("graded"))
    return {
        "graded": graded,
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
        "criteria": [
            {
                "code": row[0]["value"].get("code", ""),
                "critical": any(one["value"].get("critical") for one in row),
                "texts": _texts(row, lambda value: value["text"]),
            }
            for row in together(voices, "criteria")
        ],
        "stops": [_texts(row, lambda value: value) for row in together(voices, "critical_failures")],
        "levels": [
            {
                "level": row[0]["value"]["level"],
                "texts": _texts(row, lambda value: (value["label"], value["descriptor"])),
            }
            for row in together(voices, "rubric")
        ],
        "tries": list(range(1, tries + 1)),
        "raters": list(range(1, raters + 1)) if graded else [1],
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
