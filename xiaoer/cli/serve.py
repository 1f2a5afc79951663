"""xiaoer serve: the web server (granian) and a worker side by side, until stopped; for one machine."""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("serve", help="serve pages and run a worker on this machine")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=1, help="server processes")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Start both, wait until one ends or a signal comes, then end the other."""
    return serve(host=arguments.host, port=arguments.port, processes=arguments.processes)


def serve(*, host: str, port: int, processes: int) -> int:
    """Run server and worker as child processes; return the exit code of the one that ended first."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "xiaoer.settings"}
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", "8", "--no-ws", "--log-level", "warning",
        "--respawn-failed-workers", "xiaoer.wsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "xiaoer.cli", "worker"]
    children = [subprocess.Popen(command, env=environment) for command in (server, worker)]  # noqa: S603 - our own

    def stop(number: int, frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    _, status = os.wait()
    stop(0, None)
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    return os.waitstatus_to_exitcode(status) if status else 0
