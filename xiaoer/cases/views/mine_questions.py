"""Questions on the applicant's pages: what waits for his answer, what was asked and answered, where to ask."""

from typing import Any

from django.urls import reverse

from .. import queries, rules
from ..forms.talk import answer_form
from ..models import Case, Question
from ..queries import ApplicationFile, Papers
from .mine_words import Names
from .talk_papers import paper_rows


def _rows(papers: Papers, question: Question, kind: str, case: Case) -> list[dict[str, str]]:
    return paper_rows(papers, question, kind, url="cases:question_paper", number=case.number)


def asked_of(file: ApplicationFile, names: Names, papers: Papers) -> list[dict[str, Any]]:
    """Return what organs wait to be told, as cards. papers: what to link to; a list of applications links to none."""
    return [
        {
            "name": names.short(part.case), "organ": names.organ(part.case.handled_by), "text": one.text,
            "at": one.asked_at, "url": reverse("cases:answer", args=[part.case.number, one.id]),
            "form": answer_form(initial={"seen": one.version}, auto_id=f"id_{one.id}_%s"),
            "papers": _rows(papers, one, rules.ASKED_FILE, part.case),
        }
        for part, one in file.asked
    ]  # fmt: skip


def talk_of(file: ApplicationFile, names: Names) -> dict[str, Any]:
    """Return what the page of an application shows of questions: due ones, all others, links to ask."""
    parts = {part.case.id: part.case for part in file.parts}
    several = len(parts) > 1
    waiting, papers = {one.id for _part, one in file.asked}, queries.papers_of(file.questions)
    rows = []
    for one in file.questions:
        case = parts[one.case]
        own = one.side == rules.APPLICANT and one.state == "open"
        if one.id not in waiting and (one.side == rules.APPLICANT or one.state != "withdrawn"):
            rows.append(
                {
                    "question": one, "name": names.short(case) if several else "",
                    "organ": names.organ(case.handled_by),
                    "papers": _rows(papers, one, rules.ASKED_FILE, case),
                    "answer_papers": _rows(papers, one, rules.ANSWER_FILE, case),
                    "take_back_url": reverse("cases:take_back", args=[case.number, one.id]) if own else "",
                }
            )  # fmt: skip
    links = [
        {"name": names.short(case) if several else "", "url": reverse("cases:ask", args=[case.number])}
        for case in parts.values()
    ]
    return {"asked": asked_of(file, names, papers), "questions": rows, "ask_links": links}
