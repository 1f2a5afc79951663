"""Stored bytes, each once, and what they are attached to."""

from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField


class StoredFile(models.Model):
    """Bytes known by their digest, stored once in a shard. A fact about bytes, so not journalled: attachments are.

    stored_at: when somebody stored them last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    stored_by = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "digest"], name="files_stored_once")]

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.shard}/{self.digest[:2]}/{self.digest}"


class Attachment(models.Model):
    """A file on any subject (material of a case, rendered paper, proof of service)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    subject = models.UUIDField()
    kind = models.CharField(max_length=64)
    title = SealedTextField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shard", "subject"])]
