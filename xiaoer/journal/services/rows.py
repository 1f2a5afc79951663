"""Insert many rows of one table in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import models


def insert(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Insert rows of model; nothing for an empty list."""
    if rows:
        model._default_manager.bulk_create(rows)
