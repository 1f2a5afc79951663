"""Questions as JSON, from organ to applicant and back. One moves no clock; it is answered once, or taken back."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

from xiaoer.files import queries as stored_files
from xiaoer.files import services as files
from xiaoer.journal.edge import now
from xiaoer.journal.services import Actor
from xiaoer.people import queries as people

from . import api_files, queries, rules, services
from .api_desk import WITHOUT_NUL, IfMatch, seen_in
from .api_errors import ERRORS, READING, Problem, Session, told
from .api_files import FileOut
from .models import Case, Question
from .rules.questions import MOST_FILES, MOST_WORDS

mine = Router(tags=["questions"], auth=Session())
desk = Router(tags=["questions"], auth=Session())
Words = Annotated[str, Field(max_length=MOST_WORDS, pattern=WITHOUT_NUL)]


class FileIn(Schema):
    """A file that was uploaded before. name: what it is called."""

    id: Annotated[str, Field(max_length=400, pattern=WITHOUT_NUL)]
    name: Annotated[str, Field(max_length=120, pattern=WITHOUT_NUL)]


class SaidIn(Schema):
    """A question, or the answer to one."""

    text: Words
    files: Annotated[list[FileIn], Field(max_length=MOST_FILES)] = []


class AttachmentOut(Schema):
    """A file that came with it. url: where it is read."""

    name: str
    size: int
    media_type: str
    url: str


class QuestionOut(Schema):
    """side: who asks, officer or applicant. state: open, answered or withdrawn. version: for If-Match on an answer."""

    id: UUID
    side: str
    text: str
    asked_at: datetime
    papers: list[AttachmentOut]
    state: str
    answer: str
    answered_at: datetime | None
    answer_papers: list[AttachmentOut]
    version: int


class QuestionsOut(Schema):
    questions: list[QuestionOut]


def _listed(case: Case, questions: list[Question], url: str) -> QuestionsOut:
    """Return the questions of a case. url: name of the address of their files."""
    papers = queries.papers_of(questions)

    def of(question: Question, kind: str) -> list[AttachmentOut]:
        return [
            AttachmentOut(
                name=one.title, size=one.size, media_type=one.media_type, url=reverse(url, args=[case.number, one.id])
            )
            for one in papers.get((question.id, kind), [])
        ]

    return QuestionsOut(
        questions=[
            QuestionOut(
                id=one.id, side=one.side, text=one.text, asked_at=one.asked_at, papers=of(one, rules.ASKED_FILE),
                state=one.state, answer=one.answer, answered_at=one.answered_at,
                answer_papers=of(one, rules.ANSWER_FILE), version=one.version,
            )
            for one in questions
        ]
    )  # fmt: skip


def _attached(said: SaidIn, case: Case, account: UUID) -> list[services.Attached]:
    """Return the files that were named, all of them uploaded by this account for the case's county."""
    found = []
    for place, one in enumerate(said.files):
        claimed = api_files.claimed(one.id, account=account, shard=case.shard, now=now())
        row = stored_files.stored(shard=case.shard, file=UUID(claimed.file)) if claimed else None
        if row is None:
            words = _("没有这个文件，或者已过期、不是您为这个地区上传的。请重新上传。")
            raise Problem(422, "file_unknown_id", words, {f"files.{place}": words})
        found.append(services.Attached(row, one.name))
    return found


def _mine(request: HttpRequest, number: str) -> tuple[Case, list[Question], Actor, UUID]:
    """Return a case to its applicant: its questions, and who acts."""
    applicant = people.applicant_of(request)
    found = queries.part_for(applicant, number[:50])
    if found is None:
        raise Http404
    file, part = found
    firm = file.application.applicant if file.application.applicant_kind == "firm" else None
    asked = [one for one in file.questions if one.case == part.case.id]
    return part.case, asked, people.actor(applicant, firm=firm), applicant.account_id


def _at_desk(request: HttpRequest, number: str, *, talks: bool = True) -> tuple[Case, list[Question], Actor, UUID]:
    """Return a case to an officer who may read it. talks: he must also be one who asks and answers."""
    officer = people.officer_of(request)
    file = queries.case_for_officer(officer, number[:60])
    if file is None or (talks and not queries.may_talk(file)):
        raise Http404
    return file.case, file.questions, people.actor(officer), officer.account_id


def _one(questions: list[Question], identity: UUID, side: str) -> Question:
    found = next((one for one in questions if one.id == identity and one.side == side), None)
    if found is None:
        raise Http404
    return found


MINE, DESK = "cases:question_paper", "cases:desk_question_paper"
ANSWERS: dict[Any, Any] = {200: QuestionsOut, **ERRORS}


