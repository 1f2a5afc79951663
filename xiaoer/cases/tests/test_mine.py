"""My cases: who sees them, what is due first, mending papers, taking a case back, what happened meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.cases import queries, services
from xiaoer.cases.models import Application, Case, Draft, Requirement
from xiaoer.files import services as files
from xiaoer.journal import queries as journal
from xiaoer.journal.services import Actor
from xiaoer.network.models import Organ
from xiaoer.network.tests import make as network
from xiaoer.people.tests import make as persons

from . import make, make_desk, make_draft

pytestmark = pytest.mark.django_db
OFFICER = Actor("officer-1")


@pytest.fixture
def owner():
    return persons.person("王小明")


@pytest.fixture
def client(owner) -> Client:
    return signed_in(owner.account)


@pytest.fixture
def application(owner) -> Application:
    """The restaurant's four cases, handed in just now."""
    make_draft.offered()
    bundle = make_draft.bundle()
    draft = make_draft.fill(make_draft.started(bundle, owner), bundle)
    services.hand_in(draft, offered=bundle, applicant=make_draft.person_of(draft), seen=draft.version, now=NOW,
                     calendar=make.calendar())  # fmt: skip
    return Application.objects.get()


def case_of(key: str) -> Case:
    return Case.objects.get(key=key)


def notified(key: str = "food_licence") -> Case:
    reasons = {"layout_plan": "没有标出洗手池", "food_safety_rules": "缺一页"}
    gaps = [{"material": key, "reason": reason} for key, reason in reasons.items()]
    return services.notify(
        case_of(key), gaps=gaps, until=services.day_of(NOW) + timedelta(days=14), by=OFFICER, now=NOW,
        calendar=make.calendar(),
    )  # fmt: skip


def accepted(key: str) -> Case:
    case = case_of(key)
    return services.accept(case, organs=queries.organs_of(case), by=OFFICER, now=NOW, calendar=make.calendar())


def page(client: Client, name: str, *args: str, data: dict | None = None, follow: bool = False):
    url = reverse(f"cases:{name}", args=args)
    return client.get(url) if data is None else client.post(url, data, follow=follow)


def words(response) -> str:
    return response.content.decode()


def test_the_page_says_who_has_it_until_when_and_what_to_do(client, application):
    first = words(page(client, "application", application.number))
    assert "现在由 <strong>市监局</strong>、<strong>城管局</strong> 同时办" in first and "现在不用您做什么" in first
    assert "<strong>3月12日</strong> 答复是否受理" in first
    accepted("business_licence")
    notified()
    told = words(page(client, "application", application.number))
    assert "补正“食品经营许可" in told and "现在不用您做什么" not in told
    assert "<strong>3月19日（周四）</strong>" in told
    assert "期限日历" in told and "算第 1 天" in told


