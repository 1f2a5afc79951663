"""xiaoer clock explain [--json] FILE|-: one case a line in (JSON), one answer a line out.  # bilingual

With --json an answer has accepted_on, deemed, suspended, statutory_due_on, promised_due_on, delivery_due_on,
provisional and days: [{on, counts, number, reason}] from the day after acceptance to the statutory due date, or to
as_of while there is none. `number` is null on days that do not count. An act the law does not allow, or a line that
cannot be read, gives {"error": {"code", "message"}} on its line. Exit code 1 if any line is an error.
Without --json the same in Chinese sentences. The input is described in xiaoer/cli/clock_input.py.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from xiaoer.cli.clock_input import Case, bad, parse_case
from xiaoer.cli.lines import read_lines
from xiaoer.kernel.clock import ClockError, ClockState, Day, explain, fold_all

WEEKDAYS = "一二三四五六日"
REASONS = {"working": "工作日", "weekend": "周末", "holiday": "放假", "swapped": "调休上班", "suspended": "中止计时"}


def add(subparsers: Any) -> None:
    """Register `clock explain`."""
    actions = subparsers.add_parser("clock", help="statutory time limits, day by day").add_subparsers(required=True)
    parser = actions.add_parser(
        "explain",
        help="one case a line in, its dates out",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON lines")
    parser.add_argument("file", metavar="FILE|-")
    parser.set_defaults(run=run_explain)


def run_explain(arguments: argparse.Namespace) -> int:
    """Answer every line; a wrong line does not stop the next."""
    show = _as_json if arguments.json else _as_text
    wrong = False
    try:
        for line in read_lines(arguments.file):
            try:
                case = _case(line)
                print(show(*_answer(case)))
            except ClockError as error:
                wrong = True
                print(_error(error, show))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    return int(wrong)


def _case(line: str) -> Case:
    try:
        return parse_case(json.loads(line))
    except (json.JSONDecodeError, RecursionError, ValueError):
        raise bad("JSON", line) from None


def _answer(case: Case) -> tuple[ClockState, list[Day]]:
    state = fold_all(case.events, limits=case.limits, calendar=case.calendar, as_of=case.as_of)
    return state, explain(state, case.calendar, as_of=case.as_of)


def _error(error: ClockError, show: Callable[..., str]) -> str:
    if show is _as_text:
        return f"错误（{error.code}）：{error.message()}\n"
    return json.dumps({"error": {"code": error.code, "message": error.message()}}, ensure_ascii=False)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_json(state: ClockState, days: list[Day]) -> str:
    answer = {
        "accepted_on": _iso(state.accepted_on),
        "deemed": state.deemed,
        "suspended": state.suspended,
        "statutory_due_on": _iso(state.statutory_due_on),
        "promised_due_on": _iso(state.promised_due_on),
        "delivery_due_on": _iso(state.delivery_due_on),
        "provisional": state.provisional,
        "days": [
            {"on": day.on.isoformat(), "counts": day.counts, "number": day.number, "reason": day.reason} for day in days
        ],
    }
    return json.dumps(answer, ensure_ascii=False)


def _as_text(state: ClockState, days: list[Day]) -> str:
    lines = [
        f"受理日期：{_iso(state.accepted_on) or '尚未受理'}{_how(state)}",
        f"法定期限届满：{_iso(state.statutory_due_on) or _why_none(state)}",
        f"承诺期限届满：{_iso(state.promised_due_on) or _why_none(state)}",
        f"送达期限届满：{_iso(state.delivery_due_on) or '—'}",
    ]
    if state.deem_on:
        lines.append(f"到 {_iso(state.deem_on)} 仍未告知、受理或者不予受理的，视为自收到之日起受理。")
    if state.provisional:
        lines.append("其中有日期涉及尚未公布放假安排的年份，仅按周末推算，公布后可能变化。")
    return "\n".join([*lines, *map(_day, days), ""])


def _how(state: ClockState) -> str:
    return "（逾期未告知，视为受理，行政许可法第三十二条）" if state.deemed else ""


def _why_none(state: ClockState) -> str:
    if state.suspended:
        return "计时中止，恢复后确定"
    return "—"


def _day(day: Day) -> str:
    counted = f"第 {day.number} 日" if day.counts else "不计"
    notes = "，".join(filter(None, (day.note, day.notice)))
    detail = f"（{notes}）" if notes else ""
    return f"  {day.on} 周{WEEKDAYS[day.on.weekday()]}  {counted}  {REASONS[day.reason]}{detail}"
