"""Forms with fixed questions: for whom, how the result comes, the declaration, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoer.catalogue.rules import Field, read_answer
from xiaoer.design.fields import offer
from xiaoer.kernel.refusal import Refusal
from xiaoer.people import queries as people
from xiaoer.people.rules import Applicant

from .words import said

MYSELF = "myself"


def delivery_words() -> dict[str, str]:
    """Return way of delivery -> its words."""
    return {
        "electronic": _("网上下载电子证照，办好就能用"),
        "counter": _("到政务大厅窗口领取"),
        "post": _("邮寄到家，邮费到付"),
    }


class WhoForm(forms.Form):
    """For whom the application is: oneself or a firm."""

    use_required_attribute = False
    who = forms.ChoiceField(label=gettext_lazy("这次为谁办？"), widget=forms.RadioSelect)

    def __init__(self, applicant: Applicant, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firms = [(str(firm.firm_id), firm.name) for firm in people.named(applicant.firms)]
        own = [(MYSELF, _("我本人（%(name)s）") % {"name": applicant.name})]
        offer(self, "who", own + firms)
        self.firms = {str(firm.firm_id): firm.firm_id for firm in applicant.firms}

    @property
    def firm(self) -> Any:
        """Return the id of the chosen firm, None for oneself."""
        return self.firms.get(self.cleaned_data["who"])


class DeliveryForm(forms.Form):
    """How the result comes; a recipient is asked for by post."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    way = forms.ChoiceField(label=gettext_lazy("办好以后，结果怎么给您？"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("收件人"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("收件人电话"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("收件地址"), max_length=200, required=False,
        help_text=gettext_lazy("写到门牌号，例如：江西省九江市瑞昌市人民路 8 号 1 单元 301。"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip

    def __init__(self, ways: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = delivery_words()
        offer(self, "way", [(way, words[way]) for way in ways])
        self.by_post = "post" in ways
        for name in ("name", "phone", "address"):  # said to be needed wherever the choice may still be the post
            self.fields[name].required = not self.is_bound or self.data.get("way") == "post"
        if not self.by_post:
            for name in ("name", "phone", "address"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("way") != "post":
            return found
        if found.get("phone"):
            try:
                asked = Field(key="phone", kind="phone", label=str(self.fields["phone"].label))
                found["phone"] = read_answer(asked, found["phone"])
            except Refusal as refused:
                self.add_error("phone", said(refused))
        return found

    @property
    def delivery(self) -> dict[str, str]:
        """Return what is kept on the draft: the recipient only where something is sent."""
        names = ("way", "name", "phone", "address") if self.cleaned_data["way"] == "post" else ("way",)
        return {name: self.cleaned_data[name] for name in names}


class DeclareForm(forms.Form):
    """What the applicant declares when he submits. seen, digest: the draft and the offer that he has checked."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    declared = forms.BooleanField(
        label=gettext_lazy("我已核对，以上内容和材料真实、准确，并同意有关部门核实。"),
        error_messages={"required": gettext_lazy("请先勾选承诺，再提交。")},
    )


class WithdrawForm(forms.Form):
    """Take an application back. seen: version of the case."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    reason = forms.CharField(
        label=gettext_lazy("为什么撤回？"), max_length=500, required=False,
        help_text=gettext_lazy("可以不填。填了能帮我们改进。"), widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip
