"""The only place that writes the journal."""

from .act import SYSTEM, Actor, Change, New, act
from .delivery import Delivered, Flow, Prepared, deliver, dispatch, replay_parked
from .erasure import erase
from .numbers import once, take
from .receipts import genuine, public_key, receipt
from .sequence import sequence
from .timers import Alarmed, clear_timer, set_timer, set_timers, sweep

__all__ = [
    "SYSTEM",
    "Actor",
    "Alarmed",
    "Change",
    "Delivered",
    "Flow",
    "New",
    "Prepared",
    "act",
    "clear_timer",
    "deliver",
    "dispatch",
    "erase",
    "genuine",
    "once",
    "public_key",
    "receipt",
    "replay_parked",
    "sequence",
    "set_timer",
    "set_timers",
    "sweep",
    "take",
]  # fmt: skip
