"""The only place that writes the journal."""

from .act import SYSTEM, Actor, Change, New, act
from .delivery import Delivered, Flow, Prepared, deliver, dispatch, replay_parked
from .erasure import erase
from .faults import Plain
from .numbers import Key, Repeated, first_with, in_turn, take, take_any
from .receipts import earlier_keys, genuine, public_key, public_key_of, receipt
from .sealing import reseal, sealed_models
from .sequence import sequence
from .timers import clear_timer, set_timer, sweep

__all__ = [
    "SYSTEM",
    "Actor",
    "Change",
    "Delivered",
    "Flow",
    "Key",
    "New",
    "Plain",
    "Prepared",
    "Repeated",
    "act",
    "clear_timer",
    "deliver",
    "dispatch",
    "earlier_keys",
    "erase",
    "first_with",
    "genuine",
    "in_turn",
    "public_key",
    "public_key_of",
    "receipt",
    "replay_parked",
    "reseal",
    "sealed_models",
    "sequence",
    "set_timer",
    "sweep",
    "take",
    "take_any",
]  # fmt: skip
