"""Forms of people and of the network: what is typed is checked at its field and never lost."""

from django import forms
from django.utils.translation import get_language

from xiaoer.kernel.refusal import Refusal, sentence


def said(refused: Refusal) -> str:
    """Return a refusal in the reader's language."""
    return sentence(refused, language=get_language() or "zh-hans")


def tell(form: forms.BaseForm, refused: Refusal, *, at: str = "") -> None:
    """Put a refusal into a form, at a field when the form has it: the page comes back with all that was typed."""
    form.add_error(at if at in form.fields else None, said(refused))


def pairs(table: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the choices of a table of (zh, en) in the reader's language."""
    place = 1 if (get_language() or "").startswith("en") else 0
    return [(key, words[place]) for key, words in table.items()]
