"""SIGKILL of server and worker in the middle of 2,000 submissions, ten times: nothing acknowledged is lost or doubled.

Clients do what browsers do: they send again, with the same idempotency key, until they are answered. What the killed
worker had in hand is finished by the next one, each thing once.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from xiaoer import flow
from xiaoer.cases.models import Application, Case, Requirement
from xiaoer.journal.models import Delivery, Entry, Once, Pending, Position, Unsequenced
from xiaoer.notices.models import Document

pytestmark = pytest.mark.slow
SUBMISSIONS = int(os.environ.get("XIAOER_KILL_SUBMISSIONS", "2000"))
KILLS = 10
CLIENTS = 8
PAPERS = 3
SAID_AGAIN = 100


class Service:
    """Server and worker as one process group that can be killed and started again."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "xiaoer.cli", "serve", "--port", str(self.port), "--processes", "2"]
        self.process = subprocess.Popen(command, env=self.environment, start_new_session=True)

    def kill(self) -> None:
        assert self.process is not None
        assert self.process.poll() is None, "it ended by itself"
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Client(threading.Thread):
    """Submits until no key is left, sending again whatever was not answered.

    cut: how many requests lost their connection; found: keys whose submission an earlier, cut request had made.
    """

    def __init__(self, port: int, applicants: list[dict[str, Any]], keys: "SimpleQueue[str]") -> None:
        super().__init__()
        self.port, self.applicants, self.keys = port, applicants, keys
        self.acknowledged: dict[str, str] = {}
        self.found: set[str] = set()
        self.faults: list[str] = []
        self.cut = 0

    def run(self) -> None:
        with suppress(Empty):
            while not self.faults:
                key = self.keys.get_nowait()
                while key not in self.acknowledged and not self.faults:
                    self.send(key)

    def applicant(self, key: str) -> dict[str, Any]:
        return self.applicants[int(key.rpartition("-")[2]) % len(self.applicants)]

    def send(self, key: str) -> None:
        one = self.applicant(key)
        headers = {"Cookie": one["cookie"], "X-CSRFToken": "b" * 32, "Content-Type": "application/json",
                   "Idempotency-Key": key}  # fmt: skip
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asking.request("POST", "/api/applications", one["body"].encode(), headers)
            answer = asking.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self.cut += not isinstance(fault, ConnectionRefusedError)
            time.sleep(0.1)  # killed: send again
            return
        finally:
            asking.close()
        if answer.status not in {200, 201}:
            self.faults.append(f"{answer.status} {said.decode()[:300]}")
            return
        if answer.status == 200:
            self.found.add(key)
        self.acknowledged[key] = json.loads(said)["number"]


