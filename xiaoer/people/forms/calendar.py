"""What operators say when a notice of days off is published."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, offer
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import rules as network_rules

from . import said
from .network import NOT_YOURS, Choices


class CalendarForm(forms.Form):
    """A notice of days off and working days, as it was published."""

    region_code = forms.ChoiceField(label=_("适用地区"), required=False, error_messages={"invalid_choice": NOT_YOURS})
    title = forms.CharField(label=_("通知标题"), max_length=100)
    notice = forms.CharField(label=_("文号"), max_length=60, help_text=_("例如：国办发明电〔2025〕7号。"))
    published_on = TypedDateField(label=_("公布日期"))
    days = forms.CharField(
        label=_("放假和上班的日子"), widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("每行一天：日期 放假或上班 节日。例如：2027-01-01 放假 元旦"),
    )  # fmt: skip

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region_code", [("", _("全国")), *regions])

    def clean_days(self) -> list[list[str]]:
        try:
            return network_rules.parse_days(self.cleaned_data["days"])
        except Refusal as refused:
            raise ValidationError(said(refused)) from None
