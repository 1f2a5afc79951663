"""SIGKILL of server and worker in the middle of 2,000 submissions, ten times: nothing acknowledged is lost or doubled.

Clients do what browsers do: they send again, with the same idempotency key, until they are answered.
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
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from xiaoer.cases.models import Application, Case
from xiaoer.journal import queries, rules
from xiaoer.journal.models import Entry

pytestmark = pytest.mark.slow
SUBMISSIONS = int(os.environ.get("XIAOER_KILL_SUBMISSIONS", "2000"))
KILLS = 10
CLIENTS = 8


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
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Client(threading.Thread):
    """Submits until its share is acknowledged, sending again whatever was not answered."""

    def __init__(self, port: int, applicants: list[dict[str, Any]], keys: list[str]) -> None:
        super().__init__()
        self.port, self.applicants, self.keys = port, applicants, keys
        self.acknowledged: dict[str, str] = {}
        self.refused: list[str] = []

    def run(self) -> None:
        for place, key in enumerate(self.keys):
            one = self.applicants[place % len(self.applicants)]
            while key not in self.acknowledged and not self.refused:
                self.send(key, one)

    def send(self, key: str, one: dict[str, Any]) -> None:
        headers = {"Cookie": one["cookie"], "X-CSRFToken": "b" * 32, "Content-Type": "application/json",
                   "Idempotency-Key": key}  # fmt: skip
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asking.request("POST", "/api/applications", one["body"].encode(), headers)
            answer = asking.getresponse()
            said = answer.read()
            if answer.status in {200, 201}:
                self.acknowledged[key] = json.loads(said)["number"]
            elif answer.status < 500:
                self.refused.append(f"{answer.status} {said.decode()[:300]}")
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)  # killed: send again
        finally:
            asking.close()


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(fresh_database: str):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XIAOER_")}
    environment = kept | {
        "XIAOER_DATABASE_URL": fresh_database, "XIAOER_VAR": str(settings.VAR_DIR), "XIAOER_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "xiaoer.settings",
    }  # fmt: skip
    connection.close()
    stage = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.stage"], env=environment, capture_output=True, text=True
    )
    assert stage.returncode == 0, stage.stderr
    applicants = json.loads(stage.stdout.splitlines()[-1])["applicants"]
    before = Application.objects.count()
    connection.close()

    service = Service(environment)
    service.start()
    keys = [f"kill-{place:06d}" for place in range(SUBMISSIONS)]
    clients = [Client(service.port, applicants, keys[place::CLIENTS]) for place in range(CLIENTS)]
    for client in clients:
        client.start()
    kill_while_they_work(service, clients)
    for client in clients:
        client.join()
    service.kill()

    assert [words for client in clients for words in client.refused] == []
    numbers = {key: number for client in clients for key, number in client.acknowledged.items()}
    assert len(numbers) == len(set(numbers.values())) == SUBMISSIONS
    assert Application.objects.count() - before == SUBMISSIONS
    assert Case.objects.count() == Application.objects.count()
    assert Entry.objects.filter(name="application.received").count() == Application.objects.count()
    assert set(numbers.values()) <= set(Application.objects.values_list("number", flat=True))
    assert [found for kind in rules.SUBJECTS for found in queries.differences(kind)] == []


def kill_while_they_work(service: Service, clients: list[Client]) -> None:
    """Kill ten times, each at another tenth of the work, and start again."""
    for kill in range(1, KILLS + 1):
        share = SUBMISSIONS * kill // (KILLS + 1)
        while sum(len(client.acknowledged) for client in clients) < share and any(one.is_alive() for one in clients):
            time.sleep(0.02)
        service.kill()
        service.start()
