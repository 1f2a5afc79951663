"""Files with questions and answers: both sides send and read them, nobody else, and what may not be sent is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.make import NOW
from tests.roles import signed_in
from xiaoer.cases import queries, services
from xiaoer.cases.models import Question
from xiaoer.files.tests import make as files
from xiaoer.journal import edge
from xiaoer.journal.queries import differences
from xiaoer.kernel.refusal import Refusal
from xiaoer.people.tests import make as people

from . import make, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.DAYS_AHEAD = make_desk.days_ahead()


@pytest.fixture
def desk():
    return make_desk.desk()


@pytest.fixture
def owner():
    return people.person("王小明")


@pytest.fixture
def case(desk, owner):
    received = make.submitted(
        make.member(organ=desk.organ.id), applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard,
        now=edge.now(),
    )  # fmt: skip
    return make.accepted(received.cases[0], now=edge.now())


def upload(name="平面图.png", content=None):
    return SimpleUploadedFile(name, files.picture("PNG") if content is None else content, "image/png")


def names(question, kind):
    return [one.title for one in queries.papers_of([question]).get((question.id, kind), [])]


def test_the_organ_asks_with_a_file_and_is_answered_with_one(desk, owner, case):
    clerk, client = desk.client("clerk"), signed_in(owner.account)
    posted = {"text": "请看图上的后门", "file": upload()}
    assert clerk.post(reverse("cases:desk_ask", args=[case.number]), posted).status_code == 302
    question = Question.objects.get()
    assert names(question, "question") == ["平面图.png"]
    answer = reverse("cases:answer", args=[case.number, question.id])
    page = client.get(answer).content.decode()
    assert "平面图.png" in page and 'enctype="multipart/form-data"' in page
    assert client.post(answer, {"text": "见附件", "file": upload("后门.png"), "seen": 1}).status_code == 302
    assert names(Question.objects.get(), "answer") == ["后门.png"]
    shown = clerk.get(reverse("cases:desk_case", args=[case.number])).content.decode()
    assert "平面图.png" in shown and "后门.png" in shown
    assert not [found for kind in ("question", "attachment") for found in differences(kind)]


def test_both_sides_read_a_file_and_nobody_else(desk, owner, case):
    question = services.ask(
        case, side="applicant", text="这样行吗", by=make.APPLICANT, now=NOW,
        attached=[services.Attached(files.stored(), "样图.png")],
    )  # fmt: skip
    paper = queries.papers_of([question])[question.id, "question"][0]
    mine = reverse("cases:question_paper", args=[case.number, paper.id])
    at_desk = reverse("cases:desk_question_paper", args=[case.number, paper.id])
    assert signed_in(owner.account).get(mine).status_code == 200
    assert desk.client("reviewer").get(at_desk).status_code == 200
    stranger = signed_in(people.person("李小红").account)
    assert stranger.get(mine).status_code == stranger.get(at_desk).status_code == 404
    other = make.submitted(applicant=owner.id, account=owner.account_id, applicant_shard=owner.shard).cases[0]
    elsewhere = reverse("cases:question_paper", args=[other.number, paper.id])
    assert signed_in(owner.account).get(elsewhere).status_code == 404, "a file opens at its own case alone"


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"MZ" * 40], ids=["empty", "script", "program"])
def test_a_file_that_may_not_be_sent_is_told_at_the_field_and_the_text_stays(owner, case, content):
    client = signed_in(owner.account)
    page = client.post(
        reverse("cases:ask", args=[case.number]), {"text": "这样行吗", "file": upload("x.png", content)}
    ).content.decode()  # fmt: skip
    assert "这样行吗" in page and 'id="id_file' in page and "error" in page and not Question.objects.exists()


def test_many_files_are_refused_and_a_question_without_one_is_as_before(case):
    attached = [services.Attached(files.stored(), f"{place}.png") for place in range(6)]
    with pytest.raises(Refusal, match="files_many"):
        services.ask(case, side="officer", text="有吗", by=make.REVIEWER, now=NOW, attached=attached)
    question = services.ask(case, side="officer", text="有吗", by=make.REVIEWER, now=NOW)
    assert queries.papers_of([question]) == {} and not Question.objects.exclude(id=question.id).exists()
