"""A released lesson beside the yardstick: rounds in turn, the median, CPU of the server beside throughput."""

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

import brotli

from bench import site
from bench.servers import ROOT, Asking, Server, serve

ROUNDS, SECONDS, MOST = 5, 1.5, 4000
BUDGET = 1.3
#: What a browser says of itself that comes from elsewhere.
ARRIVING = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}


@dataclass
class Target:
    """One address under measurement."""

    name: str
    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    size: int = 0

    def measure(self, *, seconds: float, most: int) -> None:
        asking = Asking(self.server.port, self.path, self.headers)
        before = self.server.cpu_seconds()
        answers, took, self.size = asking.run(seconds=seconds, most=most)
        self.cpu.append((self.server.cpu_seconds() - before) / answers * 1000)
        self.rates.append(answers / took)
        asking.close()

    def forget(self) -> None:
        self.rates, self.cpu = [], []


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="highroad-bench-") as name:
        folder = Path(name)
        yard = {"BENCH_FOLDER": str(folder), "PYTHONPATH": str(ROOT)}
        print("Preparing a site with one sample course (about a minute) ...", flush=True)
        subprocess.run([sys.executable, "-m", "bench.yardstick"], cwd=ROOT, env=os.environ | yard, check=True)
        site.prepare(folder)
        with (
            serve("bench.yardstick:application", yard) as bare,
            serve("config.wsgi:application", site.environment(folder)) as ours,
        ):
            lesson = json.loads(site.run(folder, ["-m", "bench.writing", "address"]))["lesson"]
            targets = _targets(bare, ours, lesson, (folder / "cookie").read_text())
            _rounds(targets)
            _print(targets)
            _print_first_load(ours, lesson)
        print(site.run(folder, ["-m", "bench.writing", "cost"]), end="")


def _targets(bare: Server, ours: Server, lesson: str, cookie: str) -> list[Target]:
    br = {"Accept-Encoding": "br"}
    return [
        Target("Django hello view (yardstick)", bare, "/hello/"),
        Target("Django session view (yardstick)", bare, "/session/", {"Cookie": cookie}),
        Target("released lesson, brotli", ours, lesson, br),
        Target("released lesson, arriving, brotli", ours, lesson, br | ARRIVING),
        Target("released lesson, plain", ours, lesson),
        Target("released lesson, not modified", ours, lesson, {"If-None-Match": "*"}),
        Target("list of courses, brotli", ours, "/", br),
        Target("search for a rare word", ours, "/search/?q=microfiber"),
    ]


def _rounds(targets: list[Target]) -> None:
    for target in targets:
        target.measure(seconds=0.5, most=400)
        target.forget()
    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}", end="\r", flush=True)
        for target in targets:
            target.measure(seconds=SECONDS, most=MOST)


def _print(targets: list[Target]) -> None:
    hello = targets[0]
    print(f"{'':34}{'answers/s':>10}{'x hello':>9}{'CPU ms':>9}{'x hello':>9}{'bytes':>8}")
    for target in targets:
        rate, cpu = median(target.rates), median(target.cpu)
        print(
            f"{target.name:34}{rate:10.0f}{rate / median(hello.rates):9.2f}{cpu:9.3f}"
            f"{cpu / median(hello.cpu):9.2f}{target.size:8}"
        )
    ratio = median(targets[2].cpu) / median(hello.cpu)
    print(f"Budget, CPU of a released lesson: at most {BUDGET} x hello. Here {ratio:.2f}: {_met(ratio <= BUDGET)}")


def _print_first_load(server: Server, lesson: str) -> None:
    """HTML, styles and script of a first visit as they travel with brotli: inside the page, and for the next one."""
    html = _fetch(server, lesson, ARRIVING)
    parts = {"HTML": html}
    for address in dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html.decode())):
        parts[address.rpartition("/")[2]] = _fetch(server, address)
    sizes = {name: len(brotli.compress(data)) for name, data in parts.items()}
    sizes["HTML"] = len(brotli.compress(html, quality=5))
    told = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
    total = sum(sizes.values())
    print(f"First load, compressed: {total:,} bytes ({told}). Budget 30 KB: {_met(total <= 30 * 1024)}")


def _fetch(server: Server, path: str, headers: dict[str, str] | None = None) -> bytes:
    with urlopen(Request(f"http://127.0.0.1:{server.port}{path}", headers=headers or {})) as answer:
        return answer.read()


def _met(is_met: bool) -> str:
    return "met" if is_met else "NOT met"
