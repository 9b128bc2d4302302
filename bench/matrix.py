"""The table of a cohort with 20 learners and with 200, by 40 competencies: the same number of queries, at what cost.

One site, filled in two steps, so that both are measured by the same process.
"""

import sys
import tempfile
from pathlib import Path

from bench import site

SIZES = (20, 200)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        folder = Path(name)
        site.manage(folder, ["migrate", "--verbosity", "0"])
        told = site.run(folder, ["-m", "bench.competencies", *map(str, SIZES)])
    found = [dict(part.split("=") for part in line.split()) for line in told.splitlines()]
    for one in found:
        print(
            f"{one['learners']:>5} learners x {one['skills']} competencies{one['queries']:>5} queries"
            f"{float(one['ms']):8.0f} ms of CPU{int(one['bytes']) / 1000:9.0f} KB,"
            f" {int(one['small']) / 1000:.0f} KB compressed"
        )
    same = len({one["queries"] for one in found}) == 1
    print(f"The same number of queries: {'met' if same else 'NOT met'}.")
    sys.exit(not same)
