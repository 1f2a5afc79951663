from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField


class Sheet(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=50)
    owner = SealedTextField()
    total = models.IntegerField()
    closed = models.BooleanField()

    class Meta:
        app_label = "ledger"


class Echo(models.Model):
    """What a handler wrote: one row for each delivery, so that a doubled one shows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    entry = models.UUIDField()
    subject = models.UUIDField()
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "ledger"
