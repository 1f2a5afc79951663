"""The legal procedures as tables: act -> from which states, to which state, who, which law, which paper.  # bilingual

What differs between procedures stands in their tables; pages and API build their buttons from ``allowed`` and nothing
else. Rows are never edited: a new row with a later from_date supersedes. States carry the exchange code of domain A.4.
"""

from dataclasses import dataclass
from datetime import date

from xiaoer.kernel.clock import LICENCE, ClockRules

FOREVER = date(2004, 7, 1)
"""行政许可法 in force."""

STATES: dict[str, tuple[str, str, str]] = {
    "received": ("已收件", "Received", "1"),
    "supplementing": ("待补正", "Awaiting your supplement", "6"),
    "accepted": ("已受理", "Accepted", "3"),
    "handling": ("办理中", "In progress", "8"),
    "special": ("特别程序", "Suspended for a special procedure", "9"),
    "granted": ("准予", "Granted", "11"),
    "refused": ("不予许可", "Refused", "13"),
    "not_a_matter": ("不受理", "No licence needed", "4"),
    "declined": ("不予受理", "Not accepted", "5"),
    "withdrawn": ("已撤回", "Withdrawn", "2"),
    "lapsed": ("逾期未补正", "Lapsed", "2"),
}
FINAL = frozenset({"granted", "refused", "not_a_matter", "declined", "withdrawn", "lapsed"})
OPEN = frozenset(STATES) - FINAL
OUTCOMES = {"granted": "granted", "refused": "refused", "not_a_matter": "waived", "declined": "refused",
            "withdrawn": "withdrawn", "lapsed": "lapsed"}  # fmt: skip
"""Final state of a case -> its outcome in the plan of a bundle."""


@dataclass(frozen=True)
class Act:
    """One act. who: the permission that an officer needs, "applicant", or "time"; key: the desk's keyboard key."""

    name: str
    sources: frozenset[str]
    target: str | None
    who: str
    zh: str
    en: str
    law: str = ""
    key: str = ""
    from_date: date = FOREVER


def _act(name: str, sources: str, target: str | None, who: str, zh: str, en: str, law: str = "", key: str = "") -> Act:
    return Act(name, frozenset(sources.split()), target, who, zh, en, law, key)


_COMMON = (
    _act(
        "withdraw", "received supplementing accepted handling special", "withdrawn", "applicant", "撤回申请", "Withdraw"
    ),
    _act("grant", "accepted handling", "granted", "cases.decide", "准予", "Grant", "行政许可法 34、38", "g"),
    _act("refuse", "accepted handling", "refused", "cases.decide", "不予许可", "Refuse", "行政许可法 38", "x"),
    _act("deliver", "granted refused", None, "cases.deliver", "登记送达", "Record delivery", "行政许可法 44", "d"),
    _act("begin", "accepted", "handling", "cases.review", "开始办理", "Begin", ""),
)
_INTAKE = (
    _act(
        "notify",
        "received",
        "supplementing",
        "cases.accept",
        "一次性告知补正",
        "Tell all gaps",
        "行政许可法 32(4)",
        "n",
    ),
    _act("supplement", "supplementing", "received", "applicant", "补正材料", "Supplement", "行政许可法 32(4)"),
    _act("lapse", "supplementing", "lapsed", "time", "逾期未补正", "Lapse", "行政许可法 32"),
    _act("accept", "received", "accepted", "cases.accept", "受理", "Accept", "行政许可法 32(5)", "a"),
    _act("deem", "received", "accepted", "time", "视为受理", "Deem accepted", "行政许可法 32(4)"),
    _act("decline", "received", "declined", "cases.accept", "不予受理", "Do not accept", "行政许可法 32(1)(2)", "b"),
)
_SPECIAL = (
    _act("suspend", "accepted handling", "special", "cases.review", "启动特别程序", "Suspend", "行政许可法 45", "s"),
    _act("resume", "special", "handling", "cases.review", "特别程序结束", "Resume", "行政许可法 45", "u"),
    _act("extend", "accepted handling", None, "cases.extend", "延长期限", "Extend", "行政许可法 42", "e"),
)


@dataclass(frozen=True)
class Procedure:
    """A legal procedure. initial: the state right after receipt; clock: the table of its statutory clock."""

    name: str
    zh: str
    en: str
    initial: str
    clock: ClockRules
    acts: tuple[Act, ...]

    def act(self, name: str, *, on: date) -> Act | None:
        """Return the row of an act in force on a day, the latest from_date first."""
        rows = [row for row in self.acts if row.name == name and row.from_date <= on]
        return max(rows, key=lambda row: row.from_date, default=None)


_FILING_CLOCK = ClockRules(starts_with="receive", silence_days=None)

PROCEDURES = {
    one.name: one
    for one in (
        Procedure("licence", "行政许可", "Licence", "received", LICENCE, _COMMON + _INTAKE + _SPECIAL),
        Procedure("registration", "市场主体登记", "Registration", "received", LICENCE, _COMMON + _INTAKE),
        Procedure("filing", "备案", "Filing", "accepted", _FILING_CLOCK, _COMMON),
        Procedure("confirmation", "行政确认", "Confirmation", "received", LICENCE, _COMMON + _INTAKE + _SPECIAL),
        Procedure("benefit", "行政给付", "Benefit", "received", LICENCE, _COMMON + _INTAKE),
        Procedure("public", "公共服务", "Public service", "received", LICENCE, _COMMON + _INTAKE),
        Procedure("promise", "告知承诺", "Notice and promise", "received", LICENCE, _COMMON + _INTAKE),
    )
}
