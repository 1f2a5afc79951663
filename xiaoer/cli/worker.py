"""xiaoer worker: drives what follows from entries and from time. Any number may run; they share by leases."""

import argparse
import logging
import signal
import threading

import django

log = logging.getLogger(__name__)
IDLE_SECONDS = 0.3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = subparsers.add_parser("worker", help="run deliveries, positions and timers until stopped")
    parser.add_argument("--once", action="store_true", help="stop when nothing is left to do now")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT; with --once until nothing is due. Return 1 for a fault that nobody expects."""
    django.setup()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        while not stop.is_set():
            if work_once() == 0:
                if arguments.once:
                    break
                stop.wait(IDLE_SECONDS)
    except Exception:
        log.exception("the worker stops")  # by kind and place: Python itself would write the values of the message
        return 1
    return 0


def work_once() -> int:
    """Dispatch, sequence, sweep and deliver once; return how much was done."""
    from django.db import OperationalError, close_old_connections  # noqa: PLC0415 - needs django.setup() first

    from xiaoer import flow  # noqa: PLC0415
    from xiaoer.journal import edge, services  # noqa: PLC0415

    try:
        now = edge.now()
        return (
            services.dispatch(flow=flow.HANDLERS, now=now)
            + services.sequence(now=now)
            + services.sweep(alarms=flow.ALARMS, now=now)
            + services.deliver(flow=flow.HANDLERS, now=now)
        )
    except OperationalError:
        log.exception("the database is not there; trying again")
        close_old_connections()
        return 0