@pytest.fixture
def environment(fresh_database: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XIAOER_")}
    return kept | {
        "XIAOER_DATABASE_URL": fresh_database, "XIAOER_VAR": str(settings.VAR_DIR), "XIAOER_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "xiaoer.settings",
    }  # fmt: skip


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(environment: dict[str, str], capsys):
    applicants = staged(environment)
    before = set(Application.objects.values_list("number", flat=True))
    connection.close()

    service = Service(environment)
    service.start()
    keys = waiting(f"kill-{place:06d}" for place in range(SUBMISSIONS))
    clients = [Client(service.port, applicants, keys) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    kill_while_they_work(service, clients)
    for client in clients:
        client.join()
    service.kill()

    assert [words for client in clients for words in client.faults] == []
    numbers = {key: number for client in clients for key, number in client.acknowledged.items()}
    cut, found = sum(client.cut for client in clients), set().union(*(client.found for client in clients))
    assert cut >= KILLS, f"only {cut} requests were cut off: the kills met nobody"
    ids_are_rows_are_entries(before, numbers)
    finish_what_was_left(environment)
    each_thing_was_done_once()
    command(environment, "replay")
    the_same_key_gives_the_same(environment, applicants, numbers)
    with capsys.disabled():
        print(f"\n{SUBMISSIONS} submissions, {KILLS} kills, {cut} cut off, {len(found)} of those had been made: ok")


def staged(environment: dict[str, str]) -> list[dict[str, Any]]:
    """Set up a county with applicants who are signed in; return their cookies and bodies."""
    connection.close()
    command = [sys.executable, "-W", "ignore", "-m", "bench.stage"]
    stage = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert stage.returncode == 0, stage.stderr
    applicants: list[dict[str, Any]] = json.loads(stage.stdout.splitlines()[-1])["applicants"]
    return applicants


def waiting(keys: Iterable[str]) -> "SimpleQueue[str]":
    """Return keys for whoever comes first, one after the other."""
    queue: SimpleQueue[str] = SimpleQueue()
    for key in keys:
        queue.put(key)
    return queue


def kill_while_they_work(service: Service, clients: list[Client]) -> None:
    """Kill ten times, each at another tenth of the work, and start again."""
    for kill in range(1, KILLS + 1):
        share = SUBMISSIONS * kill // (KILLS + 1)
        while sum(len(client.acknowledged) for client in clients) < share and any(one.is_alive() for one in clients):
            time.sleep(0.02)
        assert any(one.is_alive() for one in clients), [words for client in clients for words in client.faults]
        service.kill()
        service.start()


def ids_are_rows_are_entries(before: set[str], numbers: dict[str, str]) -> None:
    """Every key has a number of its own, every number one row, every row one first entry; nothing else is there."""
    assert len(numbers) == len(set(numbers.values())) == SUBMISSIONS
    rows = dict(Application.objects.values_list("id", "number"))
    made = {identity for identity, number in rows.items() if number not in before}
    assert sorted(rows[identity] for identity in made) == sorted(numbers.values())
    keys = list(Once.objects.filter(route="submit", key__startswith="kill-").values_list("key", "subject"))
    assert {key: rows[subject] for key, subject in keys} == numbers and len(keys) == SUBMISSIONS
    received = Entry.objects.filter(name="application.received").values_list("subject", flat=True)
    assert sorted(received) == sorted(rows)
    assert per_application(Case) == dict.fromkeys(rows, 1)
    assert per_application(Requirement) == dict.fromkeys(rows, PAPERS)


def per_application(model: Any) -> Counter[UUID]:
    return Counter(model.objects.values_list("application", flat=True))


def command(environment: dict[str, str], *words: str) -> None:
    """Run a command of the platform; fail with what it says when it does."""
    connection.close()
    ran = subprocess.run([sys.executable, "-m", "xiaoer.cli", *words], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]


def finish_what_was_left(environment: dict[str, str]) -> None:
    """Let a worker run until nothing is due, a day later: what the killed one had in hand is leased for minutes."""
    command({**environment, "XIAOER_DAYS_AHEAD": "1"}, "worker", "--once")


def each_thing_was_done_once() -> None:
    """Every entry was handed to every handler once, has one place in a log without gaps; every case one receipt."""
    assert not Pending.objects.exists() and not Unsequenced.objects.exists()
    entries = dict(Entry.objects.values_list("id", "name"))
    due = sorted((str(entry), handler) for entry, name in entries.items() for handler, _ in flow.HANDLERS.get(name, ()))
    assert sorted((str(one.entry), one.handler) for one in Delivery.objects.all()) == due
    left = Delivery.objects.exclude(state="done", lease=None, error="").values_list("handler", "state", "error")
    assert list(left) == []
    assert sorted(Position.objects.values_list("entry", flat=True)) == sorted(entries)
    places: dict[str, list[int]] = {}
    for shard, place in Position.objects.order_by("shard", "position").values_list("shard", "position"):
        places.setdefault(shard, []).append(place)
    assert all(found == list(range(1, len(found) + 1)) for found in places.values())
    receipts = Counter(Document.objects.filter(kind="receipt").values_list("subject", flat=True))
    assert receipts == dict.fromkeys(Case.objects.values_list("id", flat=True), 1)


def the_same_key_gives_the_same(
    environment: dict[str, str], applicants: list[dict[str, Any]], numbers: dict[str, str]
) -> None:
    """Say some submissions again to a new server: 200, the number of the first time, and no new row."""
    rows = Application.objects.count()
    connection.close()
    service = Service(environment)
    service.start()
    keys = sorted(numbers)[:: max(1, SUBMISSIONS // SAID_AGAIN)]
    again = Client(service.port, applicants, waiting(keys))
    again.start()
    again.join()
    service.kill()
    assert again.faults == []
    assert again.acknowledged == {key: numbers[key] for key in keys} and again.found == set(keys)
    assert Application.objects.count() == rows
