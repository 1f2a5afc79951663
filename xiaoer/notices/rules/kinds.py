"""Kinds of formal papers (文书): what each must say, what of it is personal, its law.  # bilingual

An app registers a kind with a frozen dataclass of the values that stand in the paper:

    @paper("acceptance", zh="受理通知书", en="Notice of acceptance", word="受", law="行政许可法 32")
    @dataclass(frozen=True)
    class Acceptance(Case):
        accepted_on: date
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

T = TypeVar("T", bound=type)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Organ:
    """The organ in whose name a paper goes out (for entrusted powers: the one that entrusted, 行政许可法 24).

    code: its unified social credit code. sign: its 机关代字, the first part of every number (瑞市监). shard: the
    12-digit code of its region, where its registers of numbers are kept.
    """

    code: str
    name: str
    sign: str
    shard: str


@dataclass(frozen=True)
class Kind:
    """word: the last part of the sign in the number (受); empty: the paper has no number of its own but the case's.

    adverse: remedies are printed. template: version of the .typ file of the same key, kept with every paper.
    """

    key: str
    zh: str
    en: str
    word: str
    law: str
    says: type
    adapter: TypeAdapter[Any]
    adverse: bool
    template: int

    def dump(self, values: Any) -> dict[str, Any]:
        """Return the values as plain JSON. ValueError names what is missing, unknown or of another type."""
        if isinstance(values, dict) and (unknown := set(values) - {field.name for field in fields(self.says)}):
            raise ValueError(f"{self.key}: a {self.zh} says nothing about {sorted(unknown)}")
        checked = self.adapter.validate_python(values)
        stored: dict[str, Any] = self.adapter.dump_python(checked, mode="json")
        for name in stored:
            if isinstance(at := getattr(checked, name), datetime):
                stored[name] = at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        return stored


KINDS: dict[str, Kind] = {}
PERSONAL = frozenset({"applicant", "applicant_id", "receiver", "place", "content", "reasons", "gaps", "note", "parties",
                      "present", "record"})  # fmt: skip
"""Fields of these names are sealed in every paper: they name or describe a person."""


def paper(
    key: str, *, zh: str, en: str, word: str, law: str, adverse: bool = False, template: int = 1
) -> Callable[[T], T]:
    """Register a kind of paper. ValueError when the key is taken."""

    def register(says: T) -> T:
        if key in KINDS:
            raise ValueError(f"the paper {key!r} is registered twice")
        KINDS[key] = Kind(key, zh, en, word, law, says, TypeAdapter(says), adverse, template)
        return says

    return register


@dataclass(frozen=True)
class Way:
    """A way of serving (送达方式)."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """What every paper of a case says. applicant: name of the person or firm. matter: name of the service."""

    applicant: str
    matter: str
    case_number: str


@dataclass(frozen=True)
class Received:
    """One material in a receipt. form: 原件, 复印件, 电子."""

    name: str
    form: str = "电子"
    copies: int = 1


@paper("receipt", zh="收件凭证", en="Receipt", word="", law="行政许可法 32; 电子签名法 11")
@dataclass(frozen=True, kw_only=True)
class Receipt(Case):
    """Given at once, also on days off. supplement: what came after a notice of correction."""

    received_at: datetime
    materials: list[Received]
    query_code: str = ""
    supplement: bool = False
    reply_by: date | None = None


@dataclass(frozen=True)
class Gap:
    """One thing missing or wrong, and how to mend it."""

    name: str
    problem: str
    mend: str


@paper(
    "correction", zh="一次性补正告知书", en="Notice to complete the application (all at once)", word="补",
    law="行政许可法 32(1)(4)",
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class Correction(Case):
    """All gaps in one notice. lapse: what follows when the day passes (不予受理 or 视为撤回, a local rule)."""

    received_on: date
    gaps: list[Gap]
    until: date
    lapse: str = "不予受理"


@paper("acceptance", zh="受理通知书", en="Notice of acceptance", word="受", law="行政许可法 32(1)(5), 32(2)")
@dataclass(frozen=True, kw_only=True)
class Acceptance(Case):
    """deemed: by law, no notice having come within five working days. deferrals: papers that may come later."""

    received_on: date
    accepted_on: date
    promised_due_on: date | None = None
    statutory_due_on: date | None = None
    deemed: bool = False
    deferrals: list[str] = field(default_factory=list)
    deferred_until: date | None = None


@paper(
    "decline", zh="不予受理通知书", en="Notice that the application is not accepted", word="不受",
    law="行政许可法 32(1)(1), 32(1)(2)", adverse=True,
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class Decline(Case):
    """right_organ: whom to ask instead, when it is not this organ's."""

    received_on: date
    reasons: str
    basis: str
    right_organ: str = ""
    review_body: str = ""
    court: str = ""


