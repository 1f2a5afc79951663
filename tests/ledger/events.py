"""Events of the ledger that tests try the journal's spine on."""

from dataclasses import dataclass

from xiaoer.journal.events import event


@event("sheet.opened", subject="sheet", zh="建了账页", en="opened a sheet", personal=("owner",))
@dataclass(frozen=True)
class Opened:
    title: str
    owner: str = ""


@event("sheet.added", subject="sheet", zh="记了{amount}", en="added {amount}")
@dataclass(frozen=True)
class Added:
    amount: int


@event("sheet.closed", subject="sheet", zh="结了账页", en="closed the sheet")
@dataclass(frozen=True)
class Closed:
    pass


@event("sheet.erased", subject="sheet", zh="删除了个人信息", en="erased personal values")
@dataclass(frozen=True)
class Erased:
    reason: str
