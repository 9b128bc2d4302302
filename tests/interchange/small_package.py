"""The smallest package that has one of everything, as text that a test can change."""

import json
import zipfile
from pathlib import Path

import pytest

from interchange.package.problems import PackageRefused
from interchange.package.read import read_package

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 240"><title>Drop</title></svg>\n'

STANDARD = {
    "CFDocument": {"identifier": "doc-1", "title": "Rules of the wash house", "creator": "Sample", "version": "2026"},
    "CFItems": [
        {"identifier": "item-1", "humanCodingScheme": "R1", "fullStatement": "Wash hands."},
        {
            "identifier": "item-2",
            "humanCodingScheme": "R1.a",
            "fullStatement": "With soap.",
            "statusEndDate": "2025-12-31",
        },
        {
            "identifier": "item-3",
            "humanCodingScheme": "R2",
            "fullStatement": "Dry hands.",
            "statusStartDate": "2026-01-01",
        },
        {"identifier": "item-4", "humanCodingScheme": "R9", "fullStatement": "Nobody uses this."},
    ],
    "CFAssociations": [
        {
            "identifier": f"link-{number}",
            "associationType": kind,
            "originNodeURI": {"identifier": origin},
            "destinationNodeURI": {"identifier": target},
        }
        for number, (kind, origin, target) in enumerate(
            [
                ("isChildOf", "item-1", "doc-1"),
                ("isChildOf", "item-2", "item-1"),
                ("replacedBy", "item-2", "item-3"),
                ("isChildOf", "item-4", "doc-1"),
            ]
        )
    ],
}

LESSON = """\
---
code: A1.1
title: Clean hands
objective: Wash both hands in 20 seconds.
hours: {classroom: 1, hands_on: 0.50, field: 0}
mode: hands_on
minutes: 5
flags: [safety_critical, content_note]
glossary: [soap]
alignments:
  - {framework: wash, item: R1.a}
---
:::{content-note}
This lesson talks about sickness.
:::

Hands carry *germs*. Read [the next lesson](A1.2.en.md) or [the rules](https://example.org/?a=1&b=2).

- one
- two
  1. inner

> Wash before you eat.

## When to wash

### Before work

![A drop of water](../../../images/drop.svg "One drop")

| When | How long |
|---|---|
| Before work | **20** seconds |
| After work | `20` \\| 30 |

:::{safety}
Never mix cleaners.
:::

:::{steps}
1. Wet your hands.
2. Take **soap**.
:::

:::{scenario}
The tap is broken.

- You have gloves.

**What works:** Tell your lead.

Use the other tap.
:::

:::{check}
How long?
- [ ] 5 seconds
- [x] 20 seconds
Long enough to sing a song.
:::

:::{facilitator}
Bring soap. Confirm before teaching [who: nurse]: the time is still right.
:::

:::{document} ../../../media/card.txt
A card to print.
:::

:::{link-card} https://example.org/soap
About soap.
:::
"""

SPANISH = (
    LESSON.replace("Clean hands", "Manos limpias")
    .replace("Wash both hands", "Lavarse las manos")
    .replace("What works", "Lo que funciona")
    .replace("Confirm before teaching", "Confirme antes de enseñar")
)

FILES = {
    "glossary.yaml": """\
terms:
  - en: "soap"
    es: "jabón"
    meaning: {en: "What takes dirt off"}
    curricula: [DEM]
  - en: "towel"
    es: "toalla"
    meaning: {en: "What dries"}
""",
    "standards/wash.json": json.dumps(STANDARD, indent=1) + "\n",
    "demo/images/drop.svg": DRAWING,
    "demo/media/card.txt": "20 seconds\n",
    "demo/curriculum.yaml": """\
code: DEM
slug: demo
title: {en: Clean work, es: Trabajo limpio}
summary: {en: Two modules.}
audience: {en: "Everybody", es: "Todas las personas"}
job_classification: Custodian
labor_partner: Sample Local 100
management_partner: Sample County Departments
reading_grade: 6
modules:
  - A1
  - {code: A2, elective: true}
how_to_start:
  cost: {en: Nothing, es: Nada}
  contact: {en: Call 555-0100}
leads_to: {en: More work}
provenance: Made for tests.
""",
    "demo/modules/A1/module.yaml": """\
code: A1
slug: hands
title: {en: Hands, es: Manos}
summary: {en: Wash them., es: Lávelas.}
prerequisites: []
alignments:
  - {framework: wash, item: R1, note: all of it}
lessons: [A1.1, A1.2]
assessments: [show-it]
tags: [water, climate]
review: {class: safety, valid_months: 12}
rights: {kind: own_work}
""",
    "demo/modules/A1/lessons/A1.1.en.md": LESSON,
    "demo/modules/A1/lessons/A1.1.es.md": SPANISH,
    "demo/modules/A1/lessons/A1.2.en.md": """\
---
code: A1.2
title: Dry hands
objective: Dry both hands.
hours: {field: 2}
mode: field
minutes: 3
---
Use a towel.
""",
    "demo/modules/A1/assessments/show-it.yaml": """\
slug: show-it
method: skills_demonstration
title: {en: Show it, es: Muéstrelo}
purpose: {en: The job needs it., es: El trabajo lo pide.}
instructions: {en: Wash., es: Lave.}
set_up:
  - {en: A tap, es: Una llave}
criteria:
  - {code: a, text: {en: Uses soap, es: Usa jabón}, critical: true}
  - {code: b, text: {en: Dries, es: Seca}, critical: false, limit: 60, individual: true}
critical_failures:
  - {en: Mixes cleaners, es: Mezcla productos}
rubric:
  levels:
    - {level: 1, label: {en: Not yet, es: Todavía no}, descriptor: {en: Dirty, es: Sucias}}
    - {level: 2, label: {en: Done, es: Listo}, descriptor: {en: Clean, es: Limpias}, enough: true}
passing: {critical: all, others: 0.8, consecutive: 2, raters: 1}
valid_months: 12
evidence: [observation, photo]
alternatives:
  - {en: Say it aloud, es: Decirlo en voz alta}
graded: true
objectives: [A1.1]
""",
    "demo/modules/A2/module.yaml": """\
code: A2
slug: floors
title: {en: Floors}
status: outline
hours: {classroom: 2, hands_on: 1, field: 0}
lessons: []
assessments: []
prerequisites: [A1]
""",
}

ENGLISH = "demo/modules/A1/lessons/A1.1.en.md"
TRANSLATION = "demo/modules/A1/lessons/A1.1.es.md"
SECOND = "demo/modules/A1/lessons/A1.2.en.md"
MODULE = "demo/modules/A1/module.yaml"
OUTLINE = "demo/modules/A2/module.yaml"
CURRICULUM = "demo/curriculum.yaml"
ASSESSMENT = "demo/modules/A1/assessments/show-it.yaml"


def write_files(folder: Path, files: dict[str, str | bytes | None] = FILES) -> Path:
    for name, content in files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files with one place changed; `old` must stand in `file`."""
    assert old in FILES[file], (file, old)
    return {**FILES, file: FILES[file].replace(old, new, 1)}


def write_zip(path: Path, files: dict[str, str] = FILES) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def problems_of(folder: Path) -> list[tuple[str, int, str]]:
    """(file, line, message) of everything wrong with a package that must be refused."""
    with pytest.raises(PackageRefused) as refused:
        read_package(folder)
    return [(problem.file, problem.line, problem.message) for problem in refused.value.problems]


def line_of(text: str, snippet: str) -> int:
    """The line `snippet` starts on."""
    return text[: text.index(snippet)].count("\n") + 1
