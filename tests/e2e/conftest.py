"""The product as it is built: server and worker as processes of their own, on a database made by the demonstration."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    """A running demonstration. var: its files; url: where it listens."""

    url: str
    var: Path
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on the demonstration's database."""
        command = [sys.executable, "-m", "xiaoer.cli", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A demonstration without a past, served with a worker."""
    var = tmp_path_factory.mktemp("demo")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XIAOER_")}
    environment |= {"XIAOER_VAR": str(var), "XIAOER_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "xiaoer.settings"}
    port = free_port()
    made = Platform(f"http://127.0.0.1:{port}", var, environment)
    filled = made.command("demo", "--no-serve", "--restaurants", "0")
    assert filled.returncode == 0, filled.stderr
    serving = subprocess.Popen(
        [sys.executable, "-m", "xiaoer.cli", "serve", "--port", str(port)], env=environment, start_new_session=True
    )
    try:
        _wait(made.url)
        yield made
    finally:
        os.killpg(serving.pid, signal.SIGTERM)
        serving.wait(timeout=20)


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
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("form:has(input[name=password]) button").first.click()
        if self.page.locator("input[name=code]").count():
            self.page.fill("input[name=code]", self.code(login))
            self.page.locator("form:has(input[name=code]) button").first.click()
        assert self.page.locator("input[name=password]").count() == 0, self.page.locator("main").inner_text()

    def code(self, login: str) -> str:
        """Return the present code of an officer's second factor from the demonstration's page."""
        other = self.context.new_page()
        other.goto(self.platform.url + "/demo/codes/")
        row = other.locator("tr", has_text=login).first
        code = row.locator("td").last.inner_text().strip()
        other.close()
        return "".join(sign for sign in code if sign.isdigit())[-6:]
