"""A state machine is a table (state, act) -> state, whose rows carry what the law attaches to the act.  # bilingual

A `Table` holds all rows there ever were: a rule is never edited, a later row supersedes it from its date, a row with
`to=None` ends it. `as_of(on)` gives the `Machine` of the rows in force on that day.

    table = Table(start="", final={"granted"}, rows=(
        Row(state="", act="receive", to="received", who=("applicant", "clerk"), since=date(2004, 7, 1),
            clock="receive", paper=("收件凭证",), law=("行政许可法 32",), code="1"),
        Row(state="received", act="grant", to="granted", who=("approver",), since=date(2004, 7, 1), clock="decide"),
    ))
    machine = table.as_of(date(2026, 2, 10))
    machine.allowed("received")                     ["grant"]
    machine.allowed("received", who="clerk")        []
    machine.next("", "receive")                     "received"
    machine.next("granted", "grant")                raises MachineError machine.not_allowed

Which day counts is for the caller. Source: core.md (Procedures and acts); architecture.md section 6.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from xiaoer.kernel import refusal

refusal.register(
    {
        "machine.not_allowed": (
            "当前状态“{state}”不能进行“{act}”。现在可以进行：{allowed}。",
            "“{act}” is not possible in the state “{state}”. Possible now: {allowed}.",
        ),
        "machine.unknown_state": (
            "没有“{state}”这个状态。请刷新页面后重试。",
            "There is no state “{state}”. Reload the page and try again.",
        ),
        "machine.two_rows": (
            "状态“{state}”和动作“{act}”有两条同日生效的规定。请只保留一条。",
            "Two rows for “{act}” in the state “{state}” begin on one day. Keep one of them.",
        ),
        "machine.way_out": (
            "“{state}”是终结状态，不能再由“{act}”离开。请改为依命令重开，或删去该规定。",
            "“{state}” is final, so “{act}” may not lead out of it. Mark it as by order, or take the row away.",
        ),
        "machine.dead_end": (
            "从“{state}”无法到达任何终结状态。请补充规定。",
            "No final state can be reached from “{state}”. Add the missing row.",
        ),
        "machine.unreachable": (
            "“{state}”从未可达。请补充到达它的规定，或删去它。",
            "“{state}” could never be reached. Add a row that leads to it, or take it away.",
        ),
    }
)


class MachineError(refusal.Refusal):
    """An act that the table does not have in that state, or a table that contradicts itself.

    Keys: machine.not_allowed {state, act, allowed}, machine.unknown_state {state}, machine.two_rows {state, act}; and,
    returned by `faults`, machine.way_out {state, act}, machine.dead_end {state}, machine.unreachable {state}."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """In `state`, `act` leads to `to` (the same state, if it only does something; None: not allowed any more).

    who: the roles that may act; since: the first day on which the row is in force; clock: the name of the event that
    the act gives to the clock, "" for none; paper: the documents it makes; law: the articles; code: the status reported
    upwards (domain A.4), "" for none; by_order: only on an order from outside, so that it may leave a final state."""

    state: str
    act: str
    to: str | None
    who: tuple[str, ...]
    since: date
    clock: str = ""
    paper: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    code: str = ""
    by_order: bool = False


@dataclass(frozen=True, kw_only=True)
class Machine:
    """The rows in force on one day. Raises MachineError machine.two_rows when a state has an act twice."""

    rows: tuple[Row, ...]
    start: str
    final: Collection[str]

    def __post_init__(self) -> None:
        seen = set()
        for row in self.rows:
            if (row.state, row.act) in seen:
                raise MachineError("machine.two_rows", state=row.state, act=row.act)
            seen.add((row.state, row.act))

    @property
    def states(self) -> frozenset[str]:
        """Every state the rows or the list of final ones name."""
        ends = {row.to for row in self.rows if row.to is not None}
        return frozenset({self.start, *self.final, *ends, *(row.state for row in self.rows)})

    def allowed(self, state: str, *, who: str | None = None) -> list[str]:
        """The acts possible in a state, in the order of the table; with `who`, those of that role.

        Raises MachineError machine.unknown_state."""
        if state not in self.states:
            raise MachineError("machine.unknown_state", state=state)
        return [
            row.act
            for row in self.rows
            if row.state == state and row.to is not None and (who is None or who in row.who)
        ]

    def row(self, state: str, act: str) -> Row:
        """The row of an act in a state. Raises MachineError machine.not_allowed or machine.unknown_state."""
        allowed = self.allowed(state)
        if act not in allowed:
            raise MachineError("machine.not_allowed", state=state, act=act, allowed=", ".join(allowed) or "–")
        return next(row for row in self.rows if (row.state, row.act) == (state, act))

    def next(self, state: str, act: str) -> str:
        """The state that an act leads to. Raises as `row`."""
        return str(self.row(state, act).to)

    def reachable(self, *, state: str | None = None) -> frozenset[str]:
        """The states that acts can lead to from this state (from the start, when none is given), itself included."""
        return _reach(self.rows, self.start if state is None else state)

    def faults(self) -> list[MachineError]:
        """What contradicts itself: a way out of a final state, and a state from which no final one can be reached.

        An order from outside (`by_order`) is no way out, and no way to an end either. A state that no row leads to any
        more is no fault: old cases may still stand there (`Table.faults` finds those that never could be reached)."""
        ways_out = [row for row in self.rows if row.state in self.final and row.to not in (row.state, None)]
        own = [row for row in self.rows if not row.by_order]
        stuck = [state for state in sorted(self.states) if not _reach(own, state) & set(self.final)]
        return [
            *(MachineError("machine.way_out", state=row.state, act=row.act) for row in ways_out if not row.by_order),
            *(MachineError("machine.dead_end", state=state) for state in stuck),
        ]


@dataclass(frozen=True, kw_only=True)
class Table:
    """All rows of a procedure, of every date."""

    rows: tuple[Row, ...]
    start: str
    final: Collection[str]

    @property
    def dates(self) -> list[date]:
        """The days on which the table changes, earliest first."""
        return sorted({row.since for row in self.rows})

    def as_of(self, on: date) -> Machine:
        """The machine of that day: of each state and act the latest row that has begun. Raises machine.two_rows."""
        begun = [row for row in self.rows if row.since <= on]
        latest: dict[tuple[str, str], date] = {}
        for row in begun:
            latest[row.state, row.act] = max(row.since, latest.get((row.state, row.act), row.since))
        in_force = tuple(row for row in begun if row.since == latest[row.state, row.act])
        return Machine(rows=in_force, start=self.start, final=self.final)

    def faults(self) -> list[MachineError]:
        """The faults of the machines of all dates, each told once, and the states that never could be reached."""
        machines = [self.as_of(on) for on in self.dates]
        found = {repr((fault.key, fault.params)): fault for machine in machines for fault in machine.faults()}
        named = {state for machine in machines for state in machine.states}
        never = sorted(named - _reach(self.rows, self.start))
        return [*found.values(), *(MachineError("machine.unreachable", state=state) for state in never)]


def _reach(rows: Iterable[Row], start: str) -> frozenset[str]:
    ways: dict[str, set[str]] = {}
    for row in rows:
        if row.to is not None:
            ways.setdefault(row.state, set()).add(row.to)
    found = {start}
    todo = [start]
    while todo:
        fresh = ways.get(todo.pop(), set()) - found
        found |= fresh
        todo += fresh
    return frozenset(found)
