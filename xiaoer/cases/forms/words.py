"""Words at the edge: refusals as sentences, catalogue texts in the reader's language."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from xiaoer.kernel import refusal
from xiaoer.kernel.refusal import Refusal


def english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "").startswith("en")


def said(refused: Refusal, **params: Any) -> str:
    """Return a refusal as a sentence in the reader's language; params take the place of its own."""
    told = Refusal(refused.key, **{**refused.params, **params})
    return refusal.sentence(told, language=get_language() or "zh-hans")


def sent(request: HttpRequest) -> Any:
    """Return what was posted, None for a page that is only opened: a form with nothing in it was sent all the same."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> Any:
    """Return the files that came with what was posted, None for a page that is only opened."""
    return request.FILES if request.method == "POST" else None


def sent_again(form: Any, **values: object) -> None:
    """Let a form that was sent stand for what its page shows now: the versions in its hidden fields are new."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[name] = str(value)


def text(one: Any, name: str = "name") -> str:
    """Return a text of the catalogue (field, material, service …) in English where it is there, else in Chinese."""
    own = str(getattr(one, f"{name}_en", "")) if english() else ""
    found: str = own or getattr(one, name)
    return found
