"""A reviewer's desk with ten open reviews and with five hundred: the same number of queries, and what a paper costs.

One site, filled in two steps, so that both are measured by the same process.
"""

import tempfile
from pathlib import Path

from bench import site

SIZES = (10, 500)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        folder = Path(name)
        site.manage(folder, ["migrate", "--verbosity", "0"])
        told = site.run(folder, ["-m", "bench.papers", *map(str, SIZES)])
    found = [dict(part.split("=") for part in line.split()) for line in told.splitlines()]
    for one in found:
        print(f"{one['open']:>5} open reviews{one['queries']:>5} queries{float(one['ms']):8.0f} ms of CPU")
    same = len({one["queries"] for one in found}) == 1
    few, many = (float(one["ms"]) / int(one["open"]) for one in found)
    print(f"The same number of queries: {'met' if same else 'NOT met'}. A paper {few:.1f} ms and {many:.1f} ms of CPU.")
