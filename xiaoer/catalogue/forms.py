"""One question as a form: it reads what was typed by the rules and says what is wrong in the reader's language."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiaoer.kernel.refusal import Refusal, sentence

from . import rules
from .templatetags.catalogue import say

TYPED = {"number": "decimal", "money": "decimal", "phone": "tel", "email": "email"}


class QuestionForm(forms.Form):
    """The form of one question. Its value is a fact."""

    use_required_attribute = False

    def __init__(self, field: rules.Field, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = field
        self.fields[field.key] = _control(field)

    def clean(self) -> dict[str, Any]:
        """Read the answer; what is wrong is said at the field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned[self.asked.key] = rules.read_answer(self.asked, cleaned[self.asked.key])
        except Refusal as refused:
            if "label" in refused.params:
                refused.params["label"] = say(self.asked, "label")
            self.add_error(self.asked.key, sentence(refused, language=get_language() or ""))
        return cleaned


def _control(field: rules.Field) -> forms.Field:
    missing = sentence(Refusal("answer_missing", label=say(field, "label")), language=get_language() or "")
    words: dict[str, Any] = {
        "label": _label(field), "help_text": say(field, "why"), "error_messages": {"required": missing}
    }  # fmt: skip
    choices = [(choice.value, say(choice, "label")) for choice in field.choices]
    control: forms.Field
    if field.kind == "yes_no":
        control = forms.CharField(widget=forms.RadioSelect(choices=[("yes", _("是")), ("no", _("否"))]), **words)
    elif field.kind == "choice":
        control = forms.CharField(widget=forms.RadioSelect(choices=choices), **words)
    elif field.kind == "choices":
        control = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **words)
    else:
        attributes = {"inputmode": TYPED[field.kind]} if field.kind in TYPED else {}
        control = forms.CharField(widget=forms.TextInput(attrs=attributes), **words)
    return control


def _label(field: rules.Field) -> str:
    unit = say(field, "unit")
    return f"{say(field, 'label')} ({unit})" if unit else str(say(field, "label"))
