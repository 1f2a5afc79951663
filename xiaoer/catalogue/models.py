"""Services and bundles with their versions: reference tables (scaleout.md rule 5), changed seldom, read always."""

from django.db import models
from uuid_utils.compat import uuid7

from .fields import DocumentField


class Line(models.Model):
    """What has versions: shard is the 12-digit region (or zeros: the region is not known yet)."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        ENDED = "ended"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=1000)
    organ = models.CharField(max_length=18, blank=True)
    organ_name = models.CharField(max_length=1000)
    region = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=9, choices=State.choices)

    class Meta:
        abstract = True


class Version(models.Model):
    """One version: a draft, or a frozen snapshot valid from (included) to (excluded)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    snapshot = DocumentField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=Line.State.choices)
    decided_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Service(Line):
    """A service (实施清单) of one organ: one row for each code."""

    code = models.CharField(max_length=31, unique=True)

    class Meta:
        indexes = [models.Index(fields=["region", "state", "code"]), models.Index(fields=["organ", "state", "code"])]


class ServiceVersion(Version):
    """One version of a service."""

    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="catalogue_service_number"),
            models.UniqueConstraint(
                fields=["service"], name="catalogue_service_draft", condition=models.Q(state="draft")
            ),
        ]


class Bundle(Line):
    """Several services behind one form (一件事), by key and region."""

    key = models.CharField(max_length=48)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="catalogue_bundle_key")]


class BundleVersion(Version):
    """One version of a bundle."""

    bundle = models.ForeignKey("catalogue.Bundle", models.PROTECT, related_name="versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bundle", "number"], name="catalogue_bundle_number"),
            models.UniqueConstraint(
                fields=["bundle"], name="catalogue_bundle_draft", condition=models.Q(state="draft")
            ),
        ]


class SearchName(models.Model):
    """A name under which services or bundles are offered, once however many organs offer it: what a search compares.

    Derived, like the two tables below, from what is published (services/search.py). id: of the folded name; phrases,
    initials: as rules/nearness.py compares them."""

    id = models.UUIDField(primary_key=True)
    phrases = models.TextField()
    initials = models.TextField()


class SearchToken(models.Model):
    """A mark (rules/tokens.py) under which a name is found. size: how many marks the name has."""

    pk = models.CompositePrimaryKey("token", "name")
    token = models.CharField(max_length=24)
    name = models.UUIDField()
    size = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["token", "name", "size"]), models.Index(fields=["name"])]


class SearchOffer(models.Model):
    """A published version as an offer of its name: where, and when it is in force. words: what it is called besides."""

    id = models.UUIDField(primary_key=True)
    line = models.UUIDField()
    is_bundle = models.BooleanField()
    name = models.UUIDField()
    region = models.CharField(max_length=12)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["name", "region", "id"]), models.Index(fields=["line"])]
