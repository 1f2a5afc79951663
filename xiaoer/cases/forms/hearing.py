"""Forms of a hearing (听证) at the desk."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, offer

from .. import rules
from .desk import ActForm, choices, long_text

SIDES = ("applicant", "party")


class TellHearingForm(ActForm):
    """告知听证权利 (行政许可法 36, 46, 47): why, and who else is told."""

    ground = forms.ChoiceField(label=_("属于哪一种"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("关系到什么"), max_length=1000, widget=long_text(3), help_text=_("写进听证告知书，申请人会看到。")
    )
    parties = forms.CharField(
        label=_("一并告知的利害关系人"), required=False, max_length=4000, widget=long_text(3),
        help_text=_("一行写一位，写姓名和住址。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", choices("hearing", rules.hearing.GROUNDS))

    def names(self) -> list[str]:
        """Return the interested parties, one for each line."""
        return [line.strip() for line in self.cleaned_data["parties"].splitlines() if line.strip()]


class AskHearingForm(ActForm):
    """登记听证申请: somebody asked on paper or at the window."""

    side = forms.ChoiceField(label=_("谁要求听证"), widget=forms.RadioSelect)
    who = forms.CharField(
        label=_("利害关系人的姓名"), required=False, max_length=120, help_text=_("利害关系人要求时必须写明。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "side", choices("side", SIDES))


class SetHearingForm(ActForm):
    """通知听证 (行政许可法 48): day, time, place and chair."""

    date = TypedDateField(label=_("哪一天举行"))
    time = forms.TimeField(
        label=_("几点开始"), input_formats=["%H:%M", "%H：%M"], help_text=_("例如 09:30"),
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("请写成 09:30 这样。")},
    )  # fmt: skip
    place = forms.CharField(label=_("地点"), max_length=200)
    chair = forms.ChoiceField(label=_("主持人"), help_text=_("不能是审查这件申请的人。"))

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], days: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "chair", [("", _("请选择")), *officers])
        self.fields["date"].help_text = days


class HoldHearingForm(ActForm):
    """登记听证笔录 (行政许可法 48): who was there, and what was said."""

    present = forms.CharField(label=_("谁到场"), max_length=1000, widget=long_text(2))
    record = forms.CharField(
        label=_("说了什么"), max_length=8000, widget=long_text(8),
        help_text=_("写明各方的理由、证据和申辩。决定要根据笔录作出。"),
    )  # fmt: skip


class DropHearingForm(ActForm):
    """登记收回听证申请: whose. What was sent is read even when nobody asks any more: the act says what happened."""

    side = forms.ChoiceField(label=_("谁收回"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("原因"), required=False, max_length=500)

    def __init__(self, *args: Any, askers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "side", choices("side", SIDES if self.is_bound else askers))
