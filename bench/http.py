"""Acts and reads over HTTP against the same rows in raw SQL, on PostgreSQL, in one run.

Signed in, with permission, idempotency and journal, synchronous_commit on; the production server with 2 processes; load
by wrk with 16 connections. Needs Debian's postgresql and wrk. Run: python -m bench.http [SECONDS]
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from bench import raw

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wrk(script: str, lines: Path, url: str, seconds: float) -> tuple[float, int, float, float]:
    """Return (requests a second, errors, p50 ms, p95 ms)."""
    command = [
        "wrk",
        "-t2",
        "-c16",
        f"-d{seconds:.0f}s",
        "--timeout",
        "20s",
        "-s",
        str(ROOT / "bench" / script),
        url,
        "--",
        str(lines),
    ]
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


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        port = free_port()
        cluster = Path(folder) / "pg"
        url = subprocess.run(
            [ROOT / "tools" / "postgres", "start", cluster, str(port)], capture_output=True, text=True, check=True
        ).stdout.strip()
        try:
            measure(url, Path(folder), seconds)
        finally:
            subprocess.run([ROOT / "tools" / "postgres", "stop", cluster], check=False)


def measure(url: str, folder: Path, seconds: float) -> None:
    environment = {**os.environ, "XIAOER_DATABASE_URL": url, "XIAOER_VAR": str(folder / "var"), "XIAOER_DEMO": "yes",
                   "DJANGO_SETTINGS_MODULE": "xiaoer.settings"}  # fmt: skip
    stage = staged(environment)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "--log-level", "warning", "xiaoer.wsgi:application"],
        env=environment, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    try:
        wait(f"http://127.0.0.1:{port}/")
        report(stage, url, f"http://127.0.0.1:{port}", folder, seconds)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def report(stage: dict[str, Any], url: str, site: str, folder: Path, seconds: float) -> None:
    applicants = stage["applicants"]
    submits, reads, lists = folder / "submit", folder / "read", folder / "list"
    submits.write_text("".join(f"{one['cookie']}\t{one['body']}\n" for one in applicants))
    reads.write_text("".join(f"{one['cookie']}\t/api/cases/{one['case']}\n" for one in applicants))
    lists.write_text(f"{stage['officer']}\t/api/desk/queue\n")
    with psycopg.connect(url) as connection:
        pairs = connection.execute(
            "SELECT c.number, a.applicant FROM cases_case c JOIN cases_application a ON a.id = c.application LIMIT 32"
        ).fetchall()
    rows = raw.sample(url)
    for name, script, lines, make in (
        ("submit an application with 3 papers", "submit.lua", submits, partial(raw.submit_once, rows)),
        ("read a case as JSON", "read.lua", reads, partial(raw.query_once, "read", [list(pair) for pair in pairs])),
    ):
        bare = raw.rate(url, make, seconds)
        rate, errors, middle, slow = wrk(script, lines, site, seconds)
        print(f"{name}: {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors; "
              f"raw {bare:.0f}/s; ratio {rate / bare:.2f}", flush=True)  # fmt: skip
    accept_all(site, stage, url)
    rate, errors, middle, slow = wrk("read.lua", lists, site, seconds)
    print(f"list 50 of my queue: {rate:.0f}/s, p50 {middle:.1f} ms, p95 {slow:.1f} ms, {errors} errors")


def accept_all(site: str, stage: dict[str, Any], url: str) -> None:
    """Accept cases until the reviewer's queue holds more than fifty steps."""
    with psycopg.connect(url) as connection:
        numbers = connection.execute(
            "SELECT number, version FROM cases_case WHERE state = 'received' LIMIT 60"
        ).fetchall()
    for number, version in numbers:
        request = urllib.request.Request(
            f"{site}/api/desk/cases/{number}/accept", data=b"{}", method="POST",
            headers={"Cookie": stage["officer"], "X-CSRFToken": stage["csrf"], "If-Match": f'"{version}"',
                     "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 200, answer.read()


def wait(site: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(site, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(site)


if __name__ == "__main__":
    main()
