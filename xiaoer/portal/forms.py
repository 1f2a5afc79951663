"""The settings of the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import offer
from xiaoer.network import queries as network

from .events import SiteDescribed


class SiteForm(forms.Form):
    """Whose platform this is, in both languages."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("网站名称"), max_length=40, help_text=_("写在每一页的左上角，例如：瑞昌政务服务。"))
    name_en = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    region = forms.ChoiceField(label=_("所在地区"), help_text=_("首页列出这个地区的一件事。"), required=False)
    phone = forms.CharField(
        label=_("咨询电话"), max_length=40, required=False, help_text=_("除了 12345 以外的电话，没有就不填。"),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    address = forms.CharField(label=_("大厅地址"), max_length=200, required=False)
    address_en = forms.CharField(label=_("大厅地址（英文）"), max_length=200, required=False)
    help = forms.CharField(
        label=_("帮助页上要说的话"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )  # fmt: skip
    help_en = forms.CharField(
        label=_("帮助页上要说的话（英文）"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "region", [("", _("（不限）")), *network.named_below([""])])

    def said(self) -> SiteDescribed:
        """Return what was said."""
        told: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return SiteDescribed(**told)
