"""Bills as people read them: amounts in yuan, states in words, addresses."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoer.design.templatetags.design import day

from .. import rules
from ..forms.words import english
from ..models import Bill
from ..queries import ApplicationFile
from .mine_words import Names


def amount(fen: int) -> str:
    """Return an amount as it is written: ¥12.00."""
    return f"¥{rules.fees.yuan(fen)}"


def state_of_bill(bill: Bill) -> tuple[str, str]:
    """Return the word and tone of a bill's state; money on its way back says so."""
    if rules.fees.owed_back(bill):
        return _("等退费"), "waiting"
    return rules.fees.BILL_STATES[bill.state][english()], rules.fees.BILL_TONES[bill.state]


def due_bills(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    """Return what is to be paid in an application."""
    cases = {part.case.id: part.case for part in file.parts}
    return [
        {"name": names.case(cases[bill.case]), "amount": amount(bill.total_fen), "until": bill.due_on,
         "granted": cases[bill.case].state == "granted", "url": reverse("cases:bill", args=[bill.number])}
        for bill in file.bills
        if bill.state == "due"
    ]  # fmt: skip


def bill_rows(file: ApplicationFile, names: Names) -> list[dict[str, Any]]:
    """Return all bills of an application as a list of tasks."""
    cases = {part.case.id: part.case for part in file.parts}
    rows = []
    for bill in file.bills:
        word, tone = state_of_bill(bill)
        hint = _("最晚 %(day)s") % {"day": day(bill.due_on)} if bill.state == "due" else ""
        rows.append(
            {"name": f"{names.short(cases[bill.case])} {amount(bill.total_fen)}", "hint": hint, "tone": tone,
             "word": word, "url": reverse("cases:bill", args=[bill.number])}
        )  # fmt: skip
    return rows


def item_rows(bill: Bill) -> list[dict[str, str]]:
    """Return the items of a bill: name, basis, amount."""
    return [{"name": item["name"], "basis": item["basis"], "amount": amount(item["fen"])} for item in bill.items]
