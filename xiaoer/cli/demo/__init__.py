"""xiaoer demo: everything set up with demo data, served with a worker, in one command."""

import argparse
import os
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[3] / "var" / "demo"


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("demo", help="set up a demonstration and serve it")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="only set up")
    parser.add_argument("--restaurants", type=int, default=60, help="how many are opened in the past three months")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Set up what is missing, say what to open, serve until stopped."""
    os.environ.setdefault("XIAOER_VAR", str(HOME))
    os.environ["XIAOER_DEMO"] = "yes"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoer.settings")
    import django  # noqa: PLC0415 - settings must be said first

    django.setup()
    from xiaoer.cli.demo import fill  # noqa: PLC0415
    from xiaoer.cli.prepare import prepare  # noqa: PLC0415
    from xiaoer.cli.serve import serve  # noqa: PLC0415

    started = time.monotonic()
    prepare()
    fill.fill(restaurants=arguments.restaurants)
    sys.stdout.write(fill.greeting(arguments.port, time.monotonic() - started))
    sys.stdout.flush()
    return 0 if arguments.no_serve else serve(host="127.0.0.1", port=arguments.port, processes=1)
