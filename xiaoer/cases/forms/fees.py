"""Forms of the window for bills: the number of the receipt, or of the transaction that gave the money back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .desk import ActForm


class CounterForm(ActForm):
    receipt = forms.CharField(label=_("票据号码"), max_length=60, help_text=_("窗口开出的财政票据号码。"))


class RefundForm(ActForm):
    """back: the provider gives it back the way it came; without it, what somebody gave back by hand is noted."""

    reason = forms.CharField(label=_("退费原因"), max_length=200, help_text=_("会写进退费凭证，缴费人看得到。"))
    proof = forms.CharField(
        label=_("退款交易编号"), max_length=60, required=False,
        help_text=_("已经转账退还的，填银行给的编号；不填就由支付机构原路退回。"),
    )  # fmt: skip
