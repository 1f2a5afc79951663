"""When a result has reached its applicant: opened where it was to come electronically, else as the organ records it."""

import pytest

from tests.make import NOW
from xiaoer.cases import queries, services
from xiaoer.journal.queries import differences

from . import make

pytestmark = pytest.mark.django_db


def decided(way):
    case = make.accepted(make.submitted(delivery={"way": way}).cases[0])
    return services.refuse(case, reason="不符", by=make.APPROVER, now=NOW, calendar=make.calendar())


def sentences(case):
    return [line.zh for line in queries.told_of(case, [])]


def test_opening_an_electronic_result_is_its_delivery_once():
    case = decided("electronic")
    assert services.note_opened(case, by=make.APPLICANT, now=NOW)
    assert not services.note_opened(case, by=make.APPLICANT, now=NOW)  # a page that was made before
    assert not services.note_opened(make.fresh(case), by=make.APPLICANT, now=NOW)
    assert make.fresh(case).delivered_at == NOW
    said = [one for one in sentences(case) if one.startswith("送达")]
    assert said == ["送达（网上送达） 2026-03-05T10:00:00+08:00"]
    assert list(differences("case")) == []


@pytest.mark.parametrize("way", ["post", "counter"])
def test_opening_a_copy_of_what_comes_otherwise_delivers_nothing(way):
    case = decided(way)
    assert not services.note_opened(case, by=make.APPLICANT, now=NOW)
    assert make.fresh(case).delivered_at is None


def test_nothing_is_delivered_before_a_decision():
    case = make.accepted(make.submitted(delivery={"way": "electronic"}).cases[0])
    assert not services.note_opened(case, by=make.APPLICANT, now=NOW)


def test_the_applicant_reads_the_tracking_number():
    case = decided("post")
    services.deliver(case, way="post", proof="EMS 1234", by=make.CLERK, now=NOW, calendar=make.calendar())
    assert "送达（邮寄） EMS 1234" in sentences(case)
