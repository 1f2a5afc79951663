"""What a clerk sees of the work at the window: what is being filled in, what was received."""

from dataclasses import dataclass
from uuid import UUID

from xiaoer.people.rules import Officer, may

from ..models import Application, Case, Draft

SHOWN = 20


@dataclass(frozen=True)
class WindowWork:
    """A clerk's drafts that go on, and applications received, newest first."""

    drafts: list[Draft]
    received: list[Application]


def window_work(officer: Officer, account: UUID) -> WindowWork:
    """Return a clerk's own work at the window. account: under what it is kept."""
    found = Draft.objects.filter(account=account).order_by("-updated_at")
    drafts = list(found.filter(submitted=None)[:SHOWN])
    done = list(found.exclude(submitted=None).values_list("shard", "submitted")[:SHOWN])
    shards, ids = {shard for shard, _ in done}, [identity for _, identity in done if identity]
    received = Application.objects.filter(shard__in=shards, id__in=ids).order_by("-received_at")
    return WindowWork(drafts, [one for one in received if may(officer, "cases.receive", region=one.shard)])


def window_draft(officer: Officer, account: UUID, identity: UUID) -> Draft | None:
    """Return a draft to the clerk who fills it in."""
    draft = Draft.objects.filter(id=identity, account=account).first()
    return draft if draft and may(officer, "cases.receive", region=draft.shard) else None


def number_of_draft(draft: Draft) -> str:
    """Return the number of the application that a clerk's draft became."""
    assert draft.submitted is not None
    return Application.objects.values_list("number", flat=True).get(shard=draft.shard, id=draft.submitted)


def received_at_window(officer: Officer, number: str) -> tuple[Application, list[Case]] | None:
    """Return an application that came in at a window of the region, with its cases, to who may receive there."""
    shard = f"{number[:6]}000000"
    found = Application.objects.filter(shard=shard, number=number, channel="window").first()
    if found is None or not may(officer, "cases.receive", region=shard):
        return None
    return found, list(Case.objects.filter(shard=shard, application=found.id).order_by("id"))
