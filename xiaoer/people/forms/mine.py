"""What people say about themselves and their firms."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, offer
from xiaoer.kernel import codes
from xiaoer.network import queries as network

from .. import rules
from ..models import Account
from ..sign_in import PhoneField
from . import pairs, said


class IdentityForm(forms.Form):
    """Name, kind and number of a document: checked against the form of its kind."""

    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("和证件上写的一样。"))
    id_kind = forms.ChoiceField(label=_("证件类型"))
    id_number = forms.CharField(
        label=_("证件号码"), max_length=40, help_text=_("可以带空格；末位的 x 大小写都行。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "id_kind", pairs(rules.ID_KINDS))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, number = cleaned.get("id_kind"), cleaned.get("id_number")
        if kind and number:
            cleaned["id_number"] = rules.normal_id(kind, number)
            fault = rules.check_id(kind, cleaned["id_number"])
            if fault is not None:
                self.add_error("id_number", said(fault))
        return cleaned


class PersonForm(IdentityForm):
    """Who owns an account, with the county that keeps the details."""

    phone = PhoneField(label=_("联系电话"), max_length=20, help_text=_("办件有进展时打这个电话。"))
    county = forms.ChoiceField(label=_("常住县（市、区）"), help_text=_("您的信息由这个县（市、区）保管，只用于办事。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "county", [("", _("请选择")), *network.counties()])


class ContactForm(forms.Form):
    """What a person may correct alone; the number of a document is corrected at a window."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = PhoneField(label=_("联系电话"), max_length=20)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class RecipientForm(forms.Form):
    """To whom and where a result is sent by post."""

    name = forms.CharField(label=_("收件人"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(label=_("收件人电话"), max_length=20)
    address = forms.CharField(
        label=_("收件地址"), max_length=200,
        help_text=_("写到门牌号，例如：江西省九江市瑞昌市人民路 8 号 1 单元 301。"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PreferencesForm(forms.Form):
    """How somebody likes to read."""

    language = forms.ChoiceField(label=_("语言"), choices=[("zh-hans", _("中文")), ("en", "English")])
    type_size = forms.ChoiceField(label=_("字号"), choices=[("standard", _("标准字")), ("large", _("大字"))])


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("再写一次新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password")
        if password and cleaned.get("again") and password != cleaned["again"]:
            self.add_error("again", _("两次写的密码不一样。"))
        if password:
            try:
                validate_password(password, self.account)
            except ValidationError as fault:
                self.add_error("password", fault)
        return cleaned


class FirmForm(forms.Form):
    """A firm that its legal representative enters."""

    name = forms.CharField(label=_("企业名称"), max_length=120, help_text=_("和营业执照上写的一样。"))
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=40, help_text=_("营业执照上的18位代码。"))
    kind = forms.ChoiceField(label=_("类型"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", pairs(rules.FIRM_KINDS))

    def clean_uscc(self) -> str:
        code = "".join(str(self.cleaned_data["uscc"]).split()).upper()
        fault = codes.check_uscc(code)
        if fault is not None:
            raise ValidationError(said(fault))
        return code


class MandateForm(IdentityForm):
    """Whom a legal representative lets act, in what and for how long."""

    services = forms.CharField(
        label=_("只限这些事项"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个事项编码；不填就是全部事项。"),
    )  # fmt: skip
    valid_from = TypedDateField(label=_("从哪天起"))
    valid_to = TypedDateField(
        label=_("到哪天止"), required=False,
        help_text=_("这一天起不再有效；不填就是一直有效，直到您取消。"),
    )  # fmt: skip

    def clean_services(self) -> list[str]:
        return service_codes(str(self.cleaned_data["services"]))


class ReasonForm(forms.Form):
    """Why something is done. seen: the version of what it is done to."""

    reason = forms.CharField(label=_("理由"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)


def service_codes(typed: str) -> list[str]:
    """Return the service codes that were typed, one a line. ValidationError names the first that is wrong."""
    found = list(dict.fromkeys(typed.upper().split()))
    for code in found:
        fault = codes.check_service_code(code)
        if fault is not None:
            raise ValidationError(_("“%(code)s”不对：%(said)s"), params={"code": code, "said": said(fault)})
    return found
