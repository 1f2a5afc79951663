"""How a person wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PreferenceForm(forms.Form):
    """Channels beside the inbox, which always has everything."""

    sms = forms.BooleanField(label=_("发短信到我的手机"), required=False)
    email = forms.BooleanField(label=_("发邮件给我"), required=False)
    address = forms.EmailField(
        label=_("邮箱地址"),
        help_text=_("只用来给您发通知。"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("邮箱地址应像 name@example.com 这样，请核对。")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
