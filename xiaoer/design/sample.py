# bilingual
"""What /design/ shows: one scene, one day (5 March 2026), with the dates worked by hand in docs/core.md."""

import datetime as dt

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TODAY = dt.date(2026, 3, 5)


class ShopForm(forms.Form):
    """The sample form: one field of every kind that Django brings."""

    name = forms.CharField(label=_("店名"), help_text=_("照营业执照上的写。"), max_length=60)
    phone = forms.CharField(label=_("手机号码"), help_text=_("只用来告诉您办到哪一步。"), widget=forms.TextInput(
        attrs={"autocomplete": "tel", "inputmode": "tel"}))  # fmt: skip
    seats = forms.IntegerField(label=_("座位数"), required=False, min_value=0)
    kind = forms.ChoiceField(
        label=_("经营什么"), choices=[("hot", _("热食")), ("cold", _("冷食")), ("drinks", _("自制饮品"))],
        widget=forms.RadioSelect, help_text=_("决定要不要专间。"),
    )  # fmt: skip
    extras = forms.MultipleChoiceField(
        label=_("还要办什么"), choices=[("sign", _("店招设置")), ("seal", _("公章刻制备案"))],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    street = forms.ChoiceField(label=_("在哪条街"), choices=[("", _("请选择")), ("a", _("人民路")), ("b", _("湓城路"))])
    note = forms.CharField(label=_("还有什么要说的"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label=_("我承诺以上内容属实"))


def components_context(request: HttpRequest) -> dict[str, object]:
    """Return everything the page of components shows."""
    return {
        "today": TODAY,
        "form": ShopForm(prefix="ok"),
        "wrong_form": ShopForm({"bad-name": "", "bad-kind": "soup"}, prefix="bad"),
        "rows": [
            {"key": _("店名"), "value": _("湓城小馆"), "change_url": "#summary"},
            {"key": _("身份证号"), "value": "360481********1234", "source": _("来自您的实名信息")},
            {"key": _("地址"), "value": _("瑞昌市湓城街道人民路 8 号"), "change_url": "#summary"},
        ],
        "tasks": [
            {
                "name": _("场所布局图"),
                "url": "#tasks",
                "tone": "todo",
                "word": _("请您办"),
                "hint": _("手绘也行,标出洗手池。"),
            },
            {"name": _("健康证明"), "tone": "done", "word": _("已有"), "hint": _("电子证照里已经有了,不用交。")},
            {"name": _("消防意见"), "tone": "waiting", "word": _("不用办"), "hint": _("面积小于 300 平方米。")},
        ],
        "tabs": [
            {"label": _("食品经营许可"), "url": "#tabs", "current": True, "count": None},
            {"label": _("店招设置"), "url": "#tabs", "current": False, "count": 2},
        ],
        "head": [_("办件"), _("在谁手里"), _("最晚"), _("剩几天")],
        "table_rows": [
            [_("食品经营许可"), _("市场监管局"), _("3月10日"), 3],
            [_("店招设置"), _("城管局"), _("3月10日"), 3],
        ],
        "events": [
            {"on": dt.date(2026, 3, 10), "sentence": _("最晚这天作出决定"), "todo": True},
            {"on": dt.date(2026, 3, 4), "sentence": _("两个局一起踏勘"), "detail": _("市场监管局、城管局")},
            {"on": dt.date(2026, 2, 13), "sentence": _("补正后受理"), "detail": _("行政许可法第三十二条")},
        ],
        "sentences": [
            _("现在由市场监管局、城管局一起办联合踏勘,从 3 月 4 日开始。"),
            _("最晚 3 月 10 日作出决定,准予后最晚 3 月 24 日把证送到。"),
        ],
    }
