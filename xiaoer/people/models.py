"""Who uses the platform: accounts (sign-in), persons, firms, mandates, posts."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from uuid_utils.compat import uuid7

from xiaoer.journal.fields import SealedTextField, blind_index


class Accounts(BaseUserManager["Account"]):
    """Makes accounts: with a password, or with none that could be used."""

    def create_user(self, username: str, password: str | None = None, **values: Any) -> "Account":
        account = self.model(username=username, **values)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, username: str, password: str | None = None, **values: Any) -> "Account":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **values)


class Account(AbstractBaseUser, PermissionsMixin):
    """账号: a sign-in. Not journalled: sign-ins and codes leave no entry. On Citus a table of the coordinator.

    home: the shard that holds the account's person. phone_index: by which a phone number is found.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60, blank=True)
    phone = SealedTextField(blank=True)
    phone_index = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - many accounts without one
    phone_verified = models.BooleanField(default=False)
    home = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, default="zh-hans", choices=settings.LANGUAGES)
    type_size = models.CharField(max_length=8, default="standard")
    password_expired = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = Accounts()
    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def set_phone(self, phone: str, *, verified: bool) -> None:
        """Keep a phone number (E.164) sealed; the caller saves.

        Only a verified number is indexed: whoever merely typed a number must not keep its owner from registering.
        """
        self.phone, self.phone_verified = phone, verified
        self.phone_index = blind_index(phone) or None if verified else None


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in, or begins to. On Citus a table of the coordinator, as accounts are."""

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")


class CacheRow(models.Model):
    """The table of Django's database cache: rate limits and codes in flight, seen by every process. Not for Citus."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_cache"


class Journalled(models.Model):
    """What every journalled row here has: its place and the number of its last entry in the journal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shard = models.CharField(max_length=12)
    version = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Person(Journalled):
    """自然人. Name, number and phone are sealed; id_index finds a number within its shard."""

    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    name = SealedTextField()
    id_kind = models.CharField(max_length=20)
    id_number = SealedTextField()
    id_index = models.CharField(max_length=64, blank=True)
    phone = SealedTextField(blank=True)
    assurance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "id_kind", "id_index"], name="people_person_id", condition=~models.Q(id_index="")
            ),
            models.UniqueConstraint(fields=["shard", "account"], name="people_person_account"),
        ]


class Recipient(Journalled):
    """收件人: one line of a person's address book, in the person's shard. What was removed has no values any more."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = SealedTextField(blank=True)
    phone = SealedTextField(blank=True)
    address = SealedTextField(blank=True)
    gone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["shard", "person"], name="people_recipient_of", condition=models.Q(gone=False))]


class Firm(Journalled):
    """企业 (or another organisation with a unified social credit code). Its shard is where it is registered."""

    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18)
    kind = models.CharField(max_length=16)
    legal_rep_id = models.UUIDField(null=True)
    legal_rep_shard = models.CharField(max_length=12, blank=True)
    assurance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "uscc"], name="people_firm_uscc")]

    def __str__(self) -> str:
        return self.name


class Mandate(Journalled):
    """授权: a person acts for a firm, in all services or some. It lies in the person's shard."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    firm_id = models.UUIDField()
    firm_shard = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    services = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    granted_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["shard", "person"]), models.Index(fields=["firm_id"])]


class Post(Journalled):
    """岗位: account × role × organ × region × services (empty for all), in a period [valid_from, valid_to)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    role = models.CharField(max_length=20)
    organ = models.ForeignKey("network.Organ", on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    services = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "valid_to"]), models.Index(fields=["organ", "valid_to"])]


class FactorReset(Journalled):
    """重置第二步验证: one administrator asks, another one decides. outcome: empty while open, done or refused."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    organ = models.ForeignKey("network.Organ", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shard", "account"], name="people_reset_open", condition=models.Q(outcome="")
            )
        ]
