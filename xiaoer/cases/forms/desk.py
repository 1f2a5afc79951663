"""Forms of the desk: one for each act, with the version that the officer saw, so that nobody is overwritten."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, offer
from xiaoer.kernel.clock import LICENCE

from .. import rules
from ..models import Requirement

CITED = "cited"


def choices(table: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return codes with their names in the reader's language."""
    return [(key, rules.word(table, key, language=get_language() or "zh-hans")) for key in keys]


def long_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ActForm(forms.Form):
    """What every act brings: the version of what the officer saw."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AcceptForm(ActForm):
    """Nothing to write: the page says what will happen."""


class NotifyForm(ActForm):
    """All gaps at once (行政许可法 32(4)): one text for each paper, empty where nothing is missing."""

    def __init__(self, *args: Any, papers: Sequence[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = list(papers)
        for paper in self.papers:
            self.fields[f"gap_{paper.key}"] = forms.CharField(
                label=paper.name, required=False, max_length=1000, widget=long_text(1),
                initial=paper.reason if paper.verdict == "gap" else "",
            )  # fmt: skip
        self.fields["gap_other"] = forms.CharField(
            label=_("其他需要补正的内容"), required=False, max_length=1000, widget=long_text(1)
        )
        self.fields["until"] = TypedDateField(
            label=_("补正的最后一天"), help_text=_("例如 20260305。当天结束前交来都算按时。")
        )

    def gaps(self) -> list[dict[str, str]]:
        """Return what is written, as the notice holds it."""
        keys = [*[paper.key for paper in self.papers], "other"]
        return [
            {"material": key, "reason": self.cleaned_data[f"gap_{key}"].strip()}
            for key in keys
            if self.cleaned_data.get(f"gap_{key}", "").strip()
        ]


class DeclineForm(ActForm):
    """不予受理 (行政许可法 32(1)(2)): a ground, a reason, and who is competent."""

    ground = forms.ChoiceField(label=_("理由属于哪一种"), widget=forms.RadioSelect)
    right_organ = forms.ChoiceField(
        label=_("应当向哪个机关申请"), required=False, help_text=_("不属于本机关职权时必须告知。")
    )
    reason = forms.CharField(
        label=_("具体理由"), max_length=2000, widget=long_text(4), help_text=_("申请人会看到，也写进不予受理通知书。")
    )

    def __init__(self, *args: Any, organs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", choices("decline", ["not_ours", "not_a_matter"]))
        offer(self, "right_organ", [("", _("请选择")), *organs])


class SettleForm(ActForm):
    """The opinion of a step."""

    outcome = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("意见"), required=False, max_length=2000, widget=long_text(4),
        help_text=_("不通过或有条件通过时必须写明理由。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", choices("outcome", ["granted", "conditional", "refused"]))


class ReturnForm(ActForm):
    """退回前面环节: to which step, and why."""

    to = forms.ChoiceField(label=_("退回到哪个环节"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("为什么要重办"), max_length=1000, widget=long_text(4),
        help_text=_("办这个环节的工作人员会看到，申请人看不到。"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", places)


class SuspendForm(ActForm):
    """特别程序 (行政许可法 45): its ground and the days it needs, told in writing."""

    ground = forms.ChoiceField(label=_("因为什么"))
    cited = forms.CharField(
        label=_("其他法律依据"), required=False, max_length=200,
        help_text=_("只有法律规定可以不计入期限的才能填，写明法律名称和条款。"),
    )  # fmt: skip
    days = forms.IntegerField(label=_("预计需要几天"), min_value=1, max_value=400, help_text=_("会书面告知申请人。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [
            (ground, rules.word("ground", ground, language=get_language() or "")) for ground in sorted(LICENCE.grounds)
        ]
        offer(self, "ground", [("", _("请选择")), *grounds, (CITED, _("其他法律规定"))])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("ground") == CITED and not cleaned.get("cited", "").strip():
            self.add_error("cited", _("请写明法律名称和条款。"))
        return cleaned

    def told(self) -> str:
        """Return the ground as the clock knows it."""
        chosen: str = self.cleaned_data["ground"]
        return f"{LICENCE.cited}{self.cleaned_data['cited'].strip()}" if chosen == CITED else chosen


class ExtendForm(ActForm):
    """延长期限 (行政许可法 42): once, before expiry, at most so many days."""

    days = forms.IntegerField(label=_("延长几个工作日"), min_value=1)
    reason = forms.CharField(
        label=_("延长的理由"), max_length=1000, widget=long_text(3), help_text=_("会写进延期通知书，申请人会看到。")
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label=_("延长几个工作日"), min_value=1, max_value=most, help_text=_("最多 %(most)s 个。") % {"most": most}
        )


class GrantForm(ActForm):
    """准予: what is to be said beside it, if anything."""

    reason = forms.CharField(
        label=_("决定的说明"),
        required=False,
        max_length=2000,
        widget=long_text(3),
        help_text=_("写进决定书，可以不填。"),
    )


class RefuseForm(ActForm):
    """不予许可 (行政许可法 38): reasons must be given."""

    reason = forms.CharField(
        label=_("不予许可的理由"), max_length=4000, widget=long_text(6),
        help_text=_("写清哪一条没有满足、依据是什么。决定书会自动写上复议和诉讼的途径。"),
    )  # fmt: skip


class TerminateForm(ActForm):
    """终止办理: before the decision, because there is nothing or nobody left to decide about."""

    ground = forms.ChoiceField(label=_("属于哪一种"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("具体理由"), max_length=2000, widget=long_text(3), help_text=_("会写进终止办理决定书，申请人会看到。")
    )
    basis = forms.CharField(label=_("法律依据"), max_length=200, help_text=_("写明法律名称和条款。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", choices("termination", ["cancelled", "gone"]))


class DeliverForm(ActForm):
    """送达 (行政许可法 44): how, and what proves it."""

    way = forms.ChoiceField(label=_("怎样送达"), widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_("凭证"), required=False, max_length=200, help_text=_("签收人姓名、快递单号或查收时间。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "way", choices("delivery", ["counter", "post", "electronic"]))


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(
        label=_("写一条内部备注"), max_length=2000, widget=long_text(3),
        help_text=_("只有办理这件的工作人员看得到，申请人看不到。"),
    )  # fmt: skip


class RevealForm(forms.Form):
    """Why an officer looks at a masked value."""

    what = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("为什么要看"), max_length=200, error_messages={"required": _("请写明为什么要看，才能显示。")}
    )


class VerdictForm(forms.Form):
    """The verdict on one paper; prefixed with its key."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[("", ""), ("fine", ""), ("gap", "")], required=False, widget=forms.RadioSelect)
    reason = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verdict") == "gap" and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("请写明缺什么、怎样补，申请人会看到。"))
        return cleaned


