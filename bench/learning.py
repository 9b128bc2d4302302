"""A lesson in a course beside the bare session view; marks by eight at once beside Django's first settings."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import site
from bench.servers import ROOT, Asking, Server, serve

ROUNDS, SECONDS, MOST = 5, 1.5, 3000
READING_BUDGET, WRITING_BUDGET = 0.75, 4


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        folder = Path(name)
        yard = {"BENCH_FOLDER": str(folder), "PYTHONPATH": str(ROOT)}
        print("Preparing a site with one cohort (about a minute) ...", flush=True)
        subprocess.run([sys.executable, "-m", "bench.yardstick"], cwd=ROOT, env=os.environ | yard, check=True)
        site.prepare(folder)
        told = json.loads(site.run(folder, ["-m", "bench.cohort"]))
        session = {"Cookie": (folder / "cookie").read_text()}
        with (
            serve("bench.yardstick:application", yard) as bare,
            serve("config.wsgi:application", site.environment(folder)) as ours,
        ):
            _reading(bare, session, ours, told)
            _writing(bare, ours, told)


def _reading(bare: Server, session: dict, ours: Server, told: dict) -> None:
    learner = {"Cookie": told["cookie"]}
    targets = {
        "Django session view (yardstick)": (bare, "/session/", session),
        "lesson in a course, plain": (ours, told["lesson"], learner),
        "lesson in a course, brotli": (ours, told["lesson"], learner | {"Accept-Encoding": "br"}),
        "a learner's course": (ours, told["course"], learner),
    }
    rates = {name: [] for name in targets}
    for number in range(ROUNDS + 1):
        for name, (server, path, headers) in targets.items():
            asking = Asking(server.port, path, headers)
            answers, took, _size = asking.run(seconds=SECONDS if number else 0.5, most=MOST)
            asking.close()
            if number:
                rates[name].append(answers / took)
    first = median(next(iter(rates.values())))
    for name, found in rates.items():
        print(f"{name:34}{median(found):9.0f} answers/s {median(found) / first:6.2f} x")
    ratio = median(rates["lesson in a course, plain"]) / first
    print(f"Budget: at least {READING_BUDGET} x the session view. Here {ratio:.2f}: {_met(ratio >= READING_BUDGET)}")


def _writing(bare: Server, ours: Server, told: dict) -> None:
    """Rounds in turn; an answer that is no 200 is an error. Each word about the lesson is a new one."""
    headers = {"Cookie": told["cookie"], "Content-Type": "application/json"}
    plain, own, errors = [], [], {"Django's first settings": 0, "Highroad": 0}
    for number in range(ROUNDS):
        plain.append(_write(bare, "/write/", {}, "x=1", errors, "Django's first settings"))
        at = f"2026-01-01T00:{number:02}:00+00:00"
        body = json.dumps({"marks": [{"page": told["page"], "done": bool(number % 2), "at": at}]})
        own.append(_write(ours, told["marks"], headers, body, errors, "Highroad"))
    ratio = median(own) / median(plain)
    print(f"marks, eight at once: {median(own):.0f} a second, Django's first settings {median(plain):.0f}; {errors}")
    met = ratio >= WRITING_BUDGET and not errors["Highroad"]
    print(f"Budget: no error and at least {WRITING_BUDGET} x. Here {ratio:.1f} x: {_met(met)}")


def _write(server: Server, path: str, headers: dict, body: str, errors: dict, name: str) -> float:
    asking, began, answers = Asking(server.port, path, headers, body=body), time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        try:
            answers += asking.run(seconds=SECONDS, most=8)[0]
        except (RuntimeError, ConnectionError, TimeoutError):
            errors[name] += 1
            asking.close()
            asking = Asking(server.port, path, headers, body=body)
    asking.close()
    return answers / (time.perf_counter() - began)


def _met(is_met: bool) -> str:
    return "met" if is_met else "NOT met"
