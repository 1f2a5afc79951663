"""A prepared question answers as the ORM would, and asks the ORM once."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import CharField, DateField, Q, UUIDField

from xiaoer.database.prepared import Given, Prepared, PreparedList, PreparedUnion
from xiaoer.network.models import Organ
from xiaoer.network.tests import make as network
from xiaoer.people.models import Person, Post
from xiaoer.people.tests import make

pytestmark = pytest.mark.django_db
HELD = Q(valid_from__lte=Given("on", DateField())) & (
    Q(valid_to=None) | Q(valid_to__gt=Given("on", DateField()))
)  # fmt: skip
COLUMNS = ("id", "organ__path", "services", "valid_from", "valid_to")


def posts_of(account, on):
    held = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    return list(Post.objects.filter(held, account=account).order_by("id").values_list(*COLUMNS))


def test_it_answers_as_the_orm_would_with_other_values_each_time(django_assert_num_queries):
    asked = []

    def ask():
        asked.append(1)
        return Post.objects.filter(HELD, account=Given("account", UUIDField())).order_by("id").values_list(*COLUMNS)

    posts, organ = Prepared(ask), network.organ()
    one, other = make.officer("clerk", organ), make.officer("head", organ)
    make.post(one, "approver", organ, services=["A", "B"], valid_from=date(2030, 1, 1))
    for account, on in ((one, make.TODAY), (other, make.TODAY), (one, date(2031, 1, 1)), (one, date(2000, 1, 1))):
        with django_assert_num_queries(1):
            rows = posts.rows(account=account.id, on=on)
        assert rows == posts_of(account.id, on)
    assert len(asked) == 1


def test_sealed_values_come_back_plain():
    person = make.person("王小明")
    names = Prepared(lambda: Person.objects.filter(id=Given("id", UUIDField())).values_list("name", "phone"))
    assert names.rows(id=person.id) == [("王小明", person.phone)]


def test_a_value_that_is_lacking_is_an_error():
    names = Prepared(lambda: Person.objects.filter(shard=Given("shard", CharField())).values_list("name"))
    with pytest.raises(KeyError):
        names.rows(id="360481000000")


def test_a_list_is_asked_for_as_the_orm_would_whatever_its_length(django_assert_num_queries):
    people = [make.person(name) for name in ("王小明", "张三", "李四")]
    held = Q(shard=Given("shard", CharField()))
    names = PreparedList(lambda ids: Person.objects.filter(held, id__in=ids).values_list("id", "name"), UUIDField())
    for wanted in (people, people[:1], people[1:], people):
        with django_assert_num_queries(1):
            rows = names.rows({one.id for one in wanted}, shard=people[0].shard)
        assert dict(rows) == {one.id: one.name for one in wanted}
    assert names.rows(set(), shard=people[0].shard) == []


def test_questions_about_several_lists_are_asked_as_one(django_assert_num_queries):
    people, organs = [make.person(name) for name in ("王小明", "张三")], [network.organ("甲局"), network.organ("乙局")]
    held = Q(shard=Given("shard", CharField()))
    known = PreparedUnion(
        PreparedList(lambda ids: Person.objects.filter(held, id__in=ids).values_list("id", "version"), UUIDField()),
        PreparedList(lambda codes: Organ.objects.filter(uscc__in=codes).values_list("id", "version"), CharField()),
    )
    for some, codes in ((people, organs), (people[:1], organs), (people, []), ([], organs[1:])):
        asked = known.about([one.id for one in some], [one.uscc for one in codes])
        for shard, found in ((people[0].shard, some), ("no such county", [])):
            with django_assert_num_queries(1):
                rows = asked.rows(shard=shard)
            assert sorted(rows) == sorted((one.id, one.version) for one in [*found, *codes])
    with pytest.raises(ValueError, match="nothing"):
        known.about([], [], shard=people[0].shard)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go away")
def test_a_connection_that_its_server_has_closed_is_not_used_again():
    kept = connection.copy()
    kept.connect()
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert kept.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [kept.connection.info.backend_pid])
    assert not kept.is_usable()
    kept.close()
