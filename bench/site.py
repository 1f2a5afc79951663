"""A county on the production server for measurements: PostgreSQL of its own, 2 processes, load by wrk."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
FOOD = "11360481MB0E10017F4000131024000"
"""The service that is applied for and read about."""


@dataclass(frozen=True)
class Site:
    """What is measured. stage: what bench.stage printed; url: the database's; address and process: the server's."""

    stage: dict[str, Any]
    url: str
    address: str
    folder: Path
    process: int


@dataclass(frozen=True)
class Load:
    """What wrk sends: its script and the file of cookies with bodies or addresses."""

    script: str
    lines: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wrk(load: Load, site: Site, seconds: float) -> tuple[float, int, float, float]:
    """Return (requests a second, errors, p50 ms, p95 ms)."""
    command = ["wrk", "-t2", "-c16", f"-d{seconds:.0f}s", "--timeout", "20s", "-s", str(ROOT / "bench" / load.script),
               site.address, "--", str(load.lines)]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, errors, middle, slow = next(line for line in said.splitlines() if line.startswith("RESULT")).split()[1:]
    return float(rate), int(errors), float(middle), float(slow)


def staged(environment: dict[str, str]) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.stage"], env=environment, capture_output=True, text=True, cwd=ROOT
    )
    if made.returncode:
        sys.exit(made.stderr)
    found: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    return found


@contextmanager
def standing() -> Iterator[Site]:
    """Start all that a measurement needs, and end it."""
    with database() as (url, folder), serving(url, folder, staged(environment(url, folder))) as site:
        yield site


@contextmanager
def database() -> Iterator[tuple[str, Path]]:
    """Start a PostgreSQL of its own; give its address and a folder for all else that is kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = folder / "pg"
        url = subprocess.run(
            [ROOT / "tools" / "postgres", "start", cluster, str(free_port())],
            capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        try:
            yield url, folder
        finally:
            subprocess.run([ROOT / "tools" / "postgres", "stop", cluster], check=False)


def environment(url: str, folder: Path) -> dict[str, str]:
    return {**os.environ, "XIAOER_DATABASE_URL": url, "XIAOER_VAR": str(folder / "var"), "XIAOER_DEMO": "yes",
            "DJANGO_SETTINGS_MODULE": "xiaoer.settings"}  # fmt: skip


@contextmanager
def serving(url: str, folder: Path, stage: dict[str, Any]) -> Iterator[Site]:
    """Start the server on a database that was staged."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(WORKERS),
         "--blocking-threads", "4", "--log-level", "warning", "xiaoer.wsgi:application"],
        env=environment(url, folder), cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        wait(f"http://127.0.0.1:{port}/")
        yield Site(stage, url, f"http://127.0.0.1:{port}", folder, server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def memory(site: Site) -> float:
    """Return the memory of the largest web process in MiB."""
    workers = Path(f"/proc/{site.process}/task/{site.process}/children").read_text().split()
    statuses = [Path(f"/proc/{worker}/status").read_text() for worker in workers]
    return max(int(said.partition("VmRSS:")[2].split()[0]) for said in statuses) / 1024


def loads(site: Site) -> dict[str, Load]:
    """Return the loads by name: a submission, a read, a list."""
    submits, reads, lists = (site.folder / name for name in ("submit", "read", "list"))
    applicants = site.stage["applicants"]
    submits.write_text("".join(f"{one['cookie']}\t{one['body']}\n" for one in applicants))
    reads.write_text("".join(f"{one['cookie']}\t/api/cases/{one['case']}\n" for one in applicants))
    lists.write_text(f"{site.stage['officer']}\t/api/desk/queue\n")
    return {
        "submit an application with 3 papers": Load("submit.lua", submits),
        "read a case as JSON": Load("read.lua", reads),
        "list 50 of my queue": Load("read.lua", lists),
    }


def accept_all(site: Site) -> None:
    """Accept cases until the reviewer's queue holds more than fifty steps."""
    with psycopg.connect(site.url) as connection:
        numbers = connection.execute(
            "SELECT number, version FROM cases_case WHERE state = 'received' LIMIT 60"
        ).fetchall()
    for number, version in numbers:
        request = urllib.request.Request(
            f"{site.address}/api/desk/cases/{number}/accept", data=b"{}", method="POST",
            headers={"Cookie": site.stage["officer"], "X-CSRFToken": site.stage["csrf"], "If-Match": f'"{version}"',
                     "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 200, answer.read()


def wait(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)
