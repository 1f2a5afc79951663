"""Serve a paper, or withdraw one that was not served."""

from datetime import date, datetime

from django.db import transaction

from xiaoer.journal.services import Actor, Change, act

from .. import events, rules
from ..models import Document


@transaction.atomic
def serve(
    document: Document, *, how: str, on: date, receiver: str, proof: str, by: Actor, now: datetime,
    seen: int | None = None,
) -> Document:  # fmt: skip
    """Record that a paper was served: how (a key of rules.WAYS), on which day, to whom, shown by what.

    Raises Refusal when it was withdrawn or served before, KeyError for an unknown way.
    """
    rules.WAYS[how]
    row: Document = act(
        [Change(document, events.Served(how=how, on=on, receiver=receiver, proof=proof), seen)], by=by, now=now
    )[0]
    return row


@transaction.atomic
def withdraw(document: Document, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Document:
    """Withdraw a paper that was not served. Its number stays used. Raises Refusal when it was served."""
    row: Document = act([Change(document, events.Withdrawn(reason), seen)], by=by, now=now)[0]
    return row
