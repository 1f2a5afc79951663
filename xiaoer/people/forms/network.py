"""What operators say about organs, zones, halls and windows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, offer
from xiaoer.kernel import codes
from xiaoer.network import queries as network
from xiaoer.network import rules as network_rules

from . import pairs, said

NOT_YOURS = _("这个地区不归您管。")
Choices = list[tuple[str, str]]
"""(code, name) of each region that an operator may choose."""


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
    duties = forms.CharField(
        label=_("主要职责"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("给群众看的：管什么、找它办什么。"),
    )  # fmt: skip
    seen = seen()


class UncodedOrganForm(OrganForm):
    """An organ that was set up without its credit code: the code is entered once and stays."""

    field_order = ("uscc",)
    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, required=False,
        help_text=_("没有代码，不能公布这个机关的事项。填好以后不能再改。"),
    )  # fmt: skip

    def clean_uscc(self) -> str:
        return checked_uscc(str(self.cleaned_data["uscc"]))


class NewOrganForm(OrganForm):
    """An organ that is entered for the first time."""

    field_order = ("name", "short_name", "uscc", "region_code", "kind", "parent", "valid_from")
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18)
    region_code = forms.ChoiceField(label=_("所属地区"), error_messages={"invalid_choice": NOT_YOURS})
    kind = forms.ChoiceField(label=_("类型"))
    parent = forms.CharField(
        label=_("上级机关的统一社会信用代码"), max_length=18, required=False, help_text=_("分局、派出机构才填。")
    )
    valid_from = TypedDateField(label=_("从哪天起"))

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", pairs(network_rules.ORGAN_KINDS))
        offer(self, "region_code", regions)

    def clean_uscc(self) -> str:
        return checked_uscc(str(self.cleaned_data["uscc"]))

    def clean_parent(self) -> network.Organ | None:
        return organ_with(str(self.cleaned_data["parent"]))


class HallForm(forms.Form):
    """Where a hall is and when it is open."""

    name = forms.CharField(label=_("大厅名称"), max_length=100)
    address = forms.CharField(label=_("地址"), max_length=200)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    hours = forms.CharField(
        label=_("开放时间"), max_length=200,
        help_text=_("例如：工作日 9:00-12:00、13:30-17:00；周六 9:00-12:00。这样写，页面上会显示今天开到几点。"),
    )  # fmt: skip
    directions = forms.CharField(
        label=_("怎么去"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("公交、停车、从哪个门进。"),
    )  # fmt: skip
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


class CloseForm(forms.Form):
    """Why something is closed, as the public reads it."""

    reason = forms.CharField(
        label=_("原因"), max_length=100, help_text=_("群众会看到。知道哪天恢复，也写上，例如：装修，5月6日恢复。")
    )
    seen = seen()


class CloseOrganForm(forms.Form):
    """When an organ closes and who takes over."""

    on = TypedDateField(label=_("从哪天起撤销"), help_text=_("今天或以前。"))
    successor = forms.ChoiceField(
        label=_("由哪个机关承接"), required=False, help_text=_("它手里还有东西就必须选；什么都没有，可以不选。")
    )
    sure = forms.BooleanField(label=_("我已看清楚上面列出的会全部移交，撤销后不能恢复"))
    seen = seen()

    def __init__(self, *args: Any, heirs: Iterable[network.Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heirs = {str(one.id): one for one in heirs}
        choices = [("", _("没有，手里什么都没有了")), *((key, one.name) for key, one in self.heirs.items())]
        offer(self, "successor", choices)

    def clean_successor(self) -> network.Organ | None:
        return self.heirs.get(str(self.cleaned_data["successor"]))


class ZoneForm(forms.Form):
    """A zone as it is now; an organ of its own is named by its credit code."""

    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("级别"))
    organ = forms.CharField(
        label=_("管理机关的统一社会信用代码"), max_length=18, required=False, help_text=_("没有自己的管理机关就不填。")
    )
    territory = forms.CharField(
        label=_("范围"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("四至，或者包括哪些园区、村、街道。"),
    )  # fmt: skip
    seen = seen()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", pairs(network_rules.ZONE_KINDS))

    def clean_organ(self) -> network.Organ | None:
        return organ_with(str(self.cleaned_data["organ"]))


class NewZoneForm(ZoneForm):
    """A zone that is entered for the first time."""

    field_order = ("code", "name", "kind", "host_code", "organ", "territory", "valid_from")
    code = forms.CharField(label=_("开发区代码"), max_length=12, help_text=_("12位，不能和现行区划代码相同。"))
    host_code = forms.CharField(label=_("所在区划代码"), max_length=12, help_text=_("12位，例如 360481000000。"))
    valid_from = TypedDateField(label=_("从哪天起"))


class EndZoneForm(forms.Form):
    """When a zone ends."""

    on = TypedDateField(label=_("从哪天起撤销"),
        help_text=_("这一天起不再有效，可以是将来。"),
    )  # fmt: skip
    seen = seen()


def checked_uscc(typed: str) -> str:
    """Return a credit code in capitals without spaces, empty for nothing. ValidationError says what is wrong."""
    code = "".join(typed.split()).upper()
    fault = codes.check_uscc(code) if code else None
    if fault is not None:
        raise ValidationError(said(fault))
    return code


def organ_with(code: str) -> network.Organ | None:
    """Return the organ with a credit code that was typed, None for nothing. ValidationError for an unknown code."""
    typed = "".join(code.split()).upper()
    found = network.organ_by_uscc(typed) if typed else None
    if typed and found is None:
        raise ValidationError(_("没有这个代码的机关。"))
    return found
