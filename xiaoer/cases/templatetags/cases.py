"""Words of cases in templates: `{% load cases %}`."""

from datetime import date

from django import template
from django.template.defaultfilters import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xiaoer.cases import rules
from xiaoer.cases.models import Bill

register = template.Library()


@register.filter
def called(key: str, table: str) -> str:
    """What a stored code is called in the reader's language: `{{ step.kind|called:"step" }}`."""
    return capfirst(rules.word(table, key or "", language=get_language() or "zh-hans"))


@register.filter
def state_name(state: str) -> str:
    """The name of a case's state."""
    zh, en, _code = rules.STATES[state]
    return en if (get_language() or "").startswith("en") else zh


@register.filter
def short_number(number: str) -> str:
    """The end of a long number, which is what people say aloud: …0217."""
    return f"…{number[-8:-4]} {number[-4:]}" if len(number) > 12 else number


@register.filter
def left_words(left: rules.Remaining) -> str:
    """What is left, short enough for the edge of a row: 剩 3 天, 今天到期, 超 2 天, 暂停中."""
    if left.state == "paused":
        return _("暂停中")
    if left.left is None:
        return _("不计时")
    if left.state == "overdue":
        return ngettext("超 %(n)s 天", "超 %(n)s 天", -left.left) % {"n": -left.left} if left.left else _("已到期")
    return ngettext("剩 %(n)s 天", "剩 %(n)s 天", left.left) % {"n": left.left} if left.left else _("今天到期")


@register.filter
def left_sentence(left: rules.Remaining) -> str:
    """What is left as a sentence, for those who do not see the bar."""
    if left.state == "paused":
        return _("特别程序期间，期限暂停计算")
    if left.left is None:
        return _("现在没有期限在走")
    if left.state == "overdue":
        return ngettext("已超期 %(n)s 个工作日", "已超期 %(n)s 个工作日", -left.left) % {"n": -left.left}
    if left.left == 0:
        return _("今天是最后一天")
    near = _("，快到期") if left.state == "near" else ""
    words = ngettext("共 %(of)s 个工作日，还剩 %(n)s 个", "共 %(of)s 个工作日，还剩 %(n)s 个", left.left)
    return words % {"n": left.left, "of": left.of} + near


@register.filter
def bar_left(left: rules.Remaining) -> int:
    """The length that the bar leaves open."""
    return left.of if left.left is None else left.left


@register.simple_tag
def past(day: date | None, on: date) -> bool:
    """Whether a day is over."""
    return bool(day and day < on)


@register.filter
def yuan(fen: int) -> str:
    """Fen as yuan with two digits: 12.00."""
    return rules.fees.yuan(fen)


@register.filter
def bill_word(bill: Bill) -> str:
    """The state of a bill in the reader's language."""
    return rules.fees.BILL_STATES[bill.state][(get_language() or "").startswith("en")]
