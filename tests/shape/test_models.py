"""What keeps the way to a distributed database open (docs/decisions/0004): asserted by looking at the models."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

# Changed seldom, the same on every node: unique without shard. Model -> reason.
REFERENCE = {
    "network.Region": "codes of the divisions",
    "network.Organ": "who answers in law",
    "network.Zone": "territories",
    "network.Hall": "places",
    "network.Window": "places",
    "network.CalendarNotice": "publications of days",
    "catalogue.Service": "the catalogue",
    "catalogue.ServiceVersion": "the catalogue",
    "catalogue.Bundle": "the catalogue",
    "catalogue.BundleVersion": "the catalogue",
    "catalogue.SearchName": "derived from what is published, keyed by the digest of a name",
    "catalogue.SearchToken": "derived from what is published, keyed by mark and name",
    "catalogue.SearchOffer": "derived from what is published, keyed by version",
    "people.Post": "who works where",
}
# Neither: these stay on one node. Model -> reason.
ON_ONE_NODE = {
    "people.Account": "sign-ins: found by name or phone before any shard is known",
    "people.Session": "who is signed in: found by the cookie alone",
    "journal.Lease": "one row for each job that only one worker may run",
    "people.CacheRow": "the table of Django's database cache: rate limits and codes in flight",
}
# Keyed by text that others chose.
KEYED_BY_TEXT = {"catalogue.SearchToken", "journal.Lease", "people.CacheRow", "people.Session"}
# Rows that belong to one other row carry its id as theirs.
NAMED_BY_ANOTHER = {
    "journal.Personal": "entry",
    "journal.Pending": "entry",
    "journal.Unsequenced": "entry",
    "journal.Position": "entry",
    "notices.Reading": "message",
}
# Foreign keys between rows that grow, which are made in one shard. Field -> reason.
IN_ONE_SHARD = {
    "people.Mandate.person": "a mandate lies in the person's shard",
    "people.Recipient.person": "an address book lies in the person's shard",
    "files.Attachment.file": "bytes are stored once in each shard",
    "licences.Licence.file": "a licence's bytes are stored in its shard",
    "notices.Document.file": "a paper's bytes are stored in its shard",
}


def ours() -> list[type[models.Model]]:
    names = {name for name in settings.APPS if name.startswith("xiaoer.")}
    return [model for config in apps.get_app_configs() if config.name in names for model in config.get_models()]


def label(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"


def growing() -> list[type[models.Model]]:
    return [model for model in ours() if label(model) not in REFERENCE | ON_ONE_NODE]


def unique_sets(model: type[models.Model]) -> list[tuple[str, ...]]:
    """Return the fields of every unique constraint but the primary key's."""
    found = [tuple(one.fields) for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    found += [tuple(names) for names in model._meta.unique_together]
    return found + [(field.name,) for field in model._meta.local_fields if field.unique and not field.primary_key]


@pytest.mark.parametrize("model", growing(), ids=label)
def test_a_table_that_grows_has_a_shard_that_is_never_null(model):
    shard = model._meta.get_field("shard")
    assert isinstance(shard, models.CharField)
    assert (shard.max_length, shard.null) == (12, False)


@pytest.mark.parametrize("model", growing(), ids=label)
def test_its_unique_constraints_start_with_the_shard(model):
    assert [fields for fields in unique_sets(model) if fields[0] != "shard"] == []


@pytest.mark.parametrize("model", [model for model in ours() if label(model) not in KEYED_BY_TEXT], ids=label)
def test_a_primary_key_is_a_uuid_made_by_the_program(model):
    key = model._meta.pk
    assert isinstance(key, models.UUIDField)
    assert key.name == NAMED_BY_ANOTHER.get(label(model), "id")


@pytest.mark.parametrize("model", growing(), ids=label)
def test_foreign_keys_stay_in_one_shard(model):
    for field in model._meta.local_fields:
        if not isinstance(field, models.ForeignKey) or not field.db_constraint:
            continue
        known = f"{label(model)}.{field.name}" in IN_ONE_SHARD
        assert known or label(field.related_model) in REFERENCE, f"{label(model)}.{field.name}"


@pytest.mark.parametrize("model", ours(), ids=label)
def test_nothing_points_anywhere_at_all(model):
    assert [field.name for field in model._meta.private_fields] == []
    assert [
        field.name for field in model._meta.local_many_to_many if field.name not in {"groups", "user_permissions"}
    ] == []


def test_the_lists_name_models_that_exist():
    known = {label(model) for model in ours()}
    assert set(REFERENCE) | set(ON_ONE_NODE) | set(NAMED_BY_ANOTHER) <= known
    assert {name.rpartition(".")[0] for name in IN_ONE_SHARD} <= known
