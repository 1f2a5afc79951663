"""The acts on applications, cases, steps and requirements: the only place that writes them."""

from .decision import deliver, extend, grant, refuse, resume, suspend, withdraw
from .intake import accept, decline, deem, judge, lapse, notify, provide, supplement
from .receipt import Member, Paper, Received, Submission, submit
from .talk import note, reveal
from .time import DEEM, LAPSE, day_of
from .work import advance, claim, inform, release, settle

__all__ = [
    "DEEM", "LAPSE", "Member", "Paper", "Received", "Submission", "accept", "advance", "claim", "day_of", "decline",
    "deem", "deliver", "extend", "grant", "inform", "judge", "lapse", "note", "notify", "provide", "refuse",
    "release", "resume", "reveal", "settle", "submit", "supplement", "suspend", "withdraw",
]  # fmt: skip
