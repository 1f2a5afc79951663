"""What is stored of applications and cases. The journalled columns are those of the states in rules."""

import json
from typing import Any

from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField


class SealedJSONField(SealedTextField):
    """JSON that is encrypted at rest."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value, expression, connection):  # type: ignore[no-untyped-def]
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else {}

    def get_prep_value(self, value):  # type: ignore[no-untyped-def]
        return super().get_prep_value(json.dumps(value, ensure_ascii=False, sort_keys=True) if value else "")


class Application(models.Model):
    """One submission by one applicant through one channel (申请). Its state is derived from its cases."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    applicant_kind = models.CharField(max_length=8)
    applicant = models.UUIDField()
    applicant_shard = models.CharField(max_length=12)
    account = models.UUIDField()
    agent = models.UUIDField(null=True)
    channel = models.CharField(max_length=16)
    bundle = models.UUIDField(null=True)
    region = models.CharField(max_length=12)
    answers = models.JSONField()
    personal_answers = SealedJSONField()
    applicant_name = SealedTextField()
    applicant_index = models.CharField(max_length=64, blank=True)
    delivery = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "number"], name="cases_application_number")]
        indexes = [
            models.Index(fields=["applicant", "-received_at"]),
            models.Index(fields=["shard", "applicant_index"]),
        ]


class Case(models.Model):
    """One service of an application, handled by one organ (办件)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    application = models.UUIDField()
    key = models.CharField(max_length=48)
    number = models.CharField(max_length=50)
    service = models.UUIDField()
    service_code = models.CharField(max_length=31)
    service_name = models.CharField(max_length=1000)
    procedure = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    organ = models.UUIDField()
    handled_by = models.UUIDField()
    plan = models.JSONField()
    clock = models.JSONField()
    state = models.CharField(max_length=16)
    received_on = models.DateField()
    outcome = models.CharField(max_length=16, blank=True)
    accepted_on = models.DateField(null=True)
    deemed = models.BooleanField()
    statutory_due_on = models.DateField(null=True)
    promised_due_on = models.DateField(null=True)
    delivery_due_on = models.DateField(null=True)
    running = models.CharField(max_length=12)
    provisional = models.BooleanField()
    supplement_until = models.DateField(null=True)
    gaps = models.JSONField()
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    hearing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "number"], name="cases_case_number"),
            models.UniqueConstraint(fields=["shard", "application", "key"], name="cases_case_key"),
        ]
        indexes = [
            models.Index(fields=["handled_by", "state", "received_on", "id"], name="cases_case_queue"),
            models.Index(fields=["shard", "received_on", "id"], name="cases_case_received"),
            models.Index(fields=["number"], name="cases_case_by_number"),
            models.Index(
                fields=["handled_by", "delivery_due_on", "id"], name="cases_case_delivery",
                condition=models.Q(state__in=["granted", "refused"], delivered_at=None),
            ),
        ]  # fmt: skip


class Step(models.Model):
    """One piece of work on a case, for one organ and skill (环节)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    case = models.UUIDField()
    application = models.UUIDField()
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    organ = models.UUIDField(null=True)
    skill = models.CharField(max_length=48, blank=True)
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8)
    due_on = models.DateField(null=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    opinion = models.TextField(blank=True)
    ready_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    # No foreign key and no column (docs/decisions/0004): only how a question joins the two.
    of_case = models.ForeignObject(
        Case, models.DO_NOTHING, from_fields=["shard", "case"], to_fields=["shard", "id"], related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "case", "key", "round"], name="cases_step_key")]
        indexes = [
            models.Index(
                fields=["organ", "due_on", "id"], name="cases_step_queue",
                condition=models.Q(state__in=["ready", "working"]),
            ),
            models.Index(fields=["shard", "application"], name="cases_step_application"),
        ]  # fmt: skip


class Requirement(models.Model):
    """One paper or datum needed, shared by all cases of the application that need it (材料要求)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    application = models.UUIDField()
    key = models.CharField(max_length=48)
    name = models.CharField(max_length=1000)
    cases = models.JSONField()
    way = models.CharField(max_length=16)
    file = models.UUIDField(null=True)
    reference = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=1, blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "application", "key"], name="cases_requirement_key")]
        indexes = [
            models.Index(
                fields=["shard", "file"], name="cases_requirement_file", condition=models.Q(file__isnull=False)
            )
        ]


class Bill(models.Model):
    """What a case costs at one moment (缴费单). Money in whole fen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    case = models.UUIDField()
    application = models.UUIDField()
    number = models.CharField(max_length=24)
    moment = models.CharField(max_length=12)
    items = models.JSONField()
    total_fen = models.PositiveBigIntegerField()
    due_on = models.DateField()
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=8)
    attempt = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=32, blank=True)
    begun_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    refund_fen = models.PositiveBigIntegerField()
    refunded_at = models.DateTimeField(null=True)
    proof = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    left_order = models.CharField(max_length=64, blank=True)
    left_channel = models.CharField(max_length=32, blank=True)
    surplus_fen = models.PositiveBigIntegerField()
    surplus_refunded_at = models.DateTimeField(null=True)
    surplus_proof = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "case", "moment"], name="cases_bill_moment"),
            models.UniqueConstraint(fields=["shard", "number"], name="cases_bill_number"),
        ]
        indexes = [models.Index(fields=["application", "state"], name="cases_bill_application")]


class Draft(models.Model):
    """What somebody is filling in: kept on the server, so that it can go on at another device. Not journalled.

    answers: question -> value that was read; typed: question -> what could not be read, as typed. papers: material ->
    {"file", "name", "size", "media_type"}. stamps: question -> version at which its answer last changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    account = models.UUIDField()
    kind = models.CharField(max_length=8)
    target = models.CharField(max_length=48)
    region = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    firm = models.UUIDField(null=True)
    answers = SealedJSONField()
    typed = SealedJSONField(default=dict)
    papers = SealedJSONField(default=dict)
    delivery = SealedJSONField(default=dict)
    stamps = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    submitted = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-updated_at"])]


class HeldFile(models.Model):
    """That a file may not be swept: a draft holds it (its papers are sealed), or an application once handed it in.

    holder: the draft, or the application whose paper was replaced by another since.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    holder = models.UUIDField()
    file = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "holder", "file"], name="cases_held_file_once")]
        indexes = [models.Index(fields=["shard", "file"], name="cases_held_file")]


class Note(models.Model):
    """An internal note on a case: seen by officers of the organs that work on it, never by the applicant."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    case = models.UUIDField()
    author = models.UUIDField()
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shard", "case", "at"])]


class Question(models.Model):
    """What the organ asks the applicant of a case, or the applicant the organ; no act on the case (提问)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    case = models.UUIDField()
    application = models.UUIDField()
    side = models.CharField(max_length=12)
    text = SealedTextField()
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    answer = SealedTextField(blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["shard", "application"], name="cases_question_of"),
            models.Index(
                fields=["side", "application", "case"], name="cases_question_open", condition=models.Q(state="open")
            ),
        ]
