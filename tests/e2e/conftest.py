"""The product as it is built: server and worker as processes of their own, on a database made by the demonstration."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PASSWORD = "xiaoer-demo-2026"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Platform:
    """A demonstration of its own. var: its files; url: where it listens while it is served; database: its address on
    PostgreSQL, else it lies among the files; passwords: those of logins that have not the demonstration's."""

    var: Path
    url: str = ""
    database: str = ""
    serving: "subprocess.Popen[bytes] | None" = None
    days_ahead: int = 0
    limits: str = ""
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("XIAOER_")}
        placed = {"XIAOER_DATABASE_URL": self.database} if self.database else {}
        return kept | placed | {
            "XIAOER_VAR": str(self.var), "XIAOER_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "xiaoer.settings",
            "XIAOER_DAYS_AHEAD": str(self.days_ahead), "XIAOER_LIMITS": self.limits,
        }  # fmt: skip

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on the demonstration's database."""
        command = [sys.executable, "-m", "xiaoer.cli", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True)

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """Return what a question (with ? for each value) finds in the demonstration's database; identifiers as hex."""
        if self.database:
            with psycopg.connect(self.database) as connection:
                asked = query.replace("%", "%%").replace("?", "%s").encode()
                found = connection.execute(asked, values).fetchall()
            return [tuple(one.hex if isinstance(one, UUID) else one for one in row) for row in found]
        with sqlite3.connect(f"file:{self.var / 'xiaoer.sqlite3'}?mode=ro", uri=True) as database:
            return database.execute(query, values).fetchall()

    def serve(self, *, days_ahead: int = 0) -> None:
        """Start server and worker, some days ahead of the clock, in place of those that ran."""
        self.stop()
        self.days_ahead = days_ahead
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "xiaoer.cli", "serve", "--port", str(port)]
        self.serving = subprocess.Popen(command, env=self.environment, start_new_session=True)
        _wait(self.url)

    def stop(self) -> None:
        """End server and worker."""
        if self.serving:
            os.killpg(self.serving.pid, signal.SIGTERM)
            self.serving.wait(timeout=20)
            self.serving = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_database(template: str = "") -> Iterator[str]:
    """Make a database beside that of XIAOER_DATABASE_URL, a copy of another one; "" where tests run on SQLite."""
    beside = os.environ.get("XIAOER_DATABASE_URL", "")
    if not beside.startswith("postgres"):
        yield ""
        return
    name = f"demo_{uuid4().hex[:12]}"
    copied = f' TEMPLATE "{template.rpartition("/")[2]}"' if template else ""
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}'.encode())
        try:
            yield f"{beside.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def filled(var: Path, *words: str, days_ahead: int = 0) -> Iterator[Platform]:
    """Make a demonstration, which is not served, some days ahead of the clock."""
    with a_database() as database:
        made = Platform(var, database=database, days_ahead=days_ahead)
        done = made.command("demo", "--no-serve", *words)
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A demonstration without a past, to be copied."""
    with filled(tmp_path_factory.mktemp("demonstration") / "var", "--restaurants", "0") as made:
        yield made


@pytest.fixture(scope="session")
def platform(demonstration: Platform) -> Iterator[Platform]:
    """A demonstration served for all tests that do not move its clock."""
    yield from served(demonstration, "shared")


@pytest.fixture
def own_platform(demonstration: Platform, request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A demonstration of this test's own."""
    yield from served(demonstration, request.node.name[:40])


def served(demonstration: Platform, name: str, *, limits: str = "") -> Iterator[Platform]:
    """Serve a copy of a demonstration; limits: as XIAOER_LIMITS."""
    var = Path(shutil.copytree(demonstration.var, demonstration.var.parent / name))
    with a_database(demonstration.database) as database:
        made = Platform(var, database=database, limits=limits)
        try:
            made.serve()
            yield made
        finally:
            made.stop()


def _wait(url: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


def visitor(platform: "Platform", chromium: Browser, *, size: dict[str, int], script: bool = True) -> "Visitor":
    """Somebody with a browser of his own."""
    context = chromium.new_context(viewport=size, locale="zh-CN", java_script_enabled=script, reduced_motion="reduce")
    context.set_default_timeout(15000)
    return Visitor(platform, context, context.new_page())


@dataclass
class Visitor:
    """Somebody at a device of his own."""

    platform: Platform
    context: BrowserContext
    page: Page

    def go(self, path: str) -> None:
        answer = self.page.goto(self.platform.url + path)
        assert answer is not None and answer.ok, (path, answer and answer.status)

    def sign_in(self, login: str) -> None:
        """Sign in by password, and with the code of the second factor where one is asked for."""
        self.go("/account/login/")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", self.platform.passwords.get(login, PASSWORD))
        self.page.locator("form:has(input[name=password]) button").first.click()
        tried = ""
        for _ in range(30):
            if not self.page.locator("input[name=code]").count():
                break
            code = self.code(login)
            if code == tried:
                time.sleep(2)  # a code works once: somebody used this one just before, the next is due within 30 s
                continue
            tried = code
            self.page.fill("input[name=code]", code)
            self.page.locator("form:has(input[name=code]) button").first.click()
            self.page.wait_for_load_state()
        signing_in = ("/account/login/", "/account/2fa/authenticate/")
        assert not any(one in self.page.url for one in signing_in), self.page.locator("main").inner_text()

    def code(self, login: str) -> str:
        """Return the present code of an officer's second factor from the demonstration's page."""
        other = self.context.new_page()
        other.goto(self.platform.url + "/demo/codes/")
        row = other.locator("tr", has_text=login).first
        code = row.locator("td").last.inner_text().strip()
        other.close()
        return "".join(sign for sign in code if sign.isdigit())[-6:]


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A picture to hand in."""
    path = tmp_path / "布局图.png"
    path.write_bytes(PIXEL)
    return path


class Officers:
    """Officers at their desks, each in a browser of his own, made as they are asked for."""

    def __init__(self, platform: Platform, chromium: Browser, *, script: bool = True) -> None:
        self.platform, self.chromium, self.script = platform, chromium, script
        self.made: dict[str, Visitor] = {}

    def __call__(self, username: str) -> Visitor:
        if username not in self.made:
            self.made[username] = visitor(self.platform, self.chromium, size=DESK, script=self.script)
            self.made[username].sign_in(username)
        return self.made[username]
