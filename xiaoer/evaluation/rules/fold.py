"""Invitations and ratings as they are stored, and how events change them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from xiaoer.journal.rules import Event, subject
from xiaoer.kernel.refusal import Refusal
from xiaoer.people.rules import SHANGHAI

EXPIRE = "evaluation.expire"


@dataclass(frozen=True)
class InvitationState:
    """state: open, rated or expired. account: whom the message goes to; the case's owner may answer as well."""

    case: UUID
    number: str
    service_code: str
    service_name: str
    organ: UUID
    account: UUID
    received_by: str
    worked: list[str]
    expires_on: date
    sent_at: datetime
    state: str = "open"


def must_be_open(state: str, *, expires_on: date, on: date) -> None:
    """Refuse where an invitation can be answered no more. Refusal rated_already, rating_closed."""
    if state == "rated":
        raise Refusal("rated_already")
    if state == "expired" or on > expires_on:
        raise Refusal("rating_closed", until=expires_on.isoformat())


def fold_invitation(state: InvitationState | None, event: Event) -> InvitationState:
    """Fold an invitation: it is answered once, in time, and never by who worked on the case.

    Refusal rated_already, rating_closed, rating_own.
    """
    if state is None:
        return InvitationState(**vars(event.data), sent_at=event.at)
    if event.name == "invitation.expired" and state.state != "rated":
        return replace(state, state="expired")
    must_be_open(state.state, expires_on=state.expires_on, on=event.data.on)
    if event.actor in state.worked:
        raise Refusal("rating_own")
    return replace(state, state="rated")


@dataclass(frozen=True)
class RatingState:
    """What somebody said about one service. rater: the account (评价为实名), never shown; words are sealed."""

    invitation: UUID
    case: UUID
    service_code: str
    organ: UUID
    level: int
    reasons: list[str]
    words: str
    staff: str
    staff_level: int | None
    channel: str
    rater: str
    rated_at: datetime


def fold_rating(state: RatingState | None, event: Event) -> RatingState:
    """Fold a rating: it is given once."""
    if state is not None:
        raise Refusal("rated_already")
    return RatingState(**vars(event.data), rater=event.actor, rated_at=event.at)


def alarms_of(state: InvitationState) -> dict[str, datetime]:
    """Return the timer of an open invitation: it expires when its last day is over."""
    if state.state != "open":
        return {}
    return {EXPIRE: datetime.combine(state.expires_on + timedelta(days=1), time(), SHANGHAI)}


INVITATION = subject(
    "invitation", model="evaluation.Invitation", state=InvitationState, fold=fold_invitation, alarms=alarms_of
)
RATING = subject("rating", model="evaluation.Rating", state=RatingState, fold=fold_rating)
