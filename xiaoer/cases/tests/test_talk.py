"""Questions between organ and applicant: who may ask, what a question never does, what each side sees."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.make import NOW
from xiaoer.cases import queries, rules, services
from xiaoer.cases.models import Question
from xiaoer.journal import edge
from xiaoer.journal.models import Entry
from xiaoer.journal.queries import differences
from xiaoer.kernel.refusal import Refusal
from xiaoer.people.tests import make as people

from . import make, make_desk

pytestmark = pytest.mark.django_db


def asked(case, side=rules.OFFICER, text="门店有没有后门？", by=make.REVIEWER):
    return services.ask(case, side=side, text=text, by=by, now=NOW)


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as found:
        act(*args, **kwargs)
    return found.value.key


def test_a_question_moves_neither_state_nor_clock_and_replays_clean():
    case = make.accepted()
    before = vars(make.fresh(case)).copy()
    question = asked(case)
    services.answer(question, text=" 有 ", by=make.APPLICANT, now=NOW)
    after = vars(make.fresh(case)).copy()
    assert {name: after[name] for name in after if name != "_state"} == {
        name: before[name] for name in before if name != "_state"
    }
    kept = Question.objects.get()
    assert (kept.state, kept.answer, kept.answered_by) == ("answered", "有", make.APPLICANT.id)
    assert list(differences("question")) == []


def test_what_was_said_is_nowhere_in_the_clear():
    question = asked(make.accepted(), text="您的病历号是多少")
    services.answer(question, text="病历七七八八", by=make.APPLICANT, now=NOW)
    stored = str(list(Entry.objects.filter(subject=question.id).values()))
    assert "病历" not in stored


def test_answering_twice_or_after_it_was_taken_back_is_refused():
    case = make.accepted()
    first, second = asked(case), asked(case, text="几个人？")
    services.answer(first, text="有", by=make.APPLICANT, now=NOW)
    services.take_back(second, by=make.REVIEWER, now=NOW)
    for one in Question.objects.all():
        assert refused(services.answer, one, text="又", by=make.APPLICANT, now=NOW) == "question_closed"
        assert refused(services.take_back, one, by=make.REVIEWER, now=NOW) == "question_closed"
    assert refused(services.answer, first, text="又", by=make.APPLICANT, now=NOW, seen=1) == "stale"


def test_the_same_question_twice_is_one_and_open_ones_are_few():
    case = make.accepted()
    assert asked(case) == asked(case)
    for number in range(4):
        asked(case, text=f"第{number}问")
    assert refused(asked, case, text="再问") == "questions_many"
    asked(case, side=rules.APPLICANT, text="何时踏勘？", by=make.APPLICANT)
    assert Question.objects.count() == 6


@pytest.mark.parametrize(("text", "key"), [("  ", "question_empty"), ("字" * 1001, "question_long")])
def test_what_is_no_question_is_refused(text, key):
    assert refused(asked, make.accepted(), text=text) == key


def test_an_organ_asks_no_more_when_the_case_is_closed_but_answers_still():
    case = make.accepted()
    open_one, own = asked(case), asked(case, side=rules.APPLICANT, by=make.APPLICANT)
    case = services.refuse(case, reason="不符", by=make.APPROVER, now=NOW, calendar=make.calendar())
    assert refused(asked, case, text="还有吗") == "question_too_late"
    assert refused(services.answer, open_one, text="有", by=make.APPLICANT, now=NOW) == "question_too_late"
    assert services.answer(own, text="见决定书", by=make.APPROVER, now=NOW).state == "answered"


@pytest.fixture
def place(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()
    return make_desk.desk()


def owned(place, person):
    received = make.submitted(
        make.member(service_name="食品经营许可", organ=place.organ.id), applicant=person.id, account=person.account_id,
        applicant_shard=person.shard, now=edge.now(),
    )  # fmt: skip
    return services.accept(received.cases[0], organs={}, by=make.CLERK, now=edge.now(), calendar=make.calendar())


def client_of(person):
    client = Client()
    client.force_login(person.account)
    return client


def application_url(case):
    return reverse("cases:application", args=[services_application(case).number])


def services_application(case):
    return queries.served(shard=case.shard, identity=case.id).application


def test_the_desk_asks_and_the_applicant_answers_on_his_page(place):
    person = people.person("王小二")
    case = owned(place, person)
    desk, mine = place.client("reviewer"), client_of(person)
    desk_url = reverse("cases:desk_case", args=[case.number])
    assert 'data-key="q"' in desk.get(desk_url).content.decode()
    alone = desk.get(reverse("cases:desk_ask", args=[case.number]), headers={"hx-request": "true"}).content.decode()
    assert "想问申请人什么" in alone and "<html" not in alone
    empty = desk.post(reverse("cases:desk_ask", args=[case.number]), {"text": " "})
    assert empty.status_code == 422 and "请先写要问的内容" in empty.content.decode()
    desk.post(reverse("cases:desk_ask", args=[case.number]), {"text": "门店有没有后门？"})
    question = Question.objects.get()
    page = mine.get(application_url(case)).content.decode()
    answer_url = reverse("cases:answer", args=[case.number, question.id])
    assert "门店有没有后门？" in page and f'action="{answer_url}"' in page and "期限照常计算" in page
    assert "想问您" in mine.get(reverse("cases:mine")).content.decode()
    assert "去回答" in mine.get("/").content.decode()
    assert "请先写回答" in mine.post(answer_url, {"text": ""}).content.decode()
    mine.post(answer_url, {"text": "有一个后门", "seen": question.version})
    again = mine.post(answer_url, {"text": "没有后门", "seen": question.version})
    assert again.status_code == 409 and "没有后门" in again.content.decode() and "有一个后门" in again.content.decode()
    assert "有一个后门" in desk.get(desk_url).content.decode()
    assert "想问您" not in mine.get(reverse("cases:mine")).content.decode()


def test_the_applicant_asks_and_the_desk_answers_from_its_queue(place):
    person = people.person("王小二")
    case = owned(place, person)
    desk, mine = place.client("reviewer"), client_of(person)
    assert "问部门" in mine.get(application_url(case)).content.decode()
    mine.post(reverse("cases:ask", args=[case.number]), {"text": "什么时候来踏勘？"})
    question = Question.objects.get()
    assert case.number in desk.get(reverse("cases:desk") + "?queue=asked").content.decode()
    page = desk.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert "什么时候来踏勘？" in page and "发出回答" in page
    url = reverse("cases:desk_answer", args=[case.number, question.id])
    desk.post(url, {"text": "周五上午", "seen": question.version})
    late = desk.post(url, {"text": "改在下午两点", "seen": question.version})
    assert late.status_code == 409 and "改在下午两点" in late.content.decode()
    page = mine.get(application_url(case)).content.decode()
    assert "周五上午" in page and "改在下午两点" not in page
    assert case.number not in desk.get(reverse("cases:desk") + "?queue=asked").content.decode().split("<tbody")[-1]


def test_each_side_takes_back_only_its_own(place):
    person = people.person("王小二")
    case = owned(place, person)
    desk, mine, stranger = place.client("reviewer"), client_of(person), client_of(people.person("张三"))
    organ = asked(case)
    own = asked(case, side=rules.APPLICANT, text="可以快点吗", by=make.APPLICANT)
    assert mine.post(reverse("cases:take_back", args=[case.number, organ.id])).status_code == 404
    assert desk.post(reverse("cases:desk_take_back", args=[case.number, own.id])).status_code == 404
    assert mine.post(reverse("cases:answer", args=[case.number, own.id]), {"text": "自问自答"}).status_code == 404
    for one in ("take_back", "answer"):
        assert stranger.post(reverse(f"cases:{one}", args=[case.number, organ.id])).status_code == 404
    assert stranger.post(reverse("cases:ask", args=[case.number]), {"text": "?"}).status_code == 404
    mine.post(reverse("cases:take_back", args=[case.number, own.id]))
    desk.post(reverse("cases:desk_take_back", args=[case.number, organ.id]))
    assert set(Question.objects.values_list("state", flat=True)) == {"withdrawn"}
    page = mine.get(application_url(case)).content.decode()
    assert "门店有没有后门" not in page and "可以快点吗" in page


def test_who_only_reads_the_case_asks_nothing(place):
    case = make_desk.accepted(place)
    head = place.client("head")
    assert 'data-key="q"' not in head.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert head.post(reverse("cases:desk_ask", args=[case.number]), {"text": "?"}).status_code == 404
    assert not Question.objects.exists()


def test_the_pages_speak_english(place):
    person = people.person("王小二")
    case = owned(place, person)
    asked(case)
    mine = client_of(person)
    mine.cookies["django_language"] = "en"
    page = mine.get(application_url(case)).content.decode()
    assert "has a question for you" in page and "Questions and answers" in page
