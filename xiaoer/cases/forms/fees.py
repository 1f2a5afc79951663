"""Forms of the window for bills: the number of the receipt, or of the transaction that gave the money back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .desk import ActForm


class CounterForm(ActForm):
    receipt = forms.CharField(label=_("票据号码"), max_length=60, help_text=_("窗口开出的财政票据号码。"))


class RefundForm(ActForm):
    proof = forms.CharField(label=_("退款交易编号"), max_length=60, help_text=_("银行或者支付机构给的编号。"))
