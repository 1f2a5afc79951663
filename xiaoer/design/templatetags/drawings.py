"""Drawings: the term calendar, the metro map, charts: `{% load drawings %}`."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils.translation import gettext as _

from xiaoer.design import calendar_view, chart, metro

register = template.Library()


@register.inclusion_tag("design/term_calendar.html")
def term_calendar(
    days: Iterable[Mapping[str, object] | calendar_view.Day], marks: calendar_view.Marks, id: str = "term"
) -> dict[str, object]:
    """Months in which every day says whether it counts and why; `id` must differ between calendars of one page."""
    listed = calendar_view.day_list(days)
    short = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))
    whole = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    promised = marks.promised_due_on
    return {
        "id": id,
        "months": calendar_view.months(listed, marks),
        "runs": calendar_view.runs(listed, marks),
        "marks": marks,
        "weekdays": list(zip(short, whole, strict=True)),
        "total": max([day.number or 0 for day in listed], default=0),
        "has_beyond": any(promised and day.counts and day.on > promised for day in listed),
        "has_suspended": any(day.reason == "suspended" for day in listed),
    }


@register.inclusion_tag("design/metro.html")
def metro_map(plan: metro.Metro, width: int = 1080) -> dict[str, object]:
    """The lines of an application: a drawing where there is room for it, the same words as a list elsewhere."""
    drawing = metro.layout(plan, width)
    return {
        "drawing": drawing,
        "em_width": round(drawing.width / 18, 2),
        "em_height": round(drawing.height / 18, 2),
        "lines": [_line(plan, row, line) for row, line in enumerate(plan.lines)],
        "spoken": _("办理地图，共 %(n)s 条线；同样的内容在后面的清单里。") % {"n": len(plan.lines)},
    }


def _line(plan: metro.Metro, row: int, line: metro.Line) -> dict[str, object]:
    return {
        "tone": metro.tone(row),
        "name": line.name,
        "organ": line.organ,
        "url": line.url,
        "after": _after(plan, line),
        "stops": [_stop(plan, line, station) for station in line.stations],
    }


def _after(plan: metro.Metro, line: metro.Line) -> str:
    names = {f"{o.key}/{s.key}": {"line": o.name, "station": s.name} for o in plan.lines for s in o.stations}
    return _("接在“%(line)s”的“%(station)s”之后") % names[line.after] if line.after in names else ""


def _stop(plan: metro.Metro, line: metro.Line, station: metro.Station) -> dict[str, str]:
    joint = next((joint for joint in plan.joints if joint.key == station.joint), None)
    organs = metro.partners(plan, line, station)
    return {
        "state": station.state,
        "word": state_words()[station.state],
        "name": joint.name if joint else station.name,
        "note": ((joint.note if joint else "") or station.note).replace("\n", " "),
        "together": _("和%(organs)s一起") % {"organs": _("、").join(organs)} if organs else "",
    }


def state_words() -> dict[str, str]:
    return {
        "done": _("已办好"),
        "working": _("正在办"),
        "ready": _("可以开始"),
        "waiting": _("还没到"),
        "waived": _("不用办"),
        "refused": _("没有通过"),
    }


@register.inclusion_tag("design/chart.html")
def chart_frame(figure: chart.Chart) -> dict[str, object]:
    """A chart with its finding as title and its numbers as a table beside it; kind is bars or line."""
    if figure.kind == "bars":
        return {"chart": figure, "bars": chart.bars(figure.points), "height": chart.ROW * len(figure.points)}
    return {"chart": figure, "line": chart.line(figure.points, figure.goal)}
