"""Files that came with questions and answers, for both sides: as links, and given out."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse

from xiaoer.files import queries as files

from ..models import Question
from ..queries import Papers


def paper_rows(papers: Papers, question: Question | None, kind: str, *, url: str, number: str) -> list[dict[str, str]]:
    """Return the files of a question or its answer as links. url: name of the address; number: of the case."""
    found = papers.get((question.id, kind), []) if question else []
    return [{"name": one.title, "url": reverse(url, args=[number, one.id])} for one in found]


def given(paper: Any) -> HttpResponseBase:
    """Give out a file that a door returned; 404 without one."""
    if paper is None:
        raise Http404
    return files.send(paper.file, title=paper.title, inline=True)