class FilterForm(forms.Form):
    """What a queue is narrowed to; it stands in the address."""

    service = forms.ChoiceField(label=_("办理事项"), required=False)
    kind = forms.ChoiceField(label=_("类型"), required=False)
    who = forms.ChoiceField(
        label=_("谁的"),
        required=False,
        choices=[("", _("全部")), ("mine", _("我接手的")), ("unclaimed", _("没人接手的"))],
    )
    due = forms.ChoiceField(
        label=_("期限"), required=False,
        choices=[("", _("全部")), ("late", _("已超期")), ("today", _("今天到期或已超期")), ("week", _("七天内到期"))],
    )  # fmt: skip

    def __init__(
        self, *args: Any, services: Iterable[tuple[str, str]], hidden: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", [("", _("全部")), *services])
        offer(self, "kind", [("", _("全部")), *choices("kind", ["immediate", "promised", "report_up"])])
        for name in hidden:
            del self.fields[name]


class FindForm(forms.Form):
    """Look for a case: by number, by the applicant's whole name, or by the number of the document they hold."""

    number = forms.CharField(label=_("申请编号或办件编号"), required=False, max_length=60)
    name = forms.CharField(label=_("申请人全名"), required=False, max_length=120, help_text=_("必须一字不差。"))
    document = forms.CharField(
        label=_("身份证号或统一社会信用代码"),
        required=False,
        max_length=30,
        help_text=_("请申请人出示证件，照着输入完整号码。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(str(value).strip() for value in cleaned.values()):
            self.add_error("number", _("请至少填一项。"))
        return cleaned
