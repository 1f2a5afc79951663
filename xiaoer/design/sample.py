"""What /design/ shows: one scene, one day (5 March 2026), with the dates worked by hand in docs/core.md."""

import datetime as dt

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .calendar_view import Marks
from .metro import Joint, Line, Metro, Station

TODAY = dt.date(2026, 3, 5)
ACCEPTED = dt.date(2026, 2, 13)
HOLIDAY = dt.date(2026, 2, 15), dt.date(2026, 2, 23)
SWAPPED = frozenset({dt.date(2026, 2, 14), dt.date(2026, 2, 28)})
SUSPENDED = dt.date(2026, 2, 25), dt.date(2026, 3, 3)


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
        "days": sample_days(),
        "marks": sample_marks(),
        "metro": sample_metro(),
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
                "hint": _("手绘也行，标出洗手池。"),
            },
            {"name": _("健康证明"), "tone": "done", "word": _("已有"), "hint": _("电子证照里已经有了，不用交。")},
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
            _("现在由市场监管局、城管局一起办联合踏勘，从 3 月 4 日开始。"),
            _("最晚 3 月 10 日作出决定，准予后最晚 3 月 24 日把证送到。"),
        ],
    }


def sample_days() -> list[dict[str, object]]:
    """Return what the clock answers for the worked example: accepted 13 February, suspended 25 February to 3 March."""
    days: list[dict[str, object]] = []
    number = 0
    on = ACCEPTED
    while number < 20:
        on += dt.timedelta(days=1)
        reason = _reason(on)
        counts = reason in {"working", "swapped"}
        number += counts
        days.append({"on": on.isoformat(), "counts": counts, "number": number if counts else None, "reason": reason})
    return days


def _reason(on: dt.date) -> str:
    if HOLIDAY[0] <= on <= HOLIDAY[1]:
        return "holiday"
    if on.weekday() > 4 and on not in SWAPPED:
        return "weekend"
    if SUSPENDED[0] < on <= SUSPENDED[1]:
        return "suspended"
    return "swapped" if on in SWAPPED else "working"


def sample_marks() -> Marks:
    festival = {HOLIDAY[0] + dt.timedelta(days=n): _("春节") for n in range(9)}
    review = {SUSPENDED[0] + dt.timedelta(days=n): _("专家评审") for n in range(1, 7)}
    notice = _("国务院办公厅关于 2026 年部分节假日安排的通知")
    return Marks(
        accepted_on=ACCEPTED,
        today=TODAY,
        statutory_due_on=dt.date(2026, 3, 26),
        promised_due_on=dt.date(2026, 3, 10),
        promised=8,
        words={on: str(word) for on, word in {**festival, **review}.items()},
        sources={on: str(notice) for on in [*festival, *SWAPPED]}
        | {on: str(_("行政许可法第四十五条；特别程序告知书 2 月 25 日")) for on in review},
    )


def sample_metro() -> Metro:
    """Return the map of the sketch: four cases, a branch and a joint visit."""
    start = str(_("2月13日"))
    visit = str(_("联合踏勘"))
    decide, latest = str(_("决定")), str(_("不晚于3月10日"))
    accept = Station("accept", str(_("受理")), "done", start)
    return Metro(
        lines=(
            Line("licence", str(_("营业执照")), str(_("市场监管局")), (
                accept, Station("review", str(_("审核")), "done"),
                Station("grant", str(_("准予发照")), "done", str(_("2月14日"))),
            )),
            Line("seal", str(_("公章刻制备案")), str(_("公安局")), (
                Station("file", str(_("备案")), "done"), Station("end", str(_("完成")), "done", str(_("2月24日"))),
            ), after="licence/grant"),
            Line("food", str(_("食品经营许可")), str(_("市场监管局")), (
                accept, Station("papers", str(_("材料审查")), "done"),
                Station("experts", str(_("专家评审")), "done", str(_("2月25日至3月3日\n不计入"))),
                Station("visit", visit, "working", joint="visit"), Station("decide", decide, "waiting", latest),
                Station("deliver", str(_("送达证照")), "waiting", str(_("不晚于3月24日"))),
            ), url="#calendar"),
            Line("sign", str(_("店招设置")), str(_("城管局")), (
                accept, Station("review", str(_("审查")), "done"),
                Station("fire", str(_("消防意见")), "waived"),
                Station("visit", visit, "working", joint="visit"), Station("decide", decide, "waiting", latest),
            )),
        ),
        joints=(Joint("visit", visit, str(_("3月6日 9:30"))),),
    )  # fmt: skip
