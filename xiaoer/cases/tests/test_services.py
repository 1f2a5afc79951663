"""Lives of cases: received, told, accepted, worked on in parallel, decided, delivered."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.make import NOW, race
from xiaoer.cases import rules, services
from xiaoer.cases.models import Application, Case, Step
from xiaoer.journal import queries as journal
from xiaoer.journal.models import Entry, Timer
from xiaoer.kernel.refusal import Refusal

from . import make

SHANGHAI = ZoneInfo("Asia/Shanghai")
KINDS = ("application", "case", "step", "requirement")


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def no_differences() -> None:
    assert [found for kind in KINDS for found in journal.differences(kind)] == []


@pytest.mark.django_db
def test_a_submission_is_received_at_once_with_numbers_clocks_and_papers():
    received = make.submitted()
    case = received.cases[0]
    assert received.application.number.startswith("36048120260305")
    assert case.number == make.CODES["food"] + "202603050001"
    assert (case.state, case.running, case.received_on) == ("received", "waiting", date(2026, 3, 5))
    assert make.papers(received.application.id)["layout"].grade == "C"
    assert Timer.objects.get().due_at == at(3, 13, 0), "five working days after Thursday 5 March end on the 12th"
    no_differences()


@pytest.mark.django_db
def test_numbers_count_up_in_a_service_and_day():
    first, second = make.submitted().cases[0], make.submitted().cases[0]
    assert (first.number[-4:], second.number[-4:]) == ("0001", "0002")
    assert make.submitted(now=NOW + timedelta(days=1)).cases[0].number[-12:] == "202603060001"


@pytest.mark.django_db
def test_the_same_key_gives_the_same_application_back():
    form = make.submission()
    first = services.submit(form, by=make.APPLICANT, now=NOW, calendar=make.calendar(), key="k")
    again = services.submit(form, by=make.APPLICANT, now=NOW, calendar=make.calendar(), key="k")
    assert again.again and not first.again and again.application.id == first.application.id
    assert Application.objects.count() == Case.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("shard", [make.SHARD, "360482000000"], ids=["here", "in another county"])
def test_a_key_is_refused_with_something_else(shard):
    known = {"account": make.MARKET, "account_shard": make.SHARD}
    services.submit(make.submission(**known), by=make.APPLICANT, now=NOW, calendar=make.calendar(), key="k", said="a")
    other = make.submission(**known, shard=shard, region=shard)
    with pytest.raises(Refusal) as refused:
        services.submit(other, by=make.APPLICANT, now=NOW, calendar=make.calendar(), key="k", said="b")
    assert refused.value.key == "key_reused"
    assert Application.objects.count() == Case.objects.count() == 1


def test_applications_of_one_county_at_once_have_numbers_of_their_own(fresh_database):
    calendar = make.calendar()

    def hand_in(place: int) -> list[str]:
        made = [services.submit(make.submission(), by=make.APPLICANT, now=NOW, calendar=calendar, key=f"k{place}-{one}")
                for one in range(10)]  # fmt: skip
        return [number for one in made for number in (one.application.number, one.cases[0].number)]

    numbers = [number for found in race(8, hand_in) for number in found]
    assert len(set(numbers)) == 160 and Application.objects.count() == Case.objects.count() == 80
    no_differences()


def test_of_eight_clicks_on_submit_one_makes_an_application_and_all_learn_its_number(fresh_database):
    form, calendar = make.submission(), make.calendar()

    def click(_: int) -> str:
        received = services.submit(form, by=make.APPLICANT, now=NOW, calendar=calendar, key="k")
        return received.application.number

    assert len(set(race(8, click))) == 1
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_the_worked_case_of_the_law_gives_the_dates_counted_by_hand():
    """core.md: 12 Feb received and notified, 13 Feb supplemented and accepted, suspended 25 Feb to 3 Mar."""
    case = make.submitted(now=at(2, 12)).cases[0]
    calendar = make.calendar()
    gaps = [{"material": "health", "reason": "请上传从业人员健康证明"}]
    services.notify(case, gaps=gaps, until=date(2026, 2, 28), by=make.CLERK, now=at(2, 12), calendar=calendar)
    services.supplement(case, by=make.APPLICANT, now=at(2, 13), calendar=calendar)
    make.accepted(case, now=at(2, 13))
    make.settled(case, "review", now=at(2, 24))
    case = make.fresh(case)
    services.suspend(case, ground="专家评审", days=5, by=make.REVIEWER, now=at(2, 25), calendar=calendar)
    assert (case.promised_due_on, case.running) == (None, "suspended")
    services.resume(case, by=make.REVIEWER, now=at(3, 3), calendar=calendar)
    assert (case.promised_due_on, case.statutory_due_on) == (date(2026, 3, 10), date(2026, 3, 26))
    make.settled(case, "visit", now=at(3, 6))
    case = services.grant(make.fresh(case), by=make.APPROVER, now=at(3, 10), calendar=calendar)
    assert (case.state, case.delivery_due_on, case.running) == ("granted", date(2026, 3, 24), "stopped")
    no_differences()


@pytest.mark.django_db
def test_silence_accepts_the_case_as_of_the_day_of_receipt():
    """core.md: received 10 Feb; not yet on 24 Feb, accepted on 25 Feb; limits 20 and 8 end 16 March and 27 February."""
    case = make.submitted(now=at(2, 10)).cases[0]
    assert Timer.objects.get().due_at == at(2, 25, 0)
    with pytest.raises(Refusal):
        services.deem(case, organs={}, now=at(2, 24, 23), calendar=make.calendar())
    case = services.deem(make.fresh(case), organs={}, now=at(2, 25), calendar=make.calendar())
    assert (case.state, case.deemed, case.accepted_on) == ("accepted", True, date(2026, 2, 10))
    assert case.statutory_due_on == date(2026, 3, 16)
    assert case.promised_due_on == date(2026, 2, 27)
    assert make.step(case, "review").state == "ready" and not Timer.objects.exists()
    no_differences()


@pytest.mark.django_db
def test_all_gaps_are_told_once_and_never_again():
    case = make.submitted().cases[0]
    gaps = [{"material": "health", "reason": "缺少健康证明"}]
    services.notify(case, gaps=gaps, until=date(2026, 3, 20), by=make.CLERK, now=NOW, calendar=make.calendar())
    assert make.papers(case.application)["health"].verdict == "gap"
    assert Timer.objects.get().name == rules.LAPSE
    paper = services.provide(make.papers(case.application)["health"], way="upload", by=make.APPLICANT, now=NOW)
    assert paper.verdict == ""
    services.supplement(case, by=make.APPLICANT, now=NOW, calendar=make.calendar())
    with pytest.raises(Refusal) as refused:
        services.notify(case, gaps=gaps, until=date(2026, 3, 20), by=make.CLERK, now=NOW, calendar=make.calendar())
    assert refused.value.key == "clock.second_notify"
    assert make.fresh(case).state == "received"


@pytest.mark.django_db
@pytest.mark.parametrize("gaps", [[], [{"material": "health", "reason": " "}]])
def test_a_notice_needs_a_gap_and_says_how_to_mend_it(gaps):
    case = make.submitted().cases[0]
    with pytest.raises(Refusal) as refused:
        services.notify(case, gaps=gaps, until=date(2026, 3, 20), by=make.CLERK, now=NOW, calendar=make.calendar())
    assert refused.value.key == "gaps_needed"


@pytest.mark.django_db
def test_an_unanswered_notice_lapses_after_its_last_day_and_not_on_it():
    case = make.submitted().cases[0]
    gaps = [{"material": "health", "reason": "缺少健康证明"}]
    services.notify(case, gaps=gaps, until=date(2026, 3, 20), by=make.CLERK, now=NOW, calendar=make.calendar())
    with pytest.raises(Refusal):
        services.lapse(make.fresh(case), now=at(3, 20, 23), calendar=make.calendar())
    case = services.lapse(make.fresh(case), now=at(3, 21), calendar=make.calendar())
    assert (case.state, case.outcome) == ("lapsed", "lapsed")
    no_differences()


@pytest.mark.django_db
def test_departments_work_at_the_same_instant_and_the_decision_waits_for_the_business_licence():
    cases = make.restaurant()
    calendar = make.calendar()
    assert cases["seal"].state == "waiting", "a filing that needs another case's result waits for it"
    for key in ("licence", "food", "sign"):
        make.accepted(cases[key])
    make.settled(cases["food"], "review")
    make.settled(cases["food"], "visit")
    assert make.step(cases["food"], "decision").state == "waiting"
    with pytest.raises(Refusal) as refused:
        services.grant(make.fresh(cases["food"]), by=make.APPROVER, now=NOW, calendar=calendar)
    assert refused.value.key == "decision_waits"
    granted = services.grant(make.fresh(cases["licence"]), by=make.APPROVER, now=NOW, calendar=calendar)
    assert services.inform(granted, now=NOW, calendar=calendar) == 2
    assert make.step(cases["food"], "decision").state == "ready"
    assert make.step(cases["seal"], "decision").state == "ready"
    for key in ("food", "seal", "sign"):
        services.grant(make.fresh(cases[key]), by=make.APPROVER, now=NOW, calendar=calendar)
    assert set(Case.objects.values_list("state", flat=True)) == {"granted"}
    assert services.inform(granted, now=NOW, calendar=calendar) == 0, "told once"
    no_differences()


@pytest.mark.django_db
def test_a_refused_predecessor_leaves_the_decision_unreached_and_the_case_can_be_refused():
    cases = make.restaurant()
    make.accepted(cases["licence"])
    make.accepted(cases["food"])
    refused = services.refuse(
        make.fresh(cases["licence"]), reason="名称不符合规定", by=make.APPROVER, now=NOW, calendar=make.calendar()
    )
    services.inform(refused, now=NOW, calendar=make.calendar())
    assert make.step(cases["food"], "decision").outcome == "unreached"
    case = services.refuse(
        make.fresh(cases["food"]), reason="没有取得营业执照", by=make.APPROVER, now=NOW, calendar=make.calendar()
    )
    assert (case.state, case.outcome) == ("refused", "refused")
    assert Step.objects.filter(case=case.id, key="review").get().state == "void"
    no_differences()


@pytest.mark.django_db
def test_who_reviewed_alone_may_not_decide():
    case = make.accepted()
    make.settled(case, "review", by=make.APPROVER)
    make.settled(case, "visit", by=make.APPROVER)
    with pytest.raises(Refusal) as refused:
        services.grant(make.fresh(case), by=make.APPROVER, now=NOW, calendar=make.calendar())
    assert refused.value.key == "sole_reviewer"
    services.grant(make.fresh(case), by=make.REVIEWER, now=NOW, calendar=make.calendar())


@pytest.mark.django_db
def test_a_negative_opinion_needs_reasons_and_a_refusal_too():
    case = make.accepted()
    step = services.claim(make.step(case, "review"), by=make.REVIEWER, now=NOW)
    with pytest.raises(Refusal):
        services.settle(step, outcome="refused", opinion="", by=make.REVIEWER, now=NOW, calendar=make.calendar())
    with pytest.raises(Refusal):
        services.refuse(make.fresh(case), reason="", by=make.APPROVER, now=NOW, calendar=make.calendar())


def test_two_departments_that_take_their_first_steps_at_one_instant_both_win(fresh_database):
    plan = {**make.REVIEWED, "nodes": [
        {"key": "a", "kind": "review"}, {"key": "b", "kind": "review"},
        {"key": "decision", "kind": "decision", "after": {"all_of": [{"ok": "a"}, {"ok": "b"}]}},
    ]}  # fmt: skip
    case = make.accepted(make.submitted(make.member(plan=plan)).cases[0])
    calendar = make.calendar()
    steps = [make.step(case, "a"), make.step(case, "b")]
    taken = race(2, lambda place: services.claim(steps[place], by=make.REVIEWER, now=NOW))
    assert [one.state for one in taken] == ["working", "working"]
    assert make.fresh(case).state == "handling"

    race(2, lambda place: services.settle(
        taken[place], outcome="granted", opinion="", by=make.REVIEWER, now=NOW, calendar=calendar))  # fmt: skip
    services.advance(make.fresh(case), now=NOW, calendar=calendar)
    assert make.step(case, "decision").state == "ready"
    no_differences()


def test_eight_clerks_press_accept_at_once_one_acts_and_seven_are_told(fresh_database):
    case = make.submitted().cases[0]
    calendar = make.calendar()

    def press(_: int) -> str:
        try:
            services.accept(make.fresh(case), organs={}, by=make.CLERK, now=NOW, calendar=calendar, seen=1)
            return "accepted"
        except Refusal as refused:
            return refused.key

    assert sorted(race(8, press)) == ["accepted"] + ["stale"] * 7
    assert Entry.objects.filter(name="case.accepted").count() == 1


@pytest.mark.django_db
def test_withdrawing_voids_what_was_open_and_takes_the_timers_away():
    case = make.submitted().cases[0]
    case = services.withdraw(case, by=make.APPLICANT, now=NOW, calendar=make.calendar(), reason="不办了")
    assert (case.state, case.outcome, case.running) == ("withdrawn", "withdrawn", "stopped")
    assert not Timer.objects.exists()
    accepted = make.accepted()
    services.withdraw(accepted, by=make.APPLICANT, now=NOW, calendar=make.calendar())
    assert set(Step.objects.filter(case=accepted.id).values_list("state", flat=True)) == {"void"}
    no_differences()


@pytest.mark.django_db
def test_a_result_is_delivered_once():
    case = make.accepted(make.submitted(make.member(plan=make.DECIDED)).cases[0])
    case = services.grant(case, by=make.APPROVER, now=NOW, calendar=make.calendar())
    case = services.deliver(case, way="post", proof="EMS 1", by=make.CLERK, now=NOW, calendar=make.calendar())
    assert case.delivered_at == NOW
    with pytest.raises(Refusal) as refused:
        services.deliver(make.fresh(case), way="post", by=make.CLERK, now=NOW, calendar=make.calendar())
    assert refused.value.key == "delivered_already"


@pytest.mark.django_db
def test_an_extension_moves_the_statutory_date_only_and_comes_once():
    case = make.accepted()
    promised = case.promised_due_on
    services.extend(case, days=10, reason="需要核实", by=make.APPROVER, now=NOW, calendar=make.calendar())
    assert case.promised_due_on == promised and case.statutory_due_on == date(2026, 4, 17)
    with pytest.raises(Refusal) as refused:
        services.extend(case, days=1, reason="再次", by=make.APPROVER, now=NOW, calendar=make.calendar())
    assert refused.value.key == "clock.second_extend"


@pytest.mark.django_db
def test_every_state_of_every_procedure_can_be_reached_and_final_ones_have_no_way_out():
    for procedure in rules.PROCEDURES.values():
        assert procedure.table.faults() == [], procedure.name
