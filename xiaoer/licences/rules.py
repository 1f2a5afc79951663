"""The life of a licence (证照) and what is said of it.  # bilingual

A change or renewal makes a new edition: the sequence stays, the edition (版本号) grows, the old one is superseded.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from xiaoer.journal import rules
from xiaoer.kernel import codes, refusal
from xiaoer.kernel.refusal import Refusal

refusal.register(
    {
        "licence_ended": (
            "证照 {number} 已经{state}，不能再更改、延续或撤销。",
            "The licence {number} is no longer in force ({state_en}); it can be neither changed, renewed nor ended.",
        ),
        "licence_period": (
            "有效期的截止日期应晚于起始日期，请核对。",
            "The last day of validity must be later than the first; check both dates.",
        ),
        "licence_unknown": (
            "没有查到这个号码。请核对是否输错；如果号码无误，这份证照或文书不是本平台签发的。",
            "Nothing is known under this number. Check it; if it is right, the paper was not issued by this platform.",
        ),
    }
)


@dataclass(frozen=True)
class State:
    """national: the code that ministries exchange. words: what it means for whoever relies on the licence."""

    zh: str
    en: str
    national: str
    tone: str
    words_zh: str
    words_en: str


STATES = {
    "valid": State("有效", "in force", "01", "done", "在有效期内。", "It is within its period of validity."),
    "held": State(
        "待领取",
        "not handed over yet",
        "99",
        "waiting",
        "已经制作，还没有交付给持证人，现在不能凭它办事。",
        "It was made and is not handed over yet; nothing can be done with it now.",
    ),
    "early": State("未到有效期", "not yet in force", "99", "waiting", "有效期还没有开始。", "It has not begun yet."),
    "expired": State("已过期", "expired", "05", "overdue", "有效期已满，没有延续。", "Its period is over."),
    "superseded": State(
        "已换发", "replaced", "05", "paused", "已换发新的版本，这一版不再有效。", "A new edition replaced this one."
    ),
    "revoked": State(
        "已撤销", "revoked", "03", "refused", "已被发证机关撤销（行政许可法第六十九条）。", "Revoked by its issuer."
    ),
    "cancelled": State(
        "已注销", "cancelled", "04", "refused", "已注销（行政许可法第七十条）。", "Cancelled (Licensing Law art 70)."
    ),
    "withdrawn": State(
        "已撤回", "withdrawn", "99", "refused", "已被发证机关依法撤回（行政许可法第八条）。", "Withdrawn by its issuer."
    ),
    "forfeited": State("已吊销", "forfeited", "07", "refused", "已被依法吊销。", "Forfeited as a penalty."),
}
ENDS = frozenset({"revoked", "cancelled", "withdrawn", "forfeited"})
HolderKind = Literal["person", "firm"]


@dataclass(frozen=True)
class Kind:
    """A kind of licence: its 证照类型代码 (credit code of the defining department and 3 digits) and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Holder:
    """Who holds it. shard: where the holder's own row lies (a list of "my licences" is kept there). code: id number."""

    kind: HolderKind
    id: UUID
    shard: str
    name: str
    code: str


@dataclass(frozen=True)
class LicenceState:
    """state: held, valid, superseded or one of ENDS; early and expired come from the day, see standing.

    opened_at: when its holder first looked at it.
    """

    subject: UUID
    kind_code: str
    kind_name: str
    number: str
    identifier: str
    sequence: str
    edition: int
    previous: UUID | None
    code: str
    issuer_code: str
    issuer_name: str
    holder_kind: str
    holder_id: UUID
    holder_shard: str
    holder: str
    holder_code: str
    content: str
    valid_from: date
    valid_to: date | None
    issued_at: datetime
    state: str = "valid"
    successor: UUID | None = None
    ended_at: datetime | None = None
    ended_why: str = ""
    ended_law: str = ""
    file_id: UUID | None = None
    digest: str = ""
    certificate: str = ""
    opened_at: datetime | None = None


def fold(state: LicenceState | None, event: rules.Event) -> LicenceState:
    """Return the licence after the event. Raises Refusal("licence_ended") for a second end."""
    told = event.data
    if state is None:
        if told.valid_to is not None and told.valid_to <= told.valid_from:
            raise Refusal("licence_period")
        return _issued(told, event.at)
    match event.name:
        case "licence.rendered":
            return replace(state, file_id=told.file_id, digest=told.digest, certificate=told.certificate)
        case "licence.opened":
            return replace(state, opened_at=event.at)
        case "licence.erased":
            return state
    return _changed(state, event)


def _changed(state: LicenceState, event: rules.Event) -> LicenceState:
    """Return the licence in its new state; only one that is not over changes it."""
    told = event.data
    if state.state not in {"valid", "held"}:
        ended = STATES[state.state]
        raise Refusal("licence_ended", number=state.number, state=ended.zh, state_en=ended.en)
    match event.name:
        case "licence.released":
            return replace(state, state="valid")
        case "licence.superseded":
            return replace(state, state="superseded", successor=told.successor, ended_at=event.at)
    return replace(state, state=told.how, ended_at=event.at, ended_why=told.reason, ended_law=told.law)


def _issued(told: Any, at: datetime) -> LicenceState:
    said = dict(vars(told))
    return LicenceState(state="held" if said.pop("held") else "valid", issued_at=at, **said)


LICENCE = rules.subject("licence", model="licences.Licence", state=LicenceState, fold=fold)


def standing(*, state: str, valid_from: date, valid_to: date | None, on: date) -> str:
    """Return the key of STATES that holds on a day. The last day of validity counts."""
    if state != "valid":
        return state
    if on < valid_from:
        return "early"
    return "expired" if valid_to is not None and on > valid_to else "valid"


def shown_holder(*, kind: str, name: str) -> str:
    """Return the holder as the public sees it: a firm whole (行政许可法 40), of a person the first character."""
    return name if kind == "firm" else codes.mask_name(name)


def shown_code(*, kind: str, code: str) -> str:
    """Return the holder's number as the public sees it."""
    return code if kind == "firm" else codes.mask_id(code)
