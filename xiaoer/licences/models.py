"""Licences, and in each holder's own shard which ones are his."""

from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField


class Licence(models.Model):
    """One edition of a licence (电子证照). content: JSON text of [label, value] pairs."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    subject = models.UUIDField()
    kind_code = models.CharField(max_length=21)
    kind_name = models.CharField(max_length=100)
    number = models.CharField(max_length=64)
    identifier = models.CharField(max_length=120)
    sequence = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()
    previous = models.UUIDField(null=True)
    code = models.CharField(max_length=20)
    issuer_code = models.CharField(max_length=18)
    issuer_name = models.CharField(max_length=100)
    holder_kind = models.CharField(max_length=8)
    holder_id = models.UUIDField()
    holder_shard = models.CharField(max_length=12)
    holder = SealedTextField()
    holder_code = SealedTextField()
    content = SealedTextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    successor = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)
    ended_law = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    certificate = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "code"], name="licences_licence_code"),
            models.UniqueConstraint(fields=["shard", "identifier"], name="licences_licence_identifier"),
        ]
        indexes = [
            models.Index(fields=["shard", "subject"]),
            models.Index(fields=["identifier"]),
            models.Index(fields=["number"]),
            models.Index(fields=["digest"]),
        ]


class Holding(models.Model):
    """That a holder has a licence: a row in the holder's own shard, filled from the journal (licence.issued)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    holder = models.UUIDField()
    licence = models.UUIDField()
    licence_shard = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "holder", "licence"], name="licences_holding_once"),
        ]
