"""What operators say about organs, halls, windows and calendars."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoer.kernel import codes
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import queries as network
from xiaoer.network import rules as network_rules

from . import pairs, said
from .mine import DATE


def seen() -> forms.IntegerField:
    """The version that the page showed; absent for what is new."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class OrganForm(forms.Form):
    """How an organ is called and reached."""

    name = forms.CharField(label=_("机关全称"), max_length=100)
    short_name = forms.CharField(label=_("简称"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("联系科室或岗位"), max_length=60, required=False, help_text=_("写科室或岗位，不写个人姓名。")
    )
    seen = seen()


class NewOrganForm(OrganForm):
    """An organ that is entered for the first time."""

    field_order = ("name", "short_name", "uscc", "region_code", "kind", "parent", "valid_from")
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18)
    region_code = forms.CharField(label=_("所属区划代码"), max_length=12, help_text=_("12位，例如 360481000000。"))
    kind = forms.ChoiceField(label=_("类型"))
    parent = forms.CharField(
        label=_("上级机关的统一社会信用代码"), max_length=18, required=False, help_text=_("分局、派出机构才填。")
    )
    valid_from = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = pairs(network_rules.ORGAN_KINDS)  # type: ignore[attr-defined]

    def clean_uscc(self) -> str:
        code = str(self.cleaned_data["uscc"]).upper()
        fault = codes.check_uscc(code)
        if fault is not None:
            raise ValidationError(said(fault))
        return code

    def clean_region_code(self) -> str:
        code = str(self.cleaned_data["region_code"])
        try:
            network.region(code)
        except Refusal as refused:
            raise ValidationError(said(refused)) from None
        return code

    def clean_parent(self) -> network.Organ | None:
        code = str(self.cleaned_data["parent"]).upper()
        found = network.organ_by_uscc(code) if code else None
        if code and found is None:
            raise ValidationError(_("没有这个代码的机关。"))
        return found


class HallForm(forms.Form):
    """Where a hall is and when it is open."""

    name = forms.CharField(label=_("大厅名称"), max_length=100)
    address = forms.CharField(label=_("地址"), max_length=200)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    hours = forms.CharField(label=_("开放时间"), max_length=200, help_text=_("例如：工作日 9:00-12:00、13:30-17:00。"))
    seen = seen()


class WindowForm(forms.Form):
    """What a window takes."""

    number = forms.CharField(label=_("窗口号"), max_length=10)
    name = forms.CharField(label=_("窗口名称"), max_length=60)
    classes = forms.CharField(label=_("受理哪几类事"), required=False, help_text=_("用空格隔开，例如：综合受理 税务。"))
    closed = forms.BooleanField(label=_("暂停使用"), required=False)
    seen = seen()

    def clean_classes(self) -> list[str]:
        return str(self.cleaned_data["classes"]).split()


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
