"""What operators say when a notice of days off is published."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoer.kernel.refusal import Refusal
from xiaoer.network import rules as network_rules

from . import said
from .mine import DATE


class CalendarForm(forms.Form):
    """A notice of days off and working days, as it was published."""

    region_code = forms.CharField(
        label=_("适用地区代码"), max_length=12, required=False, help_text=_("全国通知留空；地方假日写12位区划代码。")
    )
    title = forms.CharField(label=_("通知标题"), max_length=100)
    notice = forms.CharField(label=_("文号"), max_length=60, help_text=_("例如：国办发明电〔2025〕7号。"))
    published_on = forms.DateField(label=_("公布日期"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    days = forms.CharField(
        label=_("放假和上班的日子"), widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("每行一天：日期 放假或上班 节日。例如：2027-01-01 放假 元旦"),
    )  # fmt: skip

    def clean_days(self) -> list[list[str]]:
        try:
            return network_rules.parse_days(self.cleaned_data["days"])
        except Refusal as refused:
            raise ValidationError(said(refused)) from None
