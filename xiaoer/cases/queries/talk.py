"""The files of questions (提问): to whoever has been let into the case they are about."""

from collections.abc import Iterable
from uuid import UUID

from xiaoer.files import queries as files
from xiaoer.files.queries import Attachment

from ..models import Question

Papers = dict[tuple[UUID, str], list[Attachment]]
"""(question, "question" or "answer") -> what was attached to it."""


def papers_of(questions: Iterable[Question]) -> Papers:
    """Return the files of some questions of one county; asks nothing where there are none."""
    known = list(questions)
    if not known:
        return {}
    found = files.attachments_of(shard=known[0].shard, subjects=[one.id for one in known])
    papers: Papers = {}
    for question, rows in found.items():
        for row in rows:
            papers.setdefault((question, row.kind), []).append(row)
    return papers


def paper_of(questions: Iterable[Question], attachment: UUID) -> Attachment | None:
    """Return one file of some questions; None is 404."""
    known = {one.id: one.shard for one in questions}
    if not known:
        return None
    shard = next(iter(known.values()))
    return files.file_for(shard=shard, attachment=attachment, may_read=lambda paper: paper.subject in known)
