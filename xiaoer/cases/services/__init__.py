"""The acts on applications, cases, steps and requirements: the only place that writes them."""

from .decision import deliver, extend, grant, refuse, resume, suspend, withdraw
from .drafts import (
    Incomplete,
    Saved,
    check_format,
    choose_applicant,
    choose_delivery,
    discard,
    hand_in,
    put_paper,
    read_answers,
    remove_paper,
    save_answers,
    start,
    submit_once,
)
from .filling import Fault, known_answers, needed_keys, submission_of, to_upload, wanted_papers
from .intake import accept, decline, deem, judge, lapse, notify, provide, supplement
from .receipt import Member, Paper, Received, Submission, submit
from .talk import note, reveal
from .time import DEEM, LAPSE, day_of
from .work import advance, claim, inform, release, settle

__all__ = [
    "DEEM", "LAPSE", "Fault", "Incomplete", "Member", "Paper", "Received", "Saved", "Submission", "accept", "advance",
    "check_format", "choose_applicant", "choose_delivery", "claim", "day_of", "decline", "deem", "deliver", "discard",
    "extend", "grant", "hand_in", "inform", "judge", "known_answers", "lapse", "needed_keys", "note", "notify",
    "provide", "put_paper", "read_answers", "refuse", "release", "remove_paper", "resume", "reveal", "save_answers",
    "settle", "start", "submission_of", "submit", "submit_once", "supplement", "suspend", "to_upload",
    "wanted_papers", "withdraw",
]  # fmt: skip
