"""The review room with the changes of one lesson of a hundred blocks: what a look at it costs."""

import tempfile
from pathlib import Path

from bench import site

BLOCKS = 100
BUDGET = 100


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        folder = Path(name)
        site.manage(folder, ["migrate", "--verbosity", "0"])
        cost = float(site.run(folder, ["-m", "bench.sheet", str(BLOCKS)]))
    met = "met" if cost <= BUDGET else "NOT met"
    print(f"The room with the changes of a lesson of {BLOCKS} blocks: {cost:.0f} ms of CPU. Budget {BUDGET} ms: {met}.")
