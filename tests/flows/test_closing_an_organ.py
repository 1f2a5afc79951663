"""An organ is closed only when somebody takes over all that it holds; whoever waits for it loses nothing."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from tests.make import NOW
from xiaoer.cases import queries as cases_seen
from xiaoer.cases.models import Case, Step
from xiaoer.cases.tests import make as cases
from xiaoer.catalogue.models import Service
from xiaoer.catalogue.tests import make as catalogue
from xiaoer.journal import queries as journal
from xiaoer.journal.services import SYSTEM
from xiaoer.kernel.refusal import Refusal, sentence
from xiaoer.network import queries, services
from xiaoer.network.models import Hall, Organ, Zone
from xiaoer.network.tests import make as network
from xiaoer.people import queries as people_seen
from xiaoer.people.models import Post
from xiaoer.people.tests import make as people

TODAY = people.TODAY
pytestmark = pytest.mark.django_db


def close(organ: Organ, successor: Organ | None, *, on: date = TODAY, **more) -> Organ:
    return services.close_organ(organ, on=on, successor=successor, by=SYSTEM, now=NOW, **more)


def full_organ() -> tuple[Organ, Case]:
    """An organ with a running case and its steps, a post, a hall, a zone, a branch and a service."""
    organ = network.organ(uscc=catalogue.said("food_licence").organ)
    case = cases.accepted(cases.submitted(cases.member(organ=organ.id)).cases[0])
    network.hall(organ)
    network.zone(organ)
    network.organ("码头分局江边工作站", parent=network.organ("瑞昌市行政审批局码头分局", parent=organ))
    people.officer("approver", organ)
    catalogue.published("food_licence")
    return organ, case


def test_what_an_organ_holds_keeps_it_open_and_is_told_with_numbers():
    organ, _ = full_organ()
    with pytest.raises(Refusal) as refused:
        close(organ, None)
    told = sentence(refused.value)
    for word in ("下级机关 2", "大厅 1", "开发区 1", "岗位 ", "事项 ", "在办件 1", "没办完的环节"):
        assert word in told
    assert "cases: 1" in sentence(refused.value, language="en")
    organ.refresh_from_db()
    assert organ.valid_to is None and Hall.objects.get().organ_id == organ.id


def test_all_passes_to_the_successor_in_one_transaction_and_nobody_loses_a_day():
    organ, case = full_organ()
    heir = network.organ("瑞昌市数据局")
    before = Case.objects.get(id=case.id)
    assert services.held_by(heir) == []
    close(organ, heir)
    after = Case.objects.get(id=case.id)
    assert after.handled_by == heir.id and after.organ == organ.id
    assert (after.state, after.clock, after.statutory_due_on) == (before.state, before.clock, before.statutory_due_on)
    assert not Step.objects.filter(organ=organ.id, state__in=["waiting", "ready", "working"]).exists()
    assert {one.organ_id for one in (*Hall.objects.all(), *Zone.objects.all())} == {heir.id}
    assert Service.objects.get().organ == heir.uscc
    assert [one.path.count("/") for one in queries.branch(heir.path)] == [1, 2, 3]
    assert services.held_by(Organ.objects.get(id=organ.id)) == []
    kinds = ("organ", "hall", "zone", "post", "case", "step", "service")
    assert [kind for kind in kinds if list(journal.differences(kind))] == []


def test_officers_work_on_in_the_successor_from_the_same_day():
    organ = network.organ()
    heir = network.organ("瑞昌市数据局")
    clerk, both = people.officer("clerk", organ, services=["A"]), people.officer("approver", organ)
    people.post(both, "approver", heir)
    close(organ, heir)
    assert [(one.organ_id, one.role, one.services) for one in people_seen.posts_of(clerk.id, on=TODAY)] == [
        (heir.id, "clerk", ["A"])
    ]
    assert [one.organ_id for one in people_seen.posts_of(both.id, on=TODAY)] == [heir.id]
    assert [one.organ_id for one in people_seen.posts_of(clerk.id, on=TODAY - timedelta(days=1))] == [organ.id]
    assert Post.objects.filter(organ=organ.id, valid_to=None).count() == 0


def test_the_successors_officers_find_the_cases_in_their_queue():
    organ, case = full_organ()
    heir = network.organ("瑞昌市数据局")
    officer = people_seen.officer(people.officer("approver", heir), on=TODAY)
    assert cases_seen.queue(officer, "steps", on=TODAY) == []
    close(organ, heir)
    assert {row.case.id for row in cases_seen.queue(officer, "steps", on=TODAY)} == {case.id}


def test_who_answers_now_is_found_through_a_chain_of_successors(django_assert_num_queries):
    first, second, third = (network.organ(name) for name in ("甲局", "乙局", "丙局"))
    close(first, second)
    close(second, third)
    codes = {first.uscc, second.uscc, third.uscc}
    with django_assert_num_queries(3):
        assert set(queries.answering(codes).values()) == {third.id}
    with django_assert_num_queries(1):
        assert queries.answering({third.uscc}) == {third.uscc: third.id}
    close(third, None)
    assert queries.answering(codes) == {}


@pytest.mark.parametrize(
    ("on", "heir", "key"),
    [
        (TODAY + timedelta(days=1), "other", "organ_early"),
        (date(2020, 1, 1), "other", "organ_period"),
        (TODAY, "below", "organ_successor"),
        (TODAY, "self", "organ_successor"),
        (TODAY, "closed", "organ_successor"),
    ],
)
def test_a_closing_that_cannot_be_is_refused(on, heir, key):
    organ, other = network.organ(), network.organ("瑞昌市数据局")
    closed = close(network.organ("旧局"), None)
    heirs = {"other": other, "below": network.organ("分局", parent=organ), "self": organ, "closed": closed}
    with pytest.raises(Refusal) as refused:
        close(organ, heirs[heir], on=on)
    assert refused.value.key == key and sentence(refused.value, language="en")
    organ.refresh_from_db()
    assert organ.valid_to is None


def test_of_two_who_close_it_the_second_is_told():
    organ = network.organ()
    close(organ, None, seen=1)
    with pytest.raises(Refusal) as refused:
        close(Organ.objects.get(id=organ.id), None)
    assert refused.value.key == "organ_closed"


def test_every_holding_in_the_settings_is_there_and_named_in_both_languages():
    found = [import_string(name) for name in settings.ORGAN_HOLDINGS]
    assert list(services.holdings()) == found
    assert len({one.zh for one in found}) == len({one.en for one in found}) == len(found)