@mine.get("/cases/{number}/questions", response={200: QuestionsOut, **READING}, url_name="questions",
          summary="Questions about a case")  # fmt: skip
@told
def of_my_case(request: HttpRequest, number: str) -> QuestionsOut:
    case, asked, _by, _account = _mine(request, number)
    return _listed(case, asked, MINE)


@mine.post("/cases/{number}/questions", response=ANSWERS, url_name="ask_organ", summary="Ask the organ")
@told
def ask_organ(request: HttpRequest, number: str, body: SaidIn) -> QuestionsOut:
    case, _asked, by, account = _mine(request, number)
    attached = _attached(body, case, account)
    services.ask(case, side=rules.APPLICANT, text=body.text, attached=attached, by=by, now=now())
    return _listed(case, _mine(request, number)[1], MINE)


@mine.post("/cases/{number}/questions/{uuid:question}/answer", response=ANSWERS, url_name="answer_organ",
           summary="Answer what the organ asks")  # fmt: skip
@told
def answer_organ(
    request: HttpRequest, number: str, question: UUID, body: SaidIn, if_match: IfMatch = None
) -> QuestionsOut:
    case, asked, by, account = _mine(request, number)
    found = _one(asked, question, rules.OFFICER)
    attached, seen = _attached(body, case, account), seen_in(if_match)
    services.answer(found, text=body.text, attached=attached, by=by, now=now(), seen=seen)
    return _listed(case, _mine(request, number)[1], MINE)


@mine.post("/cases/{number}/questions/{uuid:question}/withdraw", response=ANSWERS, url_name="withdraw_question",
           summary="Take a question back")  # fmt: skip
@told
def withdraw_mine(request: HttpRequest, number: str, question: UUID, if_match: IfMatch = None) -> QuestionsOut:
    case, asked, by, _account = _mine(request, number)
    services.take_back(_one(asked, question, rules.APPLICANT), by=by, now=now(), seen=seen_in(if_match))
    return _listed(case, _mine(request, number)[1], MINE)


@desk.post("/cases/{number}/files", response={200: FileOut, **ERRORS}, url_name="desk_upload_file",
           summary="Upload a file for a question")  # fmt: skip
@told
def upload(request: HttpRequest, number: str, file: File[UploadedFile]) -> FileOut:
    case, _asked, by, account = _at_desk(request, number)
    at = now()
    stored = files.store(file, shard=case.shard, by=by, now=at)
    services.let_go([stored.id], shard=case.shard, now=at)
    return api_files.claim(stored, account=account, now=at)


@desk.get("/cases/{number}/questions", response={200: QuestionsOut, **READING}, url_name="desk_questions",
          summary="Questions about a case")  # fmt: skip
@told
def of_case(request: HttpRequest, number: str) -> QuestionsOut:
    case, asked, _by, _account = _at_desk(request, number, talks=False)
    return _listed(case, asked, DESK)


@desk.post("/cases/{number}/questions", response=ANSWERS, url_name="desk_ask_applicant", summary="Ask the applicant")
@told
def ask_applicant(request: HttpRequest, number: str, body: SaidIn) -> QuestionsOut:
    case, _asked, by, account = _at_desk(request, number)
    attached = _attached(body, case, account)
    services.ask(case, side=rules.OFFICER, text=body.text, attached=attached, by=by, now=now())
    return _listed(case, _at_desk(request, number)[1], DESK)


@desk.post("/cases/{number}/questions/{uuid:question}/answer", response=ANSWERS, url_name="desk_answer_applicant",
           summary="Answer what the applicant asks")  # fmt: skip
@told
def answer_applicant(
    request: HttpRequest, number: str, question: UUID, body: SaidIn, if_match: IfMatch = None
) -> QuestionsOut:
    case, asked, by, account = _at_desk(request, number)
    found = _one(asked, question, rules.APPLICANT)
    attached, seen = _attached(body, case, account), seen_in(if_match)
    services.answer(found, text=body.text, attached=attached, by=by, now=now(), seen=seen)
    return _listed(case, _at_desk(request, number)[1], DESK)


@desk.post("/cases/{number}/questions/{uuid:question}/withdraw", response=ANSWERS, url_name="desk_withdraw_question",
           summary="Take a question back")  # fmt: skip
@told
def withdraw_organs(request: HttpRequest, number: str, question: UUID, if_match: IfMatch = None) -> QuestionsOut:
    case, asked, by, _account = _at_desk(request, number)
    services.take_back(_one(asked, question, rules.OFFICER), by=by, now=now(), seen=seen_in(if_match))
    return _listed(case, _at_desk(request, number)[1], DESK)
