"""The pages of the desk: queues with filters and pages, several acceptances at once, search, papers, keys."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from xiaoer.cases import queries, rules, services
from xiaoer.cases.models import Case
from xiaoer.files.tests import make as files
from xiaoer.journal import edge
from xiaoer.people import queries as people_queries
from xiaoer.people.tests import make as people

from . import make, make_desk

pytestmark = pytest.mark.django_db
QUEUE = "/desk/"


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()
    cache.clear()


@pytest.fixture
def desk():
    return make_desk.desk()


def case_page(case):
    return reverse("cases:desk_case", args=[case.number])


def test_intake_says_how_long_there_is_and_when_silence_will_accept(desk):
    make_desk.received(desk)
    text = desk.client("clerk").get(QUEUE).content.decode()
    assert "剩 5 天" in text and "3月12日过后自动受理" in text and "王**" in text and "王小二" not in text


def test_a_queue_is_narrowed_in_the_address_and_each_condition_can_be_taken_away(desk):
    first, second = make_desk.accepted(desk, kind="immediate"), make_desk.accepted(desk)
    client = desk.client("reviewer")
    client.post(reverse("cases:desk_step", args=[first.number, make.step(first, "review").id, "claim"]), {"seen": 1})

    def numbers(query):
        text = client.get(f"{QUEUE}?queue=steps&{query}").content.decode()
        return [case.number for case in (first, second) if case_page(case) in text]

    assert numbers("") == [first.number, second.number]
    assert numbers("who=mine") == numbers("kind=immediate") == [first.number]
    assert numbers("who=unclaimed") == [second.number]
    assert numbers(f"service={first.service_code}") == [first.number, second.number]
    assert numbers("service=X") == numbers("due=late") == []
    assert numbers("due=week") == [first.number, second.number]
    text = client.get(f"{QUEUE}?queue=steps&who=mine&kind=immediate").content.decode()
    assert 'href="?queue=steps&amp;kind=immediate"' in text and "谁的: 我接手的" in text


def test_a_queue_of_more_than_a_page_goes_on_and_its_count_stops_at_fifty(desk, monkeypatch):
    monkeypatch.setattr(queries.queues, "PAGE", 2)
    monkeypatch.setattr(queries, "PAGE", 2)
    cases = [make_desk.received(desk) for _ in range(5)]
    client = desk.client("clerk")
    officer = people_queries.officer(desk.accounts["clerk"], on=make_desk.DAY)
    assert queries.queue_count(officer, "intake", on=make_desk.DAY) == 3
    seen, url = [], f"{QUEUE}?queue=intake"
    rows = queries.queue(officer, "intake", on=make_desk.DAY, limit=2)
    seen += [row.case.id for row in rows]
    while len(rows) == 2:
        cursor = queries.write_cursor(rows[-1].cursor)
        assert queries.read_cursor(cursor) == rows[-1].cursor
        rows = queries.queue(officer, "intake", on=make_desk.DAY, after=queries.read_cursor(cursor), limit=2)
        seen += [row.case.id for row in rows]
    assert seen == [case.id for case in cases]
    assert "2+" in client.get(url).content.decode()


def test_a_wrong_cursor_or_queue_is_the_beginning(desk):
    make_desk.received(desk)
    client = desk.client("clerk")
    for query in ("after=nonsense", "queue=nothing", "after=2026-13-01_x"):
        assert "食品经营许可" in client.get(f"{QUEUE}?{query}").content.decode()


def test_posts_for_some_services_see_those_only(desk):
    case = make_desk.accepted(desk)
    sees = people.officer("reviewer", desk.organ, services=[case.service_code])
    blind = people.officer("reviewer", desk.organ, services=["X"])
    assert case_page(case) in make_desk.signed_in(sees).get(QUEUE).content.decode()
    assert case_page(case) not in make_desk.signed_in(blind).get(QUEUE).content.decode()


def test_several_cases_are_accepted_after_a_look_and_each_result_is_told(desk):
    first, second, third = (make_desk.received(desk) for _ in range(3))
    foreign = make_desk.received(make_desk.desk("别的局"))
    url, client = reverse("cases:desk_accept"), desk.client("clerk")
    typed = {"case": [first.number, second.number, foreign.number]}
    typed |= {f"seen-{case.number}": 1 for case in (first, second, foreign)}
    preview = client.post(url, typed).content.decode()
    assert "下面 2 件会在今天受理" in preview and third.number not in preview
    assert Case.objects.filter(state="accepted").count() == 0
    services.withdraw(second, by=make.APPLICANT, now=edge.now(), calendar=make.calendar())
    done = client.post(url, {**typed, "confirm": "1"}).content.decode()
    assert done.count("已受理") == 1 and done.count("没有受理") == 2
    assert list(Case.objects.filter(state="accepted")) == [first]
    assert "还没有选" in client.post(url, {}).content.decode()


def test_a_case_is_found_by_number_by_name_and_by_document_within_reach(desk):
    person = people.person("王小二")
    case = make_desk.received(desk)
    other = make.submitted(
        make.member(organ=desk.organ.id), applicant=person.id, applicant_name=person.name, now=edge.now()
    )
    client, url = desk.client("clerk"), reverse("cases:desk_find")
    assert case.number in client.post(url, {"number": f" {case.number} "}).content.decode()
    assert other.cases[0].number in client.post(url, {"number": other.application.number}).content.decode()
    by_name = client.post(url, {"name": "王小二"}).content.decode()
    assert case.number in by_name and other.cases[0].number in by_name
    by_document = client.post(url, {"document": person.id_number.lower()}).content.decode()
    assert other.cases[0].number in by_document and case.number not in by_document
    assert "没有找到" in client.post(url, {"name": "王小"}).content.decode()
    assert client.post(url, {}).status_code == 422
    stranger = make_desk.desk("别的局").client("clerk")
    for typed in ({"number": case.number}, {"name": "王小二"}, {"document": person.id_number}):
        assert case.number not in stranger.post(url, typed).content.decode().replace(f'value="{case.number}"', "")


def test_searching_too_often_is_slowed_down(desk, settings):
    settings.LIMITS = {**settings.LIMITS, "find_case": 2}
    client, url = desk.client("clerk"), reverse("cases:desk_find")
    assert [client.post(url, {"name": "王小二"}).status_code for _ in range(3)] == [200, 200, 422]
    assert desk.client("reviewer").post(url, {"name": "王小二"}).status_code == 200


def test_a_paper_is_shown_to_who_may_see_the_case(desk):
    case = make_desk.received(desk)
    url = reverse("cases:desk_paper", args=[case.number, "layout"])
    shown = desk.client("clerk").get(url)
    assert b"".join(shown.streaming_content) == files.pdf() and shown["Content-Disposition"].startswith("inline")
    assert url in desk.client("clerk").get(case_page(case)).content.decode()
    assert make_desk.desk("别的局").client("clerk").get(url).status_code == 404
    assert desk.client("clerk").get(reverse("cases:desk_paper", args=[case.number, "health"])).status_code == 404


def test_every_button_is_an_act_that_the_rules_allow_with_its_key(desk):
    case = make_desk.decidable(desk)
    for role in make_desk.ROLES:
        client = desk.client(role)
        text = client.get(case_page(case)).content.decode()
        officer = people_queries.officer(desk.accounts[role], on=make_desk.DAY)
        file = queries.case_for_officer(officer, case.number)
        allowed = {act.name for act in queries.acts_for(file, on=make_desk.DAY)} - {"begin"}
        offered = {name for name in rules.ACTS if f'href="{case_page(case)}{name}/?' in text}
        assert offered == allowed
        for name in allowed:
            assert f'data-key="{rules.ACTS[name].key}"' in text


def test_the_page_of_keys_tells_every_key_and_turns_them_off(desk):
    client, url = desk.client("clerk"), reverse("cases:desk_keys")
    text = client.get(url).content.decode()
    for act in [*rules.ACTS.values(), *rules.STEP_ACTS.values()]:
        assert not act.key or f"<kbd>{act.key.upper()}</kbd>" in text
    assert 'data-keys="on"' in text
    client.post(url, {"keys": "off"})
    assert 'data-keys="off"' in client.get(url).content.decode()


def test_keys_of_acts_are_all_different():
    keys = [act.key for act in [*rules.ACTS.values(), *rules.STEP_ACTS.values()] if act.key]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & {"j", "k", "w", "o", "[", "]", "?", "+", "-", "="}


def test_the_case_tells_its_map_its_calendar_and_its_story(desk):
    case = make_desk.decidable(desk)
    text = desk.client("approver").get(case_page(case)).content.decode()
    for words in (
        "材料审查：办完：通过",
        "reviewer甲",
        "行政许可法 32(5)",
        "期限日历",
        "承诺到期",
        "法定到期",
    ):
        assert words in text
    assert "环节就绪" not in text


def test_htmx_gets_the_form_alone(desk):
    case = make_desk.received(desk)
    url = reverse("cases:desk_act", args=[case.number, "accept"])
    answer = desk.client("clerk").get(url, headers={"hx-request": "true"})
    assert answer.content.decode().strip().startswith("<section") and "承诺最晚" in answer.content.decode()


def test_the_notice_can_be_read_before_it_goes_out(desk):
    case = make_desk.received(desk)
    url = reverse("cases:desk_act", args=[case.number, "notify"])
    typed = {"seen": 1, "gap_health": "请上传健康证明", "until": "20260326", "preview": "1"}
    text = desk.client("clerk").post(url, typed).content.decode()
    assert "补正告知书会这样写" in text and "2026年3月26日" in text
    assert Case.objects.get().state == "received"


def test_the_last_day_is_proposed_from_the_setting(desk, settings):
    case = make_desk.received(desk)
    url = reverse("cases:desk_act", args=[case.number, "notify"])
    assert 'value="2026-03-26"' in desk.client("clerk").get(url).content.decode()
    settings.SUPPLEMENT_DAYS = 1
    assert 'value="2026-03-06"' in desk.client("clerk").get(url).content.decode()


def test_the_applicant_and_nobody_get_no_desk(desk):
    case = make_desk.received(desk)
    citizen = make_desk.signed_in(people.account())
    for url in (QUEUE, case_page(case), reverse("cases:desk_find")):
        assert citizen.get(url).status_code == 404


def test_late_work_is_told_in_words(desk, settings):
    make_desk.accepted(desk)
    settings.DAYS_AHEAD += 14
    text = desk.client("reviewer").get(QUEUE).content.decode()
    assert "超 7 天" in text
    assert edge.today() == make_desk.DAY + timedelta(days=14)


def test_a_version_without_end_is_no_version(desk):
    case = make_desk.received(desk)
    said = {"case": case.number, f"seen-{case.number}": "9" * 5000, "confirm": "yes"}
    assert desk.client("clerk").post("/desk/accept/", said).status_code == 200
    assert make.fresh(case).state == "received"
