"""What a scheduler sets going: a registry of jobs, run in turn by `manage.py tick`.

A job is a function without arguments that does whatever is due now and says in a sentence what it did. It must be safe
to run twice, and at the same time as itself. One that fails does not stop the others. Apps register theirs in
AppConfig.ready().
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

Job = Callable[[], str]

_jobs: dict[str, Job] = {}
_last: dict[str, Job] = {}


@dataclass(frozen=True)
class Ran:
    """One job that ran: what it says it did, or why it could not."""

    name: str
    said: str
    failed: bool = False


def register(name: str, job: Job, *, last: bool = False) -> None:
    """Have `job` run at every tick under this name; `last` after all others, for what tells of what they did."""
    if name in jobs() and jobs()[name] is not job:
        raise ValueError(f"there is a job named {name} already")
    (_last if last else _jobs)[name] = job


def jobs() -> dict[str, Job]:
    """{name: job} in the order in which they run."""
    return {**_jobs, **_last}


def tick() -> list[Ran]:
    """Run every job once, each by itself."""
    return [_run(name, job) for name, job in jobs().items()]


def _run(name: str, job: Job) -> Ran:
    try:
        return Ran(name, str(job()))
    except Exception as error:  # whatever it is, the jobs after this one still run
        log.exception("The job %s stopped.", name)
        return Ran(name, f"{type(error).__name__}: {error}", failed=True)
