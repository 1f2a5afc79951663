"""The legal procedures as tables: (state, act) -> state, with who may act and which law says so.  # bilingual

What differs between procedures stands in their tables; pages and API build their buttons from ``allowed`` and nothing
else. Rows are never edited: a new row with a later from_date supersedes. States carry the exchange code of domain A.4.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from xiaoer.kernel.clock import LICENCE, ClockRules
from xiaoer.kernel.machine import Machine, Row, Table

FOREVER = date(2004, 7, 1)
"""行政许可法 in force."""

STATES: dict[str, tuple[str, str, str]] = {
    "received": ("已收件", "Received", "1"),
    "supplementing": ("待补正", "Awaiting your supplement", "6"),
    "waiting": ("等前一件", "Waits for another case", "1"),
    "accepted": ("已受理", "Accepted", "3"),
    "handling": ("办理中", "In progress", "8"),
    "special": ("特别程序", "Suspended for a special procedure", "9"),
    "granted": ("准予", "Granted", "11"),
    "refused": ("不予许可", "Refused", "13"),
    "not_a_matter": ("不受理", "No licence needed", "4"),
    "declined": ("不予受理", "Not accepted", "5"),
    "withdrawn": ("已撤回", "Withdrawn", "2"),
    "lapsed": ("逾期未补正", "Lapsed", "2"),
    "terminated": ("已终止办理", "Ended by the organ", "2"),
}
FINAL = frozenset({"granted", "refused", "not_a_matter", "declined", "withdrawn", "lapsed", "terminated"})
OPEN = frozenset(STATES) - FINAL
OUTCOMES = {"granted": "granted", "refused": "refused", "not_a_matter": "waived", "declined": "refused",
            "withdrawn": "withdrawn", "lapsed": "lapsed", "terminated": "withdrawn"}  # fmt: skip
"""Final state of a case -> its outcome in the plan of a bundle."""


@dataclass(frozen=True)
class Act:
    """The words of an act on buttons, and its key at the desk."""

    name: str
    zh: str
    en: str
    key: str = ""


ACTS = {
    act.name: act
    for act in (
        Act("accept", "受理", "Accept", "a"),
        Act("notify", "一次性告知补正", "Tell all gaps", "n"),
        Act("decline", "不予受理", "Do not accept", "b"),
        Act("begin", "开始办理", "Begin"),
        Act("grant", "准予", "Grant", "g"),
        Act("refuse", "不予许可", "Refuse", "x"),
        Act("suspend", "启动特别程序", "Suspend", "s"),
        Act("resume", "特别程序结束", "Resume", "u"),
        Act("extend", "延长期限", "Extend", "e"),
        Act("tell_hearing", "告知听证权利", "Tell of the right to a hearing", "h"),
        Act("ask_hearing", "登记听证申请", "Record that a hearing is asked for", "y"),
        Act("set_hearing", "通知听证", "Announce the hearing", "m"),
        Act("hold_hearing", "登记听证笔录", "Record the hearing", "l"),
        Act("drop_hearing", "登记收回听证申请", "Record that the asking is taken back"),
        Act("terminate", "终止办理", "End the case", "p"),
        Act("deliver", "登记送达", "Record delivery", "d"),
        Act("supplement", "补正材料", "Supplement"),
        Act("withdraw", "撤回申请", "Withdraw"),
        Act("deem", "视为受理", "Deem accepted"),
        Act("start", "开始计算期限", "Begin the term"),
        Act("lapse", "逾期未补正", "Lapse"),
    )
}


NOT_A_MATTER = "decline:not_a_matter"
"""How the table knows a decline whose ground is that no licence is needed: it ends in a state of its own."""


def _rows(act: str, sources: str, target: str | None, who: str, law: str = "") -> tuple[Row, ...]:
    """Return one row for each source state; who: by spaces; target None: the act leaves the state as it is."""
    return tuple(
        Row(state=state, act=act, to=target or state, who=tuple(who.split()), since=FOREVER, law=(law,) if law else ())
        for state in sources.split()
    )


_COMMON = (
    *_rows("withdraw", "received supplementing accepted handling", "withdrawn", "applicant"),
    *_rows("terminate", "received supplementing accepted handling", "terminated", "cases.decide"),
    *_rows("begin", "accepted", "handling", "cases.review"),
    *_rows("grant", "accepted handling", "granted", "cases.decide", "行政许可法 34、38"),
    *_rows("refuse", "accepted handling", "refused", "cases.decide", "行政许可法 38"),
    *_rows("deliver", "granted refused", None, "cases.deliver", "行政许可法 44"),
)
_INTAKE = (
    *_rows("accept", "received", "accepted", "cases.accept", "行政许可法 32(5)"),
    *_rows("notify", "received", "supplementing", "cases.accept", "行政许可法 32(4)"),
    *_rows("decline", "received", "declined", "cases.accept", "行政许可法 32(1)(2)"),
    *_rows(NOT_A_MATTER, "received", "not_a_matter", "cases.accept", "行政许可法 32(1)(1)"),
    *_rows("supplement", "supplementing", "received", "applicant", "行政许可法 32(4)"),
    *_rows("lapse", "supplementing", "lapsed", "time"),
    *_rows("deem", "received", "accepted", "time", "行政许可法 32(4)"),
)
_SPECIAL = (
    *_rows("suspend", "accepted handling", "special", "cases.review", "行政许可法 45"),
    *_rows("withdraw", "special", "withdrawn", "applicant"),
    *_rows("terminate", "special", "terminated", "cases.decide"),
    *_rows("resume", "special", "handling", "cases.review", "行政许可法 45"),
    *_rows("extend", "accepted handling", None, "cases.extend", "行政许可法 42"),
)
_HEARD = (
    *_rows("tell_hearing", "accepted handling special", None, "cases.review", "行政许可法 36、46、47"),
    *_rows("ask_hearing", "accepted handling special", None, "applicant cases.accept", "行政许可法 47"),
    *_rows("set_hearing", "accepted handling special", None, "cases.review", "行政许可法 48"),
    *_rows("hold_hearing", "accepted handling special", None, "cases.read", "行政许可法 48"),
    *_rows("drop_hearing", "accepted handling special", None, "applicant cases.accept", "行政许可法 47"),
)
"""A hearing keeps the state of the case: what it bars stands in rules.hearing."""
_FILED = (
    *(row for row in _COMMON if row.state not in {"received", "supplementing"}),
    *_rows("start", "waiting", "accepted", "time"),
    *_rows("withdraw", "waiting", "withdrawn", "applicant"),
    *_rows("terminate", "waiting", "terminated", "cases.decide"),
)


@dataclass(frozen=True)
class Procedure:
    """A legal procedure: its table from the state right after receipt, and the table of its statutory clock."""

    name: str
    zh: str
    en: str
    initial: str
    clock: ClockRules
    rows: tuple[Row, ...]

    @property
    def table(self) -> Table:
        final = frozenset(row.to for row in self.rows if row.to in FINAL)
        return Table(start=self.initial, final=final, rows=self.rows)


_FILING_CLOCK = ClockRules(silence_days=None)

PROCEDURES = {
    one.name: one
    for one in (
        Procedure("licence", "行政许可", "Licence", "received", LICENCE, _COMMON + _INTAKE + _SPECIAL + _HEARD),
        Procedure("registration", "市场主体登记", "Registration", "received", LICENCE, _COMMON + _INTAKE),
        Procedure("filing", "备案", "Filing", "waiting", _FILING_CLOCK, _FILED),
        Procedure("confirmation", "行政确认", "Confirmation", "received", LICENCE, _COMMON + _INTAKE + _SPECIAL),
        Procedure("benefit", "行政给付", "Benefit", "received", LICENCE, _COMMON + _INTAKE),
        Procedure("public", "公共服务", "Public service", "received", LICENCE, _COMMON + _INTAKE),
        Procedure("promise", "告知承诺", "Notice and promise", "received", LICENCE, _COMMON + _INTAKE),
    )
}


@lru_cache(maxsize=512)
def machine_of(procedure: str, on: date) -> Machine:
    """Return the table of a procedure as it stands on a day."""
    return PROCEDURES[procedure].table.as_of(on)
