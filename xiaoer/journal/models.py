"""What happened, and the queues that it drives."""

import hashlib
import hmac
from datetime import UTC
from typing import Any

from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.kernel import canonical

from .fields import SealedTextField


class Entry(models.Model):
    """One thing that happened to one subject. Append-only: triggers on SQLite, grants on PostgreSQL.

    GRANTS: all that the role of the running platform may do (xiaoer database grant).
    """

    GRANTS = ("SELECT", "INSERT")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    kind = models.CharField(max_length=32)
    subject = models.UUIDField()
    number = models.PositiveIntegerField()
    act = models.UUIDField()
    name = models.CharField(max_length=64)
    schema = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=64, blank=True)
    calendar = models.CharField(max_length=64, blank=True)
    law = models.CharField(max_length=200, blank=True)
    data = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "subject", "number"], name="journal_entry_number")]
        indexes = [models.Index(fields=["shard", "act"]), models.Index(fields=["shard", "name", "at"])]


def digest(entry: Entry) -> str:
    """Return SHA-256 over the canonical bytes (RFC 8785) of what the entry says, as 64 hex digits."""
    said = {
        "id": str(entry.id), "shard": entry.shard, "subject": str(entry.subject), "number": entry.number,
        "act": str(entry.act), "name": entry.name, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor, "on_behalf_of": entry.on_behalf_of, "calendar": entry.calendar, "data": entry.data,
        "law": entry.law,
    }  # fmt: skip
    return hashlib.sha256(canonical.dumps(said)).hexdigest()


def commitment(salt: bytes, value: Any) -> str:
    """Return what stands in an entry for a personal value: HMAC-SHA-256 over its canonical bytes."""
    return hmac.new(salt, canonical.dumps(value), hashlib.sha256).hexdigest()


class Personal(models.Model):
    """The personal values of one entry with their salt: the one table of the journal that may be erased."""

    GRANTS = ("SELECT", "INSERT", "DELETE")

    entry = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    subject = models.UUIDField()
    salt = models.BinaryField(max_length=32)
    values = SealedTextField()

    class Meta:
        indexes = [models.Index(fields=["shard", "subject"])]


class Pending(models.Model):
    """An entry whose deliveries are not made yet; written by the act, taken by the dispatcher."""

    entry = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)


class Unsequenced(models.Model):
    """An entry without a position yet; written by the act, taken by the sequencer."""

    entry = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)


class Position(models.Model):
    """The gap-free place of an entry in its shard's log. Feeds page by it: ids are not in the order of commits."""

    entry = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    position = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "position"], name="journal_position_gapless")]


class Lease(models.Model):
    """Who runs a job that only one worker may run at a time (dispatcher, sequencer)."""

    name = models.CharField(primary_key=True, max_length=32)
    holder = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)


class Delivery(models.Model):
    """One entry for one handler. The lease token guards the transaction in which the handler writes."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        PARKED = "parked"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    entry = models.UUIDField()
    subject = models.UUIDField()
    number = models.PositiveIntegerField()
    handler = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "entry", "handler"], name="journal_delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], name="journal_delivery_due", condition=models.Q(state="waiting")),
            models.Index(
                fields=["shard", "subject", "handler", "number"],
                name="journal_delivery_order",
                condition=~models.Q(state="done"),
            ),
        ]


class Timer(models.Model):
    """What time alone makes happen: swept by index on due_at, then handed to the function that flow names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    subject = models.UUIDField()
    name = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "subject", "name"], name="journal_timer_once")]
        indexes = [models.Index(fields=["due_at"])]


class Counter(models.Model):
    """The last number taken from a register (case numbers of a service and day, 文号 of an organ and year)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    register = models.CharField(max_length=80)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "register"], name="journal_counter_register")]


class Once(models.Model):
    """An idempotency key: what the first request with it made, and the digest of what it said. Kept 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    account = models.UUIDField()
    route = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    said = models.CharField(max_length=64, blank=True)
    subject = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "account", "route", "key"], name="journal_once_key")]
        indexes = [models.Index(fields=["at"])]
