"""The ledger's fold.  # bilingual"""

from dataclasses import dataclass, replace

from xiaoer.journal import rules
from xiaoer.kernel import refusal

refusal.register({"sheet_closed": ("账页已经结了。", "The sheet is closed.")})


@dataclass(frozen=True)
class SheetState:
    title: str
    owner: str
    total: int = 0
    closed: bool = False


def fold(state: SheetState | None, event: rules.Event) -> SheetState:
    if state is None:
        return SheetState(title=event.data.title, owner=event.data.owner)
    if event.name == "sheet.erased":
        return state
    if state.closed:
        raise refusal.Refusal("sheet_closed")
    if event.name == "sheet.closed":
        return replace(state, closed=True)
    return replace(state, total=state.total + event.data.amount)


SHEET = rules.subject("sheet", model="ledger.Sheet", state=SheetState, fold=fold)
