"""What is stored of invitations and ratings. The journalled columns are those of the states in rules."""

from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField


class Invitation(models.Model):
    """One case whose service may be rated, once (评价邀请)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    case = models.UUIDField()
    number = models.CharField(max_length=50)
    service_code = models.CharField(max_length=31)
    service_name = models.CharField(max_length=1000)
    organ = models.UUIDField()
    account = models.UUIDField()
    received_by = models.CharField(max_length=64, blank=True)
    worked = models.JSONField()
    expires_on = models.DateField()
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "case"], name="evaluation_invited_once")]
        indexes = [
            models.Index(fields=["account", "expires_on"], name="evaluation_open", condition=models.Q(state="open")),
            models.Index(fields=["service_code", "state"], name="evaluation_invited"),
        ]


class Rating(models.Model):
    """What somebody said about one service (评价)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    invitation = models.UUIDField()
    case = models.UUIDField()
    service_code = models.CharField(max_length=31)
    organ = models.UUIDField()
    level = models.PositiveSmallIntegerField()
    reasons = models.JSONField()
    words = SealedTextField(blank=True)
    staff = models.CharField(max_length=64, blank=True)
    staff_level = models.PositiveSmallIntegerField(null=True)
    channel = models.CharField(max_length=16)
    rater = models.CharField(max_length=64)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "case"], name="evaluation_rated_once")]
        indexes = [
            models.Index(fields=["service_code", "level"], name="evaluation_levels"),
            models.Index(fields=["service_code", "-id"], name="evaluation_newest"),
            models.Index(fields=["organ", "-id"], name="evaluation_of_organ"),
        ]
