"""The pages of a rating: first the level, then why."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import rules


def spoken(zh: str, en: str) -> str:
    """Return the one of two texts that the reader reads."""
    return en if (get_language() or "").startswith("en") else zh


def level_choices() -> list[tuple[str, str]]:
    return [(str(level), spoken(*words)) for level, words in rules.LEVELS.items()]


class LevelForm(forms.Form):
    """How satisfied somebody is with the service."""

    level = forms.ChoiceField(
        label=_("这次办事，您满意吗？"), choices=level_choices, widget=forms.RadioSelect,
        error_messages={"required": _("请先选满意的程度。")},
    )  # fmt: skip


class RatingForm(forms.Form):
    """Why, in the reasons of one level and in own words; at a counter also how the person served."""

    reasons = forms.MultipleChoiceField(
        label=_("为什么？可以选几个"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.MultipleChoiceField(label=_("其他原因"), required=False, widget=forms.CheckboxSelectMultiple)
    staff_level = forms.TypedChoiceField(
        label=_("窗口人员的服务，您满意吗？"), choices=level_choices, coerce=int, widget=forms.RadioSelect,
        error_messages={"required": _("请给窗口人员也评一下。")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("还想说的话"), help_text=_("最多500字。请不要写证件号和电话。"), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, level: int, counter: bool, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = rules.indicators(level, on=on)
        for name, rest in (("reasons", False), ("more", True)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(one.code, spoken(one.zh, one.en)) for one in found if one.expand == rest]
        if not counter:
            del self.fields["staff_level"]

    def said(self) -> dict[str, Any]:
        """Return what services.rate takes besides the level."""
        cleaned = self.cleaned_data
        return {
            "reasons": [*cleaned["reasons"], *cleaned["more"]], "words": cleaned["words"],
            "staff_level": cleaned.get("staff_level"),
        }  # fmt: skip