@paper("special", zh="特别程序告知书", en="Notice of a special procedure", word="特", law="行政许可法 45")
@dataclass(frozen=True, kw_only=True)
class Special(Case):
    """ground: 听证, 招标, 拍卖, 检验, 检测, 检疫, 鉴定 or 专家评审. days: how long it takes (working days)."""

    ground: str
    begins_on: date
    days: int
    until: date


@paper(
    "hearing_right", zh="听证告知书", en="Notice of the right to a hearing", word="听告", law="行政许可法 36, 46, 47"
)
@dataclass(frozen=True, kw_only=True)
class HearingRight(Case):
    """ground: interest (47: may be asked for until a day) or law (46: it is held). parties: who else is told."""

    ground: str
    reasons: str
    parties: list[str]
    until: date | None = None


@paper("hearing_notice", zh="听证通知书", en="Notice of the hearing", word="听通", law="行政许可法 48")
@dataclass(frozen=True, kw_only=True)
class HearingNotice(Case):
    """Goes to applicant and interested parties seven days before. time: as 09:30. chair: name of an officer."""

    held_on: date
    time: str
    venue: str
    chair: str
    parties: list[str]


@paper("hearing_record", zh="听证笔录", en="Record of the hearing", word="听录", law="行政许可法 48")
@dataclass(frozen=True, kw_only=True)
class HearingRecord(Case):
    """The decision rests on it."""

    held_on: date
    venue: str
    chair: str
    present: str
    record: str


@paper("extension", zh="延期通知书", en="Notice of extension", word="延", law="行政许可法 42")
@dataclass(frozen=True, kw_only=True)
class Extension(Case):
    reasons: str
    days: int
    old_due_on: date
    new_due_on: date
    approved_by: str = "本机关负责人"


@paper("grant", zh="准予行政许可决定书", en="Decision to grant the licence", word="准", law="行政许可法 34, 38(1), 39",
       template=2)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class Grant(Case):
    """content: what is granted, in the words of the licence. debts: deferred papers still owed, with until when.

    heard_on: the hearing by whose record it is decided (48(2)).
    """

    accepted_on: date
    basis: str
    content: str
    licence_name: str = ""
    licence_number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    deliver_by: date | None = None
    debts: list[str] = field(default_factory=list)
    debts_until: date | None = None
    heard_on: date | None = None


@paper("completion", zh="办结通知书", en="Notice of completion", word="办", law="")
@dataclass(frozen=True, kw_only=True)
class Completed(Case):
    """The result of what is no licence and gives none: a filing, a benefit, a public service [D]. outcome: in words."""

    completed_on: date
    outcome: str


@paper(
    "refusal", zh="不予行政许可决定书", en="Decision to refuse the licence", word="不准",
    law="行政许可法 38(2)", adverse=True, template=2,
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class Refused(Case):
    """heard_on: the hearing by whose record it is decided (48(2))."""

    accepted_on: date
    reasons: str
    basis: str
    heard_on: date | None = None
    review_body: str = ""
    court: str = ""


@paper("service", zh="送达回证", en="Proof of service", word="送", law="民事诉讼法 87; 行政许可法 44")
@dataclass(frozen=True, kw_only=True)
class Service(Case):
    """served_title and served_number: the paper that was served. how: a key of WAYS."""

    served_title: str
    served_number: str
    how: str
    receiver: str
    place: str = ""
    served_at: datetime
    note: str = ""


@paper(
    "withdrawal",
    zh="撤回申请确认书",
    en="Confirmation that the application was withdrawn",
    word="撤",
    law="行政许可法 31",
)
@dataclass(frozen=True, kw_only=True)
class Withdrawal(Case):
    withdrawn_on: date


@paper(
    "termination", zh="终止办理决定书", en="Decision to end the procedure", word="终", law="行政许可法 70", adverse=True
)
@dataclass(frozen=True, kw_only=True)
class Termination(Case):
    reasons: str
    basis: str
    review_body: str = ""
    court: str = ""


@paper(
    "revocation",
    zh="撤销行政许可决定书",
    en="Decision to revoke the licence",
    word="销",
    law="行政许可法 69",
    adverse=True,
)
@dataclass(frozen=True, kw_only=True)
class Revocation(Case):
    """case_number: of the procedure on the licence."""

    licence_name: str
    licence_number: str
    reasons: str
    basis: str
    review_body: str = ""
    court: str = ""
