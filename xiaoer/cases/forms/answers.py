"""Forms made from the questions of the catalogue. What an answer may be is decided there; here it is only shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xiaoer.catalogue.rules import Field, read_answer
from xiaoer.design.fields import PlaceInput
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network

from .words import said, text

FLAG = {True: "yes", False: "no"}
SHORT = {"number", "money", "date", "phone"}
ATTRS: dict[str, dict[str, str]] = {
    "number": {"inputmode": "decimal", "autocomplete": "off"},
    "money": {"inputmode": "decimal", "autocomplete": "off"},
    "date": {"autocomplete": "off"},
    "phone": {"type": "tel", "inputmode": "tel"},
    "email": {"type": "email", "inputmode": "email"},
    "id_number": {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    "uscc": {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
}


def label_of(field: Field) -> str:
    """Return the question with its unit."""
    unit = text(field, "unit")
    return _("%(label)s（%(unit)s）") % {"label": text(field, "label"), "unit": unit} if unit else text(field, "label")


def as_typed(value: Any) -> Any:
    """Return an answer as its control takes it."""
    return FLAG[value] if isinstance(value, bool) else value


def shown(field: Field, value: Any) -> str:
    """Return an answer as people read it; empty for a question that was passed over."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field.kind == "region":
        return network.region_name(value) or str(value)
    chosen = value if isinstance(value, list) else [value]
    labels = {choice.value: text(choice, "label") for choice in field.choices}
    words = _("、").join(labels.get(one, str(one)) for one in chosen)
    unit = text(field, "unit")
    return f"{words} {unit}" if unit else words


class AnswerField(forms.Field):
    """One question. What read_answer refuses is an error in its words; what it gives is the cleaned value."""

    def __init__(self, question: Field, *, from_account: bool) -> None:
        super().__init__(
            required=question.required, label=label_of(question), widget=_widget(question),
            help_text=_help(question, from_account=from_account),
        )  # fmt: skip
        self.question = question

    def clean(self, value: Any) -> Any:
        try:
            return read_answer(self.question, value)
        except Refusal as refused:
            raise ValidationError(said(refused, label=text(self.question, "label")), code="answer") from None


def _help(question: Field, *, from_account: bool) -> str:
    words = [text(question, "why")]
    if question.kind == "date":
        words.append(_("例如 2026-03-05。"))
    if from_account:
        words.append(_("已从您的账户填好，不对可以改。"))
    return " ".join(word for word in words if word)


def _widget(question: Field) -> forms.Widget:
    attrs = dict(ATTRS.get(question.kind, {}))
    if question.autocomplete:
        attrs["autocomplete"] = question.autocomplete
    options = [(choice.value, text(choice, "label")) for choice in question.choices]
    if question.kind == "yes_no":
        return forms.RadioSelect(choices=[("yes", _("是")), ("no", _("否"))])
    if question.kind == "choice":
        return forms.RadioSelect(choices=options)
    if question.kind == "choices":
        return forms.CheckboxSelectMultiple(choices=options)
    if question.kind == "region":
        return PlaceInput(network.places)
    if question.kind == "long_text":
        return forms.Textarea(attrs={**attrs, "rows": "5"})
    return forms.TextInput(attrs=attrs)


class AnswersForm(forms.Form):
    """The questions of one page. seen: version of the draft that the page was made from."""

    use_required_attribute = False

    def __init__(
        self, questions: Iterable[Field], *args: Any, known: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        # A capital letter: no question of the catalogue can have this key.
        self.fields["Seen"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
        for question in self.questions:
            self.fields[question.key] = AnswerField(question, from_account=question.key in (known or {}))

    @property
    def next_level(self) -> bool:
        """Whether only the next level of a place was asked for: without JavaScript its button sends the form."""
        return "next_level" in self.data

    def typed(self) -> dict[str, Any]:
        """Return what was typed, as it came."""
        return {question.key: self[question.key].data for question in self.questions}

    @property
    def version_seen(self) -> int:
        """Return the version that the page was made from; 0 when it was tampered with."""
        return self.cleaned_data.get("Seen") or 0
