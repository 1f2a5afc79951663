"""Keys change without a value or a receipt being lost."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db.models import TextField
from django.db.models.functions import Cast

from tests.ledger.events import Opened
from tests.ledger.models import Sheet
from tests.make import NOW
from xiaoer.journal import queries, services
from xiaoer.journal.fields import UnknownKey, blind_index, key_name, seal, unseal
from xiaoer.journal.models import Personal
from xiaoer.journal.services import SYSTEM, New

NEW, SHARD = b"n" * 32, "360481000000"


def opened(owner: str = "张三") -> Sheet:
    return services.act([New(SHARD, Opened(title="三月", owner=owner))], by=SYSTEM, now=NOW)[0]


def stored(model: type, column: str) -> list[str]:
    return list(model.objects.annotate(raw=Cast(column, TextField())).order_by("pk").values_list("raw", flat=True))


def rotate(settings) -> None:
    settings.OLD_SEAL_KEYS = [settings.SEAL_KEY, *settings.OLD_SEAL_KEYS]
    settings.SEAL_KEY = NEW


def test_what_an_older_key_sealed_is_read_and_new_values_take_the_new_key(settings):
    old = seal("张三")
    rotate(settings)
    assert unseal(old) == "张三"
    assert seal("张三").startswith(key_name(NEW))
    settings.OLD_SEAL_KEYS = []
    with pytest.raises(UnknownKey):
        unseal(old)


def test_an_altered_value_is_refused():
    name, _, hidden = seal("张三").partition(".")
    with pytest.raises(InvalidTag):
        unseal(f"{name}.{'A' * len(hidden)}")


def test_an_index_outlives_the_seal_key(settings):
    before = blind_index("360481199005010316")
    rotate(settings)
    assert blind_index("360481199005010316") == before


@pytest.mark.django_db
def test_everything_is_sealed_anew_in_batches_and_says_the_same(settings):
    owners = [opened(f"人{number}").owner for number in range(5)]
    rotate(settings)
    assert list(services.reseal(Sheet, batch=2)) == [2, 4, 5]
    assert list(services.reseal(Personal, batch=10)) == [5]
    settings.OLD_SEAL_KEYS = []
    assert [sheet.owner for sheet in Sheet.objects.order_by("id")] == owners
    assert all(one.startswith(key_name(NEW)) for one in [*stored(Sheet, "owner"), *stored(Personal, "values")])
    assert not list(queries.differences("sheet"))


@pytest.mark.django_db
def test_who_begins_again_seals_only_what_is_left(settings):
    for _ in range(5):
        opened()
    rotate(settings)
    assert next(services.reseal(Sheet, batch=2)) == 2
    done = stored(Sheet, "owner")[:2]
    assert list(services.reseal(Sheet, batch=2)) == [2, 3]
    assert stored(Sheet, "owner")[:2] == done
    assert list(services.reseal(Sheet)) == []


@pytest.mark.django_db
def test_what_the_platform_wrote_meanwhile_is_kept(settings):
    sheet = opened()
    rotate(settings)
    rows = services.sealing._rows(Sheet, ["owner"], after=None, limit=9)
    Sheet.objects.filter(id=sheet.id).update(owner="李四")
    assert services.sealing._reseal_row(Sheet, rows[0], ["owner"]) == 0
    assert Sheet.objects.get(id=sheet.id).owner == "李四"


@pytest.mark.django_db
def test_a_receipt_stays_genuine_when_the_key_changes(settings):
    entry = queries.entries(shard=SHARD, subject=opened().id)[0]
    old, before = services.receipt(entry), services.public_key()
    settings.RECEIPT_KEY = NEW
    assert not services.genuine(old), "a key that is not published proves nothing"
    settings.OLD_RECEIPT_KEYS = [before]
    fresh = services.receipt(entry)
    assert services.genuine(old) and services.genuine(fresh)
    assert fresh["key"] == services.public_key() != old["key"]
    for forged in ({**old, "key": fresh["key"]}, {**old, "digest": "0" * 64}, {**old, "key": [before]}):
        assert not services.genuine(forged)
