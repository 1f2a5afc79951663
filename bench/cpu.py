"""What a request costs one web process: processor time, questions to the database, memory.

In one process and one thread, through the WSGI application as the server calls it, with PostgreSQL on the same machine.
On a machine that has other work too the least of many blocks comes nearest to what a quiet one would show; the clock
says nothing there. STAGE.json is what bench.stage printed; NAME: only those whose name holds it, with a profile.
Run with XIAOER_DATABASE_URL: python -m bench.cpu STAGE.json [REQUESTS [NAME]]
"""

import cProfile
import io
import json
import os
import pstats
import sys
import time
from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402 - needs django.setup() first

from bench.site import FOOD  # noqa: E402
from xiaoer.wsgi import application  # noqa: E402

BLOCK = 50
Call = Callable[[], tuple[str, bytes]]


def ask(path: str, cookie: str = "", body: bytes = b"", **headers: str) -> tuple[str, bytes]:
    """Return status line and body of one request (a GET), asked as granian hands over what wrk sends."""
    address, _, query = path.partition("?")
    said: list[str] = []
    answer = application(
        {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": address, "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000", "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, **headers,
        },
        lambda status, headers, *rest: said.append(status),
    )  # fmt: skip
    try:
        return said[0], b"".join(answer)
    finally:
        answer.close()


def calls(stage: dict[str, Any]) -> dict[str, Call]:
    """Return what is measured by name; each call asks for the next of its addresses."""
    readers = cycle([(f"/api/cases/{one['case']}", one["cookie"]) for one in stage["applicants"]])
    bodies, keys = cycle([(one["body"].encode(), one["cookie"]) for one in stage["applicants"]]), count()
    run = uuid4().hex

    def submit() -> tuple[str, bytes]:
        body, cookie = next(bodies)
        return ask(
            "/api/applications", cookie, body, REQUEST_METHOD="POST", CONTENT_TYPE="application/json",
            CONTENT_LENGTH=str(len(body)), HTTP_X_CSRFTOKEN=stage["csrf"],
            HTTP_IDEMPOTENCY_KEY=f"{run}-{next(keys)}",
        )  # fmt: skip

    return {
        "submit an application with 3 papers": submit,
        "read a case as JSON": lambda: ask(*next(readers)),
        "list 50 of my queue": lambda: ask("/api/desk/queue", stage["officer"]),
        "guide page from memory": lambda: ask(f"/services/{FOOD}/", HTTP_ACCEPT_ENCODING="gzip"),
    }


def questions(call: Call) -> list[str]:
    """Return the SQL of what one call asks the database."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        call()
    return asked


def measure(name: str, call: Call, times: int) -> None:
    """Print what one call costs, after enough of them that everything that is kept is there."""
    for _ in range(BLOCK):
        status, body = call()
    asked, blocks, server = questions(call), [], server_seconds()
    for _ in range(times // BLOCK):
        began = time.process_time()
        for _ in range(BLOCK):
            call()
        blocks.append((time.process_time() - began) / BLOCK * 1000)
    served = (server_seconds() - server) / times * 1000
    print(f"{name}: {min(blocks):.2f} ms at best, {median(blocks):.2f} ms in the middle, PostgreSQL {served:.2f} ms; "
          f"{len(asked)} questions; {status}, {len(body)} bytes", flush=True)  # fmt: skip


def profile(call: Call) -> None:
    """Print where the processor's time of a call goes, and what it asks."""
    print(*questions(call), sep="\n\n")
    found = cProfile.Profile(time.thread_time)
    found.enable()
    for _ in range(10 * BLOCK):
        call()
    found.disable()
    pstats.Stats(found).sort_stats("tottime").print_stats(60)


def server_seconds() -> float:
    """Return the processor time of the server's process behind this connection."""
    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident() -> float:
    """Return the memory of this process in MiB."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    stage = json.loads(Path(sys.argv[1]).read_text())
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    wanted = sys.argv[3] if len(sys.argv) > 3 else ""
    for name, call in calls(stage).items():
        if wanted in name:
            measure(name, call, times)
            if wanted:
                profile(call)
    print(f"memory of the process: {resident():.0f} MiB")


main()