def test_who_waits_beyond_the_statutory_limit_reads_what_he_may_do(client, application, settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()
    accepted("food_licence")
    assert "行政复议" not in words(page(client, "application", application.number))
    settings.DAYS_AHEAD += 15  # Friday 20 March: ten working days ended on the 19th
    assert "六十日内向本级人民政府申请行政复议" in words(page(client, "application", application.number))
    client.cookies["django_language"] = "en"
    assert "ask the government of the same level" in words(page(client, "application", application.number))


def test_the_map_shows_each_case_as_a_line_and_what_waits_for_what(client, application):
    accepted("food_licence")
    response = page(client, "application", application.number)
    lines = {line.key: line for line in response.context["metro"].lines}
    assert lines["seal_filing"].after == "business_licence/decision"
    food = {station.key: station for station in lines["food_licence"].stations}
    assert (food["accept"].state, food["review"].state, food["decision"].state) == ("done", "working", "waiting")
    assert food["decision"].note == "等“营业执照”"


def test_what_only_concerns_the_organs_inside_is_not_told(client, application):
    case = accepted("food_licence")
    make.settled(case, "review", opinion="内部意见：复印件不清楚", by=OFFICER)
    told = words(page(client, "application", application.number))
    assert "“材料审查”办完了" in told and "内部意见" not in told and "接手" not in told


def test_an_opinion_that_was_sent_back_is_no_longer_told_nor_is_the_reason(client, application):
    case = accepted("food_licence")
    make.settled(case, "review", by=OFFICER)
    visit = services.claim(make.step(case, "visit"), by=OFFICER, now=NOW)
    services.send_back(
        visit, to="review", reason="内部意见：重新看图", by=OFFICER, now=NOW, calendar=make.calendar()
    )  # fmt: skip
    told = words(page(client, "application", application.number))
    assert "“材料审查”办完了" not in told and "内部意见" not in told
    make.settled(case, "review", by=OFFICER, now=NOW + timedelta(hours=1))
    assert "“材料审查”办完了" in words(page(client, "application", application.number))


def test_english_readers_read_english(client, application):
    accepted("food_licence")
    client.cookies["django_language"] = "en"
    for name in ("application", "received"):
        told = words(page(client, name, application.number))
        assert "Open a restaurant" in told and "Food business licence" in told
        assert "Ruichang Administration for Market Regulation" in told
    assert "Open a restaurant" in words(page(client, "mine"))


def test_the_page_after_submitting_stays_true_later(client, application):
    assert "备案交齐就算受理" in words(page(client, "received", application.number))
    for key in ("business_licence", "food_licence", "signboard"):
        accepted(key)
    later = words(page(client, "received", application.number))
    assert "到时不答复" not in later and "市监局已受理" in later


@pytest.mark.parametrize("name", ["application", "received"])
def test_nobody_else_sees_an_application(application, name):
    stranger = signed_in(persons.person("张三").account)
    assert page(stranger, name, application.number).status_code == 404
    assert page(Client(), name, application.number).status_code == 302


@pytest.mark.parametrize("name", ["supplement", "withdraw"])
def test_nobody_else_acts_on_a_case(application, name):
    stranger = signed_in(persons.person("张三").account)
    case = case_of("food_licence")
    assert page(stranger, name, case.number).status_code == 404
    assert page(stranger, name, case.number, data={"seen": case.version}).status_code == 404
    assert case_of("food_licence").state == "received"


def test_nobody_else_opens_a_draft_or_its_files(owner):
    make_draft.offered()
    bundle = make_draft.bundle()
    draft = make_draft.fill(make_draft.started(bundle, owner), bundle)
    stranger = signed_in(persons.person("张三").account)
    alone = ["draft", "papers", "delivery", "check", "discard", "who"]
    named = {"question": "has_licence", "paper": "layout_plan", "paper_file": "layout_plan"}
    for name, args in [*((name, []) for name in alone), *((name, [key]) for name, key in named.items())]:
        assert page(stranger, name, draft.id, *args).status_code == 404, name
        assert page(stranger, name, draft.id, *args, data={"declared": "on"}).status_code == 404, name
    assert page(signed_in(owner.account), "paper_file", draft.id, "layout_plan").status_code == 200
    assert Draft.objects.filter(submitted=None).count() == 1


def test_all_gaps_are_mended_and_the_case_is_handed_in_again(client, application):
    case = notified()
    shown = words(page(client, "supplement", case.number))
    assert "没有标出洗手池" in shown and "缺一页" in shown
    half = page(client, "supplement", case.number,
                data={"seen": case.version, "file-layout_plan": make_draft.picture(color="blue")})  # fmt: skip
    assert "还没有上传“食品安全规章制度目录清单”" in words(half) and "新的已收到" in words(half)
    assert case_of("food_licence").state == "supplementing"
    done = page(client, "supplement", case.number, follow=True,
                data={"seen": case.version, "file-food_safety_rules": make_draft.picture(color="red")})  # fmt: skip
    assert case_of("food_licence").state == "received" and "补正已提交" in words(done)
    assert {one.verdict for one in Requirement.objects.filter(key__in=["layout_plan", "food_safety_rules"])} == {""}
    assert list(journal.differences("requirement")) == []


def test_a_bad_file_keeps_the_good_one(client, application):
    case = notified()
    whole = make_draft.picture()
    broken = type(whole)("坏.jpg", whole.read()[:60], content_type="image/jpeg")
    good = make_draft.picture(color="blue")
    data = {"seen": case.version, "file-layout_plan": good, "file-food_safety_rules": broken}
    told = words(page(client, "supplement", case.number, data=data))
    assert "不完整或已损坏" in told and "新的已收到" in told
    assert case_of("food_licence").state == "supplementing"


def test_a_case_is_taken_back_after_saying_what_that_means(client, application):
    case = case_of("business_licence")
    asked = words(page(client, "withdraw", case.number))
    assert "在等它的结果" in asked and "食品经营许可" in asked
    page(client, "withdraw", case.number, data={"seen": case.version, "reason": "不开了"})
    case = case_of("business_licence")
    assert (case.state, case.reason) == ("withdrawn", "不开了")
    assert "现在不能撤回" in words(page(client, "withdraw", case.number))
    assert page(client, "withdraw", case.number, data={"seen": case.version}).status_code in {200, 409}
    assert list(journal.differences("case")) == []


def test_who_comes_second_is_told_what_happened_and_keeps_his_words(client, application):
    case = case_of("food_licence")
    seen = case.version
    accepted("food_licence")
    late = page(client, "withdraw", case.number, data={"seen": seen, "reason": "换地方开"})
    assert late.status_code == 409
    assert "就在刚才" in words(late) and "受理" in words(late) and "换地方开" in words(late)
    assert case_of("food_licence").state == "accepted"
    page(client, "withdraw", case.number, data={"seen": case_of("food_licence").version, "reason": "换地方开"})
    assert case_of("food_licence").state == "withdrawn"


def test_what_is_due_from_me_comes_first_however_old(client, owner):
    organ: Organ = network.organ()
    mine = {"applicant": owner.id, "account": owner.account_id, "applicant_shard": owner.shard}
    due = make.submitted(make.member(organ=organ.id), now=NOW - timedelta(days=2), title="要补正的", **mine)
    for place in range(queries.LISTED + 1):
        make.submitted(make.member(organ=organ.id), now=NOW + timedelta(minutes=place), **mine)
    services.notify(due.cases[0], gaps=[{"material": "layout", "reason": "看不清"}], by=OFFICER,
                    until=services.day_of(NOW) + timedelta(days=9), now=NOW, calendar=make.calendar())  # fmt: skip
    first = page(client, "mine")
    assert [card["number"] for card in first.context["due"]] == [due.application.number]
    assert len(first.context["running"]) == queries.LISTED
    older = client.get(reverse("cases:mine") + first.context["older_url"])
    assert len(older.context["running"] + older.context["due"]) == 2 and older.context["older_url"] == ""


@pytest.mark.parametrize("before", ["x", "2026-13-01", "2026-01-01T00:00:00"])
def test_a_cursor_that_nobody_gave_out_does_no_harm(client, owner, before):
    assert client.get(reverse("cases:mine"), {"before": before}).status_code in {200, 404}


def test_lists_and_pages_ask_the_database_a_fixed_number_of_times(client, application, django_assert_num_queries):
    accepted("food_licence")
    page(client, "mine")
    with django_assert_num_queries(13):
        page(client, "mine")
    with django_assert_num_queries(13):
        page(client, "application", application.number)


def test_my_own_paper_is_mine_alone(client, application):
    assert page(client, "own_paper", application.number, "layout_plan").status_code == 200
    assert page(client, "own_paper", application.number, "nothing").status_code == 404
    stranger = signed_in(persons.person("张三").account)
    assert page(stranger, "own_paper", application.number, "layout_plan").status_code == 404


def test_the_same_bytes_of_two_people_are_stored_once_and_seen_by_each_alone(owner):
    by = Actor(str(owner.account_id))
    one = files.store(make_draft.picture(), shard=make.SHARD, by=by, now=NOW)
    two = files.store(make_draft.picture(), shard=make.SHARD, by=OFFICER, now=NOW)
    assert one.id == two.id
