"""The worker as a process of its own, with the clock moved: silence accepts on the right day; what fails is tried again
ever later, parked, shown to the operator, and done after a press of his button."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.db import connection
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.cases.tests import make, make_desk
from xiaoer.cli import worker
from xiaoer.journal import rules
from xiaoer.journal.models import Delivery, Entry
from xiaoer.network.tests import make as network
from xiaoer.notices.models import Document
from xiaoer.notices.tests import make as papers
from xiaoer.people.tests import make as people

KEYS = ("secret.key", "seal.key", "receipt.key")


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder of the platform's own, with the keys under which the tests' values are sealed."""
    made = tmp_path / "var"
    made.mkdir()
    for key in KEYS:
        if (real.VAR_DIR / key).exists():
            shutil.copy(real.VAR_DIR / key, made)
    return made


def command(database: str, var: Path, *, day: int, words: tuple[str, ...] = ()) -> "subprocess.Popen[bytes]":
    """Start a worker on whose calendar today is that many days after Thursday 5 March 2026."""
    connection.close()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIAOER_")}
    environment = kept | {
        "XIAOER_DATABASE_URL": database, "XIAOER_VAR": str(var), "XIAOER_DEMO": "yes",
        "XIAOER_DAYS_AHEAD": str(make_desk.days_ahead() + day), "DJANGO_SETTINGS_MODULE": "xiaoer.settings",
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-m", "xiaoer.cli", "worker", *words], env=environment)


def worked(database: str, var: Path, *, day: int) -> None:
    """Let a worker do what is due on that day, and end."""
    assert command(database, var, day=day, words=("--once",)).wait(timeout=120) == 0


@contextmanager
def working(database: str, var: Path, *, day: int) -> Iterator[None]:
    """Let a worker run until it is told to stop, which it does by itself."""
    process = command(database, var, day=day)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


def eventually(ask: Callable[[], Any], seconds: float = 60) -> Any:
    """Return the first answer that is not empty."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ask():
            return found
        time.sleep(0.1)
    raise AssertionError("nothing came")


def test_silence_accepts_after_the_fifth_working_day_and_not_before(fresh_database: str, var: Path):
    make.calendar()
    organ = network.organ("瑞昌市市场监督管理局", short_name="市监局")
    case = make.submitted(make.member(organ=organ.id)).cases[0]
    # Received on Thursday 5 March; the five days are 6, 9, 10, 11 and 12 March.
    worked(fresh_database, var, day=7)
    assert make.fresh(case).state == "received", "on 12 March the organ may still answer"
    with working(fresh_database, var, day=8):
        eventually(lambda: make.fresh(case).deemed)
        eventually(lambda: Document.objects.filter(subject=case.id, kind="acceptance").exists())
    deemed = make.fresh(case)
    assert (deemed.state, deemed.accepted_on) == ("accepted", make_desk.DAY)
    assert Entry.objects.filter(subject=case.id, name="case.deemed_accepted").count() == 1


def test_what_fails_is_tried_ever_later_parked_shown_and_released_by_a_button(fresh_database: str, var: Path, settings):
    operator = signed_in(people.officer("operator", network.organ()))
    paper = papers.issued()
    (var / "files").write_text("no folder")  # nothing can be stored, as on a broken disk

    def delivery() -> Delivery:
        return Delivery.objects.get(subject=paper.id, handler="notices.render")

    waits = []
    with working(fresh_database, var, day=0):
        for attempt in (1, 2, 3):
            failed = eventually(lambda attempt=attempt: [one for one in tried(paper.id) if one.attempts == attempt])[0]
            waits.append(failed.due_at)
    assert [later - earlier > timedelta(seconds=wait) for earlier, later, wait in
            zip(waits, waits[1:], (1, 3), strict=False)] == [True, True], waits  # fmt: skip

    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": var / "files"},
    }}  # fmt: skip
    for day in range(1, rules.PARK_AFTER):  # the longest back-off is an hour: a day later it is due again
        settings.DAYS_AHEAD = make_desk.days_ahead() + day
        if delivery().state == Delivery.State.WAITING:
            worker.work_once()
    assert (delivery().state, delivery().attempts) == (Delivery.State.PARKED, rules.PARK_AFTER)
    worker.work_once()
    assert delivery().attempts == rules.PARK_AFTER, "what is parked waits for the operator"

    page = operator.get(reverse("oversight:deliveries")).content.decode()
    assert "notices.render" in page and str(delivery().id) in page
    (var / "files").unlink()
    told = operator.post(
        reverse("oversight:retry"), {"delivery": f"{paper.shard}/{paper.id and delivery().id}"}, follow=True
    )
    assert "会马上重试" in told.content.decode()
    with working(fresh_database, var, day=rules.PARK_AFTER):
        eventually(lambda: delivery().state == Delivery.State.DONE)
    assert Document.objects.get(id=paper.id).file_id and paper.issued_at == NOW
    assert str(delivery().id) not in operator.get(reverse("oversight:deliveries")).content.decode()


def tried(paper: Any) -> list[Delivery]:
    """Return the delivery while it waits for its next try."""
    return list(Delivery.objects.filter(subject=paper, handler="notices.render", lease=None))
