"""Who uses the platform: accounts (sign-in)."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from uuid_utils.compat import uuid7


class Account(AbstractUser):
    """A sign-in. Who the person is and what they may do stands in other tables."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
