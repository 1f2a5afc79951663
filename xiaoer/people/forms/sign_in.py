"""allauth's forms in our words, without placeholders: a label says it better."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code"}


def reword(form: forms.BaseForm, **labels: str | Promise) -> None:
    """Give fields our labels; take placeholders away; say what a new password must be in one plain sentence."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]  # type: ignore[assignment]
    if "oldpassword" in form.fields:
        form.fields["oldpassword"].help_text = ""
    if "password1" in form.fields:
        form.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts())


class LoginForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, login=_("手机号或工号"), password=_("密码"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class SignupForm(account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, phone=_("手机号"), password1=_("密码"), password2=_("再写一次密码"))
        self.fields["phone"].required = True


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, oldpassword=_("现在的密码"), password1=_("新密码"), password2=_("再写一次新密码"))


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, password1=_("新密码"), password2=_("再写一次新密码"))


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, password=_("密码"))
        self.fields["password"].help_text = ""


class ConfirmLoginCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, code=_("6位验证码"))
        self.fields["code"].widget.attrs.update(DIGITS)


class VerifyPhoneForm(account.VerifyPhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, code=_("6位验证码"))
        self.fields["code"].widget.attrs.update(DIGITS)


class ChangePhoneForm(account.ChangePhoneForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, phone=_("新手机号"))


class FactorForm(factor.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, code=_("验证器上的6位数字，或一个备用码"))


class FactorAgainForm(factor.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, code=_("验证器上的6位数字，或一个备用码"))


class ActivateFactorForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, code=_("验证器显示的6位数字"))
        self.fields["code"].widget.attrs.update(DIGITS)


class AddKeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, name=_("给密钥起个名字"), passwordless=_("只用它登录，不用密码"))
        self.fields["passwordless"].help_text = _("密钥要能认出您：指纹、面容或密码。")


class EditKeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, name=_("名字"))
