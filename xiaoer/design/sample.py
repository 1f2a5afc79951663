"""What /design/ shows: one scene, one day (5 March 2026), with the dates worked by hand in docs/core.md."""

import datetime as dt

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .calendar_view import Marks
from .chart import Chart, Point
from .fields import IdNumberField, PlaceField, TypedDateField, UploadField
from .metro import Joint, Line, Metro, Station
from .tokens import measured_pairs
from .usage import USAGE

TODAY = dt.date(2026, 3, 5)
ACCEPTED = dt.date(2026, 2, 13)
HOLIDAY = dt.date(2026, 2, 15), dt.date(2026, 2, 23)
SWAPPED = frozenset({dt.date(2026, 2, 14), dt.date(2026, 2, 28)})
SUSPENDED = dt.date(2026, 2, 25), dt.date(2026, 3, 3)


PLACES = {
    "": (("360000000000", _("江西省")),),
    "360000000000": (("360400000000", _("九江市")), ("360200000000", _("景德镇市"))),
    "360400000000": (("360481000000", _("瑞昌市")),),
    "360481000000": (("360481001000", _("湓城街道")), ("360481100000", _("码头镇"))),
    "360481001000": (("360481001001", _("人民路社区")),),
}


def places(code: str) -> list[tuple[str, str]]:
    """Return the divisions below a code, as the network app will."""
    return [(below, str(name)) for below, name in PLACES.get(code, ())]


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
    opened_on = TypedDateField(label=_("想哪天开业"), required=False)
    holder = IdNumberField(label=_("负责人身份证号"), help_text=_("用来核对电子证照，只有办这件事的人看得到。"))
    place = PlaceField(places, label=_("店在哪里"), help_text=_("决定由哪个局办。"))
    plan = UploadField(accept=(".pdf", ".jpg", ".png"), largest_mb=20, label=_("场所布局图"), required=False)
    agree = forms.BooleanField(label=_("我承诺以上内容属实"))


WRONG = {
    "bad-name": "", "bad-kind": "soup", "bad-opened_on": "2026-2-30", "bad-holder": "36048119900307123",
    "bad-place_0": "360000000000", "bad-place_1": "360400000000",
}  # fmt: skip


def sample_bars() -> Chart:
    """Return bars whose title is the finding."""
    points = (
        (_("材料审查"), 2.1, False),
        (_("联合踏勘"), 3.4, True),
        (_("专家评审"), 1.2, False),
        (_("决定"), 0.6, False),
    )
    return Chart(
        finding=str(_("等踏勘用掉一半时间")), question=str(_("食品经营许可的时间花在哪里")),
        unit=str(_("工作日，平均")), definition_url="#charts",
        points=tuple(Point(str(label), value, pointed=pointed) for label, value, pointed in points),
    )  # fmt: skip


def sample_line() -> Chart:
    """Return a line with a goal."""
    values = (8.2, 8.0, 7.6, 7.7, 6.9, 5.8)
    return Chart(
        finding=str(_("半年里快了两天多")), question=str(_("从受理到决定的工作日")), kind="line", goal=8.0,
        unit=str(_("工作日，平均")), source=str(_("虚线是承诺的 8 天")),
        points=tuple(
            Point(str(_("%(n)s月")) % {"n": month}, value, f"{value:.1f}", pointed=month == 6)
            for month, value in enumerate(values, start=1)
        ),
    )  # fmt: skip


def components_context(request: HttpRequest) -> dict[str, object]:
    """Return everything the page of components shows."""
    return {
        "days": sample_days(),
        "marks": sample_marks(),
        "metro": sample_metro(),
        "form": ShopForm(prefix="ok"),
        "wrong_form": ShopForm(WRONG, prefix="bad"),
        "usage": USAGE,
        "pairs": measured_pairs(),
        "charts": [sample_bars(), sample_line()],
        "rows": sample_rows(),
        "tasks": sample_tasks(),
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


def sample_rows() -> list[dict[str, object]]:
    """Return the lines of a summary that can be changed one by one."""
    return [
        {"key": _("店名"), "value": _("湓城小馆"), "change_url": "#summary"},
        {"key": _("身份证号"), "value": "360481********1234", "source": _("来自您的实名信息")},
        {"key": _("地址"), "value": _("瑞昌市湓城街道人民路 8 号"), "change_url": "#summary"},
    ]


def sample_tasks() -> list[dict[str, object]]:
    """Return a list of papers: to be given, there already, not needed."""
    return [
        {
            "name": _("场所布局图"),
            "url": "#tasks",
            "tone": "todo",
            "word": _("请您办"),
            "hint": _("手绘也行，标出洗手池。"),
        },
        {"name": _("健康证明"), "tone": "done", "word": _("已有"), "hint": _("电子证照里已经有了，不用交。")},
        {"name": _("消防意见"), "tone": "waiting", "word": _("不用办"), "hint": _("面积小于 300 平方米。")},
    ]


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


def desk_context() -> dict[str, object]:
    """Return a queue, a case and a checklist for the frame of a desk."""
    queue = (
        (_("食品经营许可"), _("联合踏勘"), _("剩 1 天"), 1, 8, "near"),
        (_("店招设置"), _("待决定"), _("超 1 天"), -1, 8, "overdue"),
        (_("公章刻制备案"), _("材料审查"), _("剩 4 天"), 4, 8, ""),
        (_("食品经营许可"), _("专家评审"), _("暂停计时"), 5, 8, "paused"),
    )
    checklist = (
        (_("场所布局图"), _("与现场一致；洗手池位置已标"), True),
        (_("健康证明"), _("电子证照，来源核验 A 级"), True),
        (_("消毒设施"), _("勘验第 5 项"), False),
    )
    return {
        "queue": [
            {"name": name, "who": _("湓城小馆"), "step": step, "words": words, "left": left, "of": of, "state": state}
            for name, step, words, left, of, state in queue
        ],
        "checklist": [{"name": name, "source": source, "done": done} for name, source, done in checklist],
        "rows": [{"key": _("店名"), "value": _("湓城小馆")}, {"key": _("身份证号"), "value": "360481********1234"}],
    }
