"""Forms of people and of the network: what is typed is checked at its field and never lost."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from xiaoer.design.fields import tell_meanwhile
from xiaoer.kernel.refusal import Refusal, sentence


def said(refused: Refusal) -> str:
    """Return a refusal in the reader's language."""
    return sentence(refused, language=get_language() or "zh-hans")


def tell(form: forms.BaseForm, refused: Refusal, *, at: str = "") -> None:
    """Put a refusal into a form, at a field when the form has it: the page comes back with all that was typed."""
    form.add_error(at if at in form.fields else None, said(refused))


def tell_refused(
    form: forms.Form, refused: Refusal, *, row: Any, fields: Iterable[str] = (), at: str = ""
) -> None:  # fmt: skip
    """Put a refusal into a form that changes a row; when somebody was first, with what the row says now."""
    tell(form, refused, at=at)
    if refused.key == "stale":
        row.refresh_from_db()
        tell_meanwhile(form, present={name: getattr(row, name) for name in fields}, seen=row.version)


def pairs(table: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the choices of a table of (zh, en) in the reader's language."""
    place = 1 if (get_language() or "").startswith("en") else 0
    return [(key, words[place]) for key, words in table.items()]
