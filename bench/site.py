"""A whole site in a folder of its own, with the first sample course agreed on and released."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bench.servers import ROOT

#: A lesson in the middle of the sample, with pictures, a table and a self-check.
COURSE = "green-custodial"


def environment(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "HIGHROAD_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'highroad.sqlite3'}",
        "DEBUG": "0",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }


def prepare(folder: Path) -> None:
    """Migrate and bring in the first course of the demo: about half a minute."""
    for command in (["migrate", "--verbosity", "0"], ["load_demo", "--first"]):
        manage(folder, command)


def manage(folder: Path, command: list[str]) -> None:
    run(folder, [str(ROOT / "manage.py"), *command])


def run(folder: Path, command: list[str], more: Mapping[str, str] = MappingProxyType({})) -> str:
    """What a Python of the site printed, with `more` in its environment. Raises CalledProcessError, and says why."""
    told = os.environ | environment(folder) | more
    finished = subprocess.run([sys.executable, *command], cwd=ROOT, env=told, capture_output=True, text=True)
    if finished.returncode:
        sys.stderr.write(finished.stderr)
        finished.check_returncode()
    return finished.stdout
