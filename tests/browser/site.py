"""A whole installation for a journey: built once a run, then copied, each copy with a server process of its own."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
#: Seconds a server may take to answer for the first time, on a machine that does other things too.
PATIENCE = 90

BUSY = "from tests.browser.busy import make; make()"
#: A page the server answered with an error, in its log.
MISTAKES = ("Traceback", "Internal Server Error")


def environment(var: Path, **more: str) -> dict[str, str]:
    """What `make run` sets, and nothing of what the machine at hand has set for itself."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
        "LOG_LEVEL": "WARNING",
        "HIGHROAD_VAR": str(var),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }


def manage(var: Path, *command: str, **more: str) -> str:
    """Run a management command on an installation's folder; what it printed. Raises AssertionError with its output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copy(source: Path, target: Path) -> Path:
    """An installation's folder once more. `published` is left out: links into the old folder, made when needed."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("published", "*.log"))
    return target


@contextmanager
def alone(lock: Path):
    """One process at a time: workers that run side by side share what the first of them builds."""
    with open(lock, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(folder: Path) -> Path:
    """Three installations in `folder`, each from the one before.

    `blank` has its tables and nobody in it; `demo` holds the demo's first curriculum, agreed; `busy` is the same demo
    in the middle of its work (tests/browser/busy.py). Finished once `times.json` is there: seconds by name.
    """
    if (folder / "times.json").exists():
        return folder
    blank, demo, busy = folder / "blank", folder / "demo", folder / "busy"
    times = {}
    for name, act in (
        ("blank", lambda: (manage(blank, "migrate", "--verbosity", "0"), manage(blank, "sync_roles"))),
        ("demo", lambda: (copy(blank, demo), manage(demo, "load_demo", "--first"))),
        ("busy", lambda: (copy(demo, busy), manage(busy, "shell", "--no-imports", "--command", BUSY))),
    ):
        began = time.monotonic()
        act()
        times[name] = round(time.monotonic() - began, 1)
    (folder / "times.json").write_text(json.dumps(times))
    return folder


class Site:
    """One installation that answers at `url` until `stop()`."""

    def __init__(self, var: Path, **more: str):
        self.var, self.more = var, more
        self.log = var / "server.log"
        self.url = f"http://127.0.0.1:{_free_port()}"
        #: Cookies of people who signed in before, by name: signing in is its own story.
        self.cookies: dict[str, list] = {}

    def start(self) -> "Site":
        command = "-m granian --interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 4 --log-level warning"
        more = {"HIGHROAD_URL": self.url} | self.more
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command.split(), "--port", self.url.rpartition(":")[2], "config.wsgi:application"],
                cwd=ROOT,
                env=environment(self.var, **more),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, f"no answer within {PATIENCE} s\n{self.log.read_text()}"
            time.sleep(0.2)
        return self

    def _answers(self) -> bool:
        try:
            return self.open("/healthz").status == 200
        except (urllib.error.URLError, OSError):
            return False

    def open(self, path: str, **headers: str):
        """Ask without a browser: the answer of urllib, redirects followed."""
        return urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers), timeout=20)

    def manage(self, *command: str) -> str:
        return manage(self.var, *command, **self.more)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def mistakes(self) -> str:
        """The server's log if it holds an error, else nothing."""
        said = self.log.read_text()
        return said if any(mistake in said for mistake in MISTAKES) else ""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
