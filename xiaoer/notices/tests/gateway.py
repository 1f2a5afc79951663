"""A gateway for text messages as operators run them: a process of its own that checks signatures and keeps messages.

Its answer depends on the end of the number, as in an operator's sandbox: 0001 does not exist, 0002 is busy, 0003 is
refused for now, 0004 answers no JSON, 0005 leads elsewhere, 0006 is slow.
"""

import hashlib
import hmac
import json
import subprocess
import sys
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USER, SECRET = "xiaoer-test", "not a secret"
ANSWERS = {
    "0001": (200, {"code": 1001, "msg": "no such number"}), "0002": (503, {"code": 99}), "0003": (200, {"code": 7}),
    "0004": (200, None), "0005": (302, None),
}  # fmt: skip


class Desk(BaseHTTPRequestHandler):
    kept: list[dict[str, Any]] = []

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        signed = f"{said['account']}{self.headers['X-Timestamp']}{said['mobile']}{said['content']}".encode()
        right = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, self.headers["X-Signature"]):
            return self.answer(401, {"code": 401, "msg": "signature"})
        if said["mobile"].endswith("0006"):
            time.sleep(1)
        status, told = ANSWERS.get(said["mobile"][-4:], (200, {"code": 0, "msgid": said["uid"]}))
        if told and told["code"] == 0:
            self.kept.append(said)
        return self.answer(status, told)

    def do_GET(self) -> None:
        self.answer(200, {"code": 0} if self.path == "/elsewhere" else self.kept)

    def answer(self, status: int, said: Any) -> None:
        body = b"<html>" if said is None else json.dumps(said).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Gateway:
    """The running process. terms: the settings that reach it."""

    def __enter__(self) -> "Gateway":
        command = [sys.executable, "-c", "from xiaoer.notices.tests.gateway import serve; serve()"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}/sms"
        self.terms = {"url": self.url, "user": USER, "secret": SECRET, "refused": "code=1001", "timeout": 0.5}
        return self

    def __exit__(self, *args: object) -> None:
        self.process.terminate()
        self.process.communicate()

    def received(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(self.url) as answer:
            return json.load(answer)


def serve() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    print(server.server_port, flush=True)
    server.serve_forever()
