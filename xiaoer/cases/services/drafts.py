"""Fill in an application: begin, answer, add papers, choose. Drafts are no applications and are not journalled.

Two devices never overwrite each other in silence: an answer that changed since the page was shown is given back
beside the new one, and nothing is saved until the applicant has seen both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from xiaoer.catalogue.rules import Field, Material, read_answer
from xiaoer.files import rules as file_rules
from xiaoer.files import services as files
from xiaoer.journal.services import Actor
from xiaoer.kernel.refusal import Refusal
from xiaoer.kernel.workdays import Calendar
from xiaoer.people import queries as people
from xiaoer.people.rules import Applicant, may_act_for

from ..models import Application, Case, Draft
from ..queries.offers import Offered
from .discarded import emptied, held_files, note_files
from .filling import Fault, submission_of, wanted_papers
from .receipt import Received, submit

MOST = 20
TRIES = 5
DELIVERY = "delivery"
Raw = str | list[str] | None


@dataclass(frozen=True)
class Saved:
    """What saving did. refused: question -> why its answer could not be read (what was typed is kept as it is).

    elsewhere: question -> the answer that another device gave since; when there is any, nothing was saved.
    """

    draft: Draft
    refused: dict[str, Refusal] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)


class Incomplete(Exception):
    """A draft that cannot be submitted yet, with every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


@transaction.atomic
def start(applicant: Applicant, *, offered: Offered, firm: UUID | None = None, now: datetime) -> Draft:
    """Begin an application for oneself or a firm. Refusal drafts_many, mandate_missing."""
    if Draft.objects.filter(account=applicant.account_id, submitted=None)[MOST - 1 :].exists():
        raise Refusal("drafts_many", most=MOST)
    main = offered.offer.main
    _may_act(applicant, firm, main.name)
    return Draft.objects.create(
        shard=offered.shard, account=applicant.account_id, kind=offered.kind, target=offered.target,
        region=offered.region, title=main.name[:200], title_en=main.name_en[:200], firm=firm, answers={},
        updated_at=now,
    )  # fmt: skip


def _may_act(applicant: Applicant, firm: UUID | None, label: str) -> None:
    if firm is not None and not may_act_for(applicant, firm):
        raise Refusal("mandate_missing", label=label)


def save_answers(draft: Draft, *, fields: Iterable[Field], typed: Mapping[str, Raw], seen: int, now: datetime) -> Saved:
    """Save the answers of one page. seen: version of the draft that the page was made from. Refusal draft_submitted."""
    values, refused = read_answers(fields, typed)
    for _ in range(TRIES):
        elsewhere = {
            key: draft.answers.get(key)
            for key in [*values, *refused]
            if draft.stamps.get(key, 0) > seen and (key in refused or draft.answers.get(key) != values[key])
        }
        if elsewhere:
            return Saved(draft, {}, elsewhere)
        answers = {key: value for key, value in {**draft.answers, **values}.items() if key not in refused}
        kept = {key: raw for key, raw in draft.typed.items() if key not in values}
        kept |= {key: typed.get(key) for key in refused if typed.get(key)}
        changed = [key for key in values if key not in draft.answers or draft.answers[key] != values[key]]
        if _update(draft, now, changed=[*changed, *refused], answers=answers, typed=kept):
            return Saved(draft, refused)
        draft.refresh_from_db()
    raise Refusal("stale")


def read_answers(fields: Iterable[Field], typed: Mapping[str, Raw]) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """Return question -> value, and question -> why what was typed could not be read."""
    values: dict[str, Any] = {}
    refused: dict[str, Refusal] = {}
    for one in fields:
        try:
            values[one.key] = read_answer(one, typed.get(one.key))
        except Refusal as refusal:
            refused[one.key] = refusal
    return values, refused


def put_paper(
    draft: Draft, material: Material, upload: Any, *, instead_of: str | None = None, by: Actor, now: datetime
) -> Draft:  # fmt: skip
    """Keep a file for a material, in place of the one before. instead_of: the id of the file that was shown, if any.

    Refusal file_… (what the content is), file_too_large and paper_format (what this material allows), paper_elsewhere.
    """
    if upload.size > material.max_mb * file_rules.MEBIBYTE:
        raise Refusal("file_too_large", limit=material.max_mb)
    upload.seek(0)
    kind = file_rules.examine(upload.read())
    check_format(material, kind.media_type)
    stored = files.store(upload, shard=draft.shard, by=by, now=now)
    paper = {
        "file": str(stored.id), "name": file_rules.tidy_name(upload.name or "", kind=kind), "size": stored.size,
        "media_type": stored.media_type,
    }  # fmt: skip
    return _put(draft, material.key, paper, instead_of, now)


def check_format(material: Material, media_type: str) -> None:
    """Refuse a file whose content is not of a format that the material takes (paper_format)."""
    taken = {"jpg" if one.lower() == "jpeg" else one.lower() for one in material.formats}
    if file_rules.BY_MEDIA_TYPE[media_type].ending not in taken:
        raise Refusal("paper_format", formats="、".join(one.upper() for one in material.formats))


