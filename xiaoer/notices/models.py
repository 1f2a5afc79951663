"""Formal papers and messages to people."""

from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField


class Document(models.Model):
    """A formal paper (文书) on any subject. private: JSON text of the values that name or describe a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    subject = models.UUIDField()
    kind = models.CharField(max_length=32)
    number = models.CharField(max_length=80)
    code = models.CharField(max_length=20)
    organ_code = models.CharField(max_length=36)
    organ_name = models.CharField(max_length=100)
    template = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    private = SealedTextField()
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    certificate = models.CharField(max_length=64, blank=True)
    served_how = models.CharField(max_length=12, blank=True)
    served_on = models.DateField(null=True)
    served_to = SealedTextField()
    served_proof = SealedTextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "code"], name="notices_document_code")]
        indexes = [models.Index(fields=["shard", "subject"]), models.Index(fields=["digest"])]


class Message(models.Model):
    """A message to an account, in the shard of the account's person; without one for an officer who entered none.

    params: JSON text that fills the kind's words.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField()
    account = models.UUIDField()
    subject = models.UUIDField()
    kind = models.CharField(max_length=64)
    params = SealedTextField()
    link = models.CharField(max_length=300, blank=True)
    channels = models.JSONField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shard", "account", "id"])]


class Reading(models.Model):
    """That a message was read: not an act, so beside the message."""

    message = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12, blank=True)
    account = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shard", "account", "message"])]


class Preference(models.Model):
    """By which channels a person wants messages, beside the inbox. A setting of one's own, so not journalled.

    version: how often it was changed, so that two tabs do not overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=0)
    account = models.UUIDField()
    sms = models.BooleanField(default=True)
    email = models.BooleanField(default=False)
    address = SealedTextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "account"], name="notices_preference_once")]
