"""A hundred times as many lessons: what a released page and a search for a rare word then cost.

Two processes, each with a site of its own, take turns; each holds as many synthetic lessons as it is told.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench import site
from bench.servers import ROOT

SIZES = (100, 10_000)
ROUNDS = 7
BUDGETS = {"page": 1.05, "search": 2.0}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        workers = {size: _start(Path(name) / str(size), size) for size in SIZES}
        costs = {size: {} for size in SIZES}
        for _round in range(ROUNDS):
            for size, worker in workers.items():
                worker.stdin.write("go\n")
                worker.stdin.flush()
                for told in worker.stdout.readline().split():
                    what, _sign, microseconds = told.partition("=")
                    costs[size].setdefault(what, []).append(float(microseconds))
        for worker in workers.values():
            worker.stdin.close()
            worker.wait(30)
    small, large = SIZES
    for what in costs[small]:
        few, many = median(costs[small][what]), median(costs[large][what])
        budget = BUDGETS.get(what)
        said = f" Budget {budget}: {'met' if many / few <= budget else 'NOT met'}" if budget else ""
        print(f"{what:10}{few:10.0f} µs at {small:,} lessons{many:10.0f} µs at {large:,}: {many / few:.2f} x.{said}")


def _start(folder: Path, size: int) -> subprocess.Popen:
    folder.mkdir()
    print(f"Preparing {size:,} lessons ...", flush=True)
    site.manage(folder, ["migrate", "--verbosity", "0"])
    worker = subprocess.Popen(
        [sys.executable, "-m", "bench.growing", str(size)],
        cwd=ROOT,
        env=os.environ | site.environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    worker.stdout.readline()
    return worker
