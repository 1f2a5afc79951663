"""Seal values anew with the present key, in batches, while the platform runs.

A batch is one transaction, and what is sealed with the present key is passed over: whoever is killed begins again.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Cast

from ..fields import SealedTextField, key_name, seal, sealed_before, unseal

BATCH = 500
RAW = "raw_"


def sealed_models() -> dict[type[models.Model], list[str]]:
    """Return every model that has sealed columns, with their names."""
    found = {
        model: [field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        for model in apps.get_models()
    }
    return {model: names for model, names in found.items() if names}


def reseal(model: type[models.Model], *, batch: int = BATCH) -> Iterator[int]:
    """Seal a model's values with the present key; give after each batch how many were sealed so far."""
    names, done, last = sealed_models()[model], 0, None
    while rows := _rows(model, names, after=last, limit=batch):
        with transaction.atomic():
            done += sum(_reseal_row(model, row, names) for row in rows)
        last = rows[-1]["pk"]
        yield done


def _raw(model: type[models.Model], names: list[str]) -> models.QuerySet[Any]:
    """Return rows that have each sealed column as it is stored as well."""
    stored = {RAW + name: Cast(name, models.TextField()) for name in names}
    return model._base_manager.annotate(**stored)


def _rows(model: type[models.Model], names: list[str], *, after: Any, limit: int) -> list[dict[str, Any]]:
    """Return the next rows that hold a value of another key, by primary key."""
    due = Q()
    for name in names:
        due |= ~Q(**{f"{RAW + name}__startswith": f"{key_name(settings.SEAL_KEY)}."}) & ~Q(**{RAW + name: ""})
    found = _raw(model, names).filter(due)
    if after is not None:
        found = found.filter(pk__gt=after)
    return list(found.order_by("pk").values("pk", *(RAW + name for name in names))[:limit])


def _reseal_row(model: type[models.Model], row: dict[str, Any], names: list[str]) -> int:
    """Seal one row's values anew where they are still what was read; what the platform wrote meanwhile has its key."""
    done = 0
    for name in names:
        stored = row[RAW + name]
        if stored and sealed_before(stored):
            fresh = Value(seal(unseal(stored)), output_field=models.TextField())
            done += _raw(model, names).filter(pk=row["pk"], **{RAW + name: stored}).update(**{name: fresh})
    return done