def remove_paper(draft: Draft, *, key: str, instead_of: str | None = None, now: datetime) -> Draft:
    """Take a file back from the draft: the one that was shown. Refusal paper_elsewhere."""
    return _put(draft, key, None, instead_of, now)


@transaction.atomic
def _put(
    draft: Draft, key: str, paper: dict[str, Any] | None, instead_of: str | None, now: datetime
) -> Draft:  # fmt: skip
    for _ in range(TRIES):
        if instead_of is not None and instead_of != draft.papers.get(key, {}).get("file", ""):
            raise Refusal("paper_elsewhere")
        before = held_files(draft)
        papers = {one: kept for one, kept in draft.papers.items() if one != key}
        if paper:
            papers[key] = paper
        if _update(draft, now, changed=[f"paper:{key}"], papers=papers):
            note_files(draft, before, now=now)
            return draft
        draft.refresh_from_db()
    raise Refusal("stale")


def choose_applicant(draft: Draft, *, applicant: Applicant, firm: UUID | None, now: datetime) -> Draft:
    """Say for whom it is: oneself (None) or a firm. Refusal mandate_missing."""
    _may_act(applicant, firm, draft.title)
    for _ in range(TRIES):
        if _update(draft, now, changed=["applicant"], firm=firm):
            return draft
        draft.refresh_from_db()
    raise Refusal("stale")


def choose_delivery(draft: Draft, *, delivery: dict[str, str], seen: int, now: datetime) -> Saved:
    """Say how the result is to come: {"way", "name", "phone", "address"}."""
    for _ in range(TRIES):
        if draft.stamps.get(DELIVERY, 0) > seen and draft.delivery != delivery:
            return Saved(draft, {}, {DELIVERY: draft.delivery})
        if _update(draft, now, changed=[DELIVERY], delivery=delivery):
            return Saved(draft)
        draft.refresh_from_db()
    raise Refusal("stale")


@transaction.atomic
def discard(draft: Draft, *, now: datetime) -> None:
    """Throw a draft away, and its files after some days. Refusal draft_submitted."""
    deleted, _ = Draft.objects.filter(shard=draft.shard, id=draft.id, submitted=None).delete()
    if not deleted:
        raise Refusal("draft_submitted")
    emptied(draft, now=now)


def _update(draft: Draft, now: datetime, *, changed: Iterable[str], **values: Any) -> bool:
    """Write a draft unless somebody was first; True when written. Refusal draft_submitted."""
    if draft.submitted:
        raise Refusal("draft_submitted")
    version = draft.version + 1
    values |= {"version": version, "updated_at": now, "stamps": draft.stamps | dict.fromkeys(changed, version)}
    found = Draft.objects.filter(shard=draft.shard, id=draft.id, version=draft.version, submitted=None)
    if not found.update(**values):
        return False
    for name, value in values.items():
        setattr(draft, name, value)
    return True


@transaction.atomic
def hand_in(
    draft: Draft, *, offered: Offered, applicant: Applicant, seen: int, channel: str = "web", now: datetime,
    calendar: Calendar,
) -> Received:  # fmt: skip
    """Submit a draft once: a second click or a retry gives the same application. The draft keeps nothing afterwards.

    Raises Incomplete with every fault, Refusal draft_elsewhere when the draft is not what the applicant checked.
    """
    draft.refresh_from_db()
    if draft.submitted:
        where = {"shard": draft.shard, "application": draft.submitted}
        application = Application.objects.get(shard=draft.shard, id=draft.submitted)
        return Received(application, list(Case.objects.filter(**where).order_by("id")), again=True)
    if draft.version != seen:
        raise Refusal("draft_elsewhere")
    received = submit_once(
        draft, offered=offered, applicant=applicant, key=str(draft.id), channel=channel, now=now, calendar=calendar
    )
    Draft.objects.filter(shard=draft.shard, id=draft.id).update(
        submitted=received.application.id, answers={}, typed={}, papers={}, delivery={}, stamps={}, updated_at=now
    )
    emptied(draft, now=now, used=[one.material.key for one in wanted_papers(offered.offer, draft)])
    return received


def submit_once(
    draft: Draft, *, offered: Offered, applicant: Applicant, key: str, channel: str, now: datetime, calendar: Calendar,
    said: str = "",
) -> Received:  # fmt: skip
    """Submit what a draft says, stored or not, once for each key. said: digest of the request that came with the key.

    Raises Incomplete with every fault, Refusal key_reused.
    """
    form = submission_of(draft, offered=offered, applicant=applicant, channel=channel)
    if isinstance(form, list):
        raise Incomplete(form)
    return submit(form, by=people.actor(applicant, firm=draft.firm), now=now, calendar=calendar, key=key, said=said)
