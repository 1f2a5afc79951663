"""A step that is taken and left goes back to the queue after a working day (core.md, rows), and both sides learn it."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.make import NOW, race
from xiaoer.cases import services, timers
from xiaoer.cases.models import Note, Step
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry, Timer
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal

from . import make

REVIEWER = Actor(str(uuid4()))
SATURDAY = datetime.fromisoformat("2026-03-07T00:00:00+08:00")
"""The day after the working day that follows Thursday 5 March 2026."""


def claimed() -> Step:
    case = make.accepted()
    return services.claim(make.step(case, "review"), by=REVIEWER, now=NOW)


def fresh(step: Step) -> Step:
    return Step.objects.get(id=step.id)


def ring(step: Step, now: datetime) -> Step:
    """What the sweep does: the timer is gone when its alarm runs."""
    Timer.objects.filter(subject=step.id).delete()
    timers.lapse_claim(step.shard, step.id, now)
    return fresh(step)


def due_at(step: Step) -> datetime:
    return Timer.objects.get(subject=step.id, name=services.LAPSE_CLAIM).due_at


@pytest.mark.django_db
def test_a_claim_lapses_when_the_next_working_day_has_passed():
    step = claimed()
    assert due_at(step) == SATURDAY
    assert ring(step, SATURDAY - timedelta(seconds=1)).state == "working" and due_at(step) == SATURDAY
    lapsed = ring(step, SATURDAY)
    assert (lapsed.state, lapsed.claimed_by, lapsed.claimed_at) == ("ready", "", None)
    assert lapsed.due_on == step.due_on, "the step's own day does not move"
    assert not Timer.objects.filter(subject=step.id).exists()
    assert not list(journal.differences("step"))


@pytest.mark.django_db
def test_how_long_a_claim_lasts_is_a_setting(settings):
    settings.CLAIM_DAYS = 3
    assert due_at(claimed()) == datetime.fromisoformat("2026-03-11T00:00:00+08:00")


@pytest.mark.django_db
def test_who_lost_a_claim_may_take_the_step_again_and_so_may_others():
    step = ring(claimed(), SATURDAY)
    again = services.claim(step, by=make.REVIEWER, now=SATURDAY)
    assert again.claimed_by == make.REVIEWER.id and due_at(again) > SATURDAY
    with pytest.raises(Refusal, match="step_taken"):
        services.settle(again, outcome="granted", opinion="", by=REVIEWER, now=SATURDAY, calendar=make.calendar())


@pytest.mark.django_db
@pytest.mark.parametrize("work", ["note", "question"])
def test_notes_and_questions_are_work(work):
    step, friday = claimed(), NOW + timedelta(days=1)
    case = make.Case.objects.get(id=step.case)
    if work == "note":
        services.note(case, text="已电话联系", author=UUID(REVIEWER.id), now=friday)
    else:
        services.ask(case, side="officer", text="有后门吗", by=REVIEWER, now=friday)
    assert ring(step, SATURDAY).state == "working"
    assert due_at(step) == datetime.fromisoformat("2026-03-10T00:00:00+08:00")


@pytest.mark.django_db
def test_the_work_of_others_keeps_nobodys_claim():
    step = claimed()
    Note.objects.create(shard=step.shard, case=step.case, author=uuid4(), text="看看", at=NOW + timedelta(days=1))
    assert ring(step, SATURDAY).state == "ready"


@pytest.mark.django_db
def test_a_special_procedure_is_waited_for():
    step = claimed()
    case = make.Case.objects.get(id=step.case)
    services.suspend(case, ground="检验", days=5, by=REVIEWER, now=NOW, calendar=make.calendar())
    assert ring(step, SATURDAY).state == "working" and due_at(step) > SATURDAY


@pytest.mark.django_db
def test_what_was_settled_or_put_back_does_not_lapse():
    step = claimed()
    services.settle(step, outcome="granted", opinion="", by=REVIEWER, now=NOW, calendar=make.calendar())
    assert ring(step, SATURDAY).state == "settled"
    released = services.release(claimed(), by=REVIEWER, now=NOW)
    assert ring(released, SATURDAY).state == "ready" and not Entry.objects.filter(name="step.lapsed").exists()


def test_a_claim_that_lapses_while_it_is_settled_does_one_of_both(fresh_database):
    step, calendar = claimed(), make.calendar()
    seen = [fresh(step), fresh(step)]

    def act(place: int) -> str:
        try:
            if place:
                return services.lapse_claim(seen[1], now=SATURDAY).state
            return services.settle(
                seen[0], outcome="granted", opinion="", by=REVIEWER, now=SATURDAY, calendar=calendar
            ).state  # fmt: skip
        except Refusal as refused:
            return refused.key

    found = race(2, act)
    assert fresh(step).state in {"settled", "ready"} and set(found) <= {"settled", "ready", "stale", "step_not_in_hand"}
    assert Entry.objects.filter(subject=step.id, name__in=["step.settled", "step.lapsed"]).count() == 1
    assert not list(journal.differences("step"))
