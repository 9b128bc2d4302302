"""Starting a server, asking it, and reading from the system what the asking cost it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and everything it started, so far."""
        return sum(_cpu_ticks(pid) for pid in _tree(self.pid)) / TICKS


@contextmanager
def serve(application: str, environment: dict[str, str]):
    """granian as `make run` starts it, with one worker, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--log-level", "error", application]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment)
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


class Asking:
    """Several connections kept open to one server, asking for one address over and over, or posting `body` to it."""

    def __init__(self, port: int, path: str, headers: dict[str, str], connections: int = 8, body: str = ""):
        told = headers | ({"Content-Length": str(len(body))} if body else {})
        verb = "POST" if body else "GET"
        lines = [f"{verb} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in told.items())]
        self.request = ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
        self.sockets = [socket.create_connection(("127.0.0.1", port), timeout=30) for _number in range(connections)]
        for one in self.sockets:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self, *, seconds: float, most: int) -> tuple[int, float, int]:
        """(answers, seconds, bytes of one body). Stops at `most` answers. Raises where one is not 200 or 304."""
        began, answers, size = time.perf_counter(), 0, 0
        while answers < most and time.perf_counter() - began < seconds:
            for one in self.sockets:
                one.sendall(self.request)
            for one in self.sockets:
                size = _read_answer(one)
            answers += len(self.sockets)
        return answers, time.perf_counter() - began, size

    def close(self) -> None:
        for one in self.sockets:
            one.close()


def _read_answer(one: socket.socket) -> int:
    data = b""
    while b"\r\n\r\n" not in data:
        part = one.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        data += part
    head, _blank, body = data.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if status not in (200, 304):
        raise RuntimeError(f"answered {status}")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length" and status == 200:
            length = int(value)
    left = length - len(body)
    while left > 0:
        left -= len(one.recv(min(left, 65536)))
    return length


def _wait(process, port: int) -> None:
    for _attempt in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start within 30 seconds")


def _tree(pid: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def _cpu_ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat behind the name, which may hold spaces: state first."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
