"""What is kept of a fault: kind and place, never the message, into which databases and rules put values of people.

Only who writes a message for operators, without values of people, says so by its kind: Plain.
"""

import traceback

from xiaoer.kernel.refusal import Refusal

OWN = "/xiaoer/"
NEAREST = 3
"""How many places of our own are told, beside where it happened."""


class Plain(Exception):
    """A fault whose message holds no value of a person, so that operators may read it."""


def told(fault: BaseException) -> str:
    """Return a fault as an operator sees it: ``ValueError at cases/handlers/papers.py:45 render < …``."""
    said = fault.key if isinstance(fault, Refusal) else str(fault) if isinstance(fault, Plain) else ""
    kind = f"{type(fault).__name__}: {said}" if said else type(fault).__name__
    frames = traceback.extract_tb(fault.__traceback__)
    told_of = [*frames[-1:], *reversed([frame for frame in frames[:-1] if OWN in frame.filename][-NEAREST:])]
    places = [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in told_of]
    return " at ".join([kind, " < ".join(places)]) if places else kind
