"""Why people are satisfied or not: the indicator codes of the national rating system, as dated rows.  # bilingual

A row is never changed: it gets an end, and another row begins. The codes 501-509, 401-405, 301-306, 201-206 and 101-107
of the first set are retired and not used here. The first day is this platform's, not the standard's.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Indicator:
    """One reason. expand: shown only when somebody opens the rest. In force from from_date to to_date (excluded)."""

    code: str
    level: int
    zh: str
    en: str
    expand: bool
    from_date: date
    to_date: date | None = None


FIRST = date(2020, 1, 1)
INDICATORS: tuple[Indicator, ...] = (
    Indicator("510", 5, "一窗受理一次办结", "Received at one window, settled at once", expand=False, from_date=FIRST),
    Indicator("511", 5, "可以先受理后补材料", "Accepted first, papers followed", expand=False, from_date=FIRST),
    Indicator("512", 5, "不用提交证明", "No certificates were asked for", expand=False, from_date=FIRST),
    Indicator("513", 5, "可以全程网上办理", "All of it could be done online", expand=True, from_date=FIRST),
    Indicator("514", 5, "可以使用手机办理", "It could be done on a phone", expand=True, from_date=FIRST),
    Indicator("515", 5, "可以就近办理", "It could be done close by", expand=True, from_date=FIRST),
    Indicator("516", 5, "无需材料直接办理", "No papers were needed at all", expand=True, from_date=FIRST),
    Indicator("517", 5, "服务热情效率高", "Friendly and fast", expand=True, from_date=FIRST),
    Indicator("406", 4, "填写一张表单就可完成申报", "One form was enough", expand=False, from_date=FIRST),
    Indicator(
        "407", 4, "在线提交材料窗口核验", "Papers sent online, checked at the window", expand=False, from_date=FIRST
    ),
    Indicator("408", 4, "一张清单告知全部申报材料", "One list named all the papers", expand=False, from_date=FIRST),
    Indicator("409", 4, "用告知承诺减免申报材料", "A written promise replaced papers", expand=True, from_date=FIRST),
    Indicator("410", 4, "可以在线预约办理", "An appointment could be made online", expand=True, from_date=FIRST),
    Indicator("411", 4, "跑大厅一次办完", "One visit was enough", expand=True, from_date=FIRST),
    Indicator("412", 4, "可以使用自助机办理", "A kiosk could be used", expand=True, from_date=FIRST),
    Indicator("413", 4, "服务态度较好", "Good manners", expand=True, from_date=FIRST),
    Indicator("307", 3, "一次性告知需要补正的材料", "All that lacked was said at once", expand=False, from_date=FIRST),
    Indicator("308", 3, "提供申报材料样本", "There were samples of the papers", expand=False, from_date=FIRST),
    Indicator("309", 3, "在承诺的时间内办结", "Settled within the promised time", expand=False, from_date=FIRST),
    Indicator("310", 3, "办事指南指引准确", "The guide was accurate", expand=True, from_date=FIRST),
    Indicator(
        "311", 3, "按办事指南要求的材料即可办理", "The papers in the guide were enough", expand=True, from_date=FIRST
    ),
    Indicator("312", 3, "可以快递送达", "It could be sent by post", expand=True, from_date=FIRST),
    Indicator("313", 3, "跑动次数与承诺的一致", "As many visits as promised", expand=True, from_date=FIRST),
    Indicator("314", 3, "服务态度一般", "Manners were average", expand=True, from_date=FIRST),
    Indicator("207", 2, "没有提供材料样本", "No samples of the papers", expand=False, from_date=FIRST),
    Indicator("208", 2, "没有提供材料清单", "No list of the papers", expand=False, from_date=FIRST),
    Indicator("209", 2, "未在承诺时间内办结", "Not settled within the promised time", expand=False, from_date=FIRST),
    Indicator(
        "210",
        2,
        "同样内容的证明材料被要求多次提交",
        "The same proof was asked for several times",
        expand=True,
        from_date=FIRST,
    ),
    Indicator(
        "211", 2, "承诺网办但无法在线办理", "Promised online, but it did not work online", expand=True, from_date=FIRST
    ),
    Indicator(
        "212",
        2,
        "在线预约办理后到实体大厅重复取号排队",
        "Queued again in the hall in spite of an appointment",
        expand=True,
        from_date=FIRST,
    ),
    Indicator(
        "213", 2, "窗口人员业务不熟练", "The person at the window did not know the work", expand=True, from_date=FIRST
    ),
    Indicator("214", 2, "服务态度生硬", "Gruff manners", expand=True, from_date=FIRST),
    Indicator(
        "108",
        1,
        "在办事指南之外增加新的审批条件",
        "Conditions were added that are not in the guide",
        expand=False,
        from_date=FIRST,
    ),
    Indicator(
        "109",
        1,
        "需提供办事指南之外的申报材料",
        "Papers were asked for that are not in the guide",
        expand=False,
        from_date=FIRST,
    ),
    Indicator(
        "110",
        1,
        "无理由超过法定办理时间",
        "Longer than the law allows, without a reason",
        expand=False,
        from_date=FIRST,
    ),
    Indicator("111", 1, "办事指南提供样本有错", "A sample in the guide was wrong", expand=True, from_date=FIRST),
    Indicator(
        "112",
        1,
        "承诺在线收取申报材料实际无法收取",
        "Papers were to be taken online but were not",
        expand=True,
        from_date=FIRST,
    ),
    Indicator("113", 1, "多头跑窗口和部门", "Sent from window to window", expand=True, from_date=FIRST),
    Indicator("114", 1, "跑动次数与承诺的不一致", "More visits than promised", expand=True, from_date=FIRST),
    Indicator("115", 1, "服务态度差效率低", "Bad manners and slow", expand=True, from_date=FIRST),
)


def indicators(level: int, *, on: date) -> tuple[Indicator, ...]:
    """Return the reasons of a level in force on a day, those shown first first."""
    return tuple(
        one
        for one in INDICATORS
        if one.level == level and one.from_date <= on and (one.to_date is None or on < one.to_date)
    )
