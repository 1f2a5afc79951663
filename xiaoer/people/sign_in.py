"""How signing in works here: phone numbers sealed and found by index, codes sent by a callable named in settings.

A code sender is ``(phone, code) -> None``. settings.CODE_SENDER names one; ``show`` keeps the last codes for the
demonstration. Codes are never journalled and never logged.
"""

import re
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from xiaoer.journal.fields import blind_index, seal, unseal

from .models import Account

SHOWN = "people.shown_codes"
KEPT = 10


class CodesNotSent(Exception):
    """The code could not be handed to a channel."""


def show(phone: str, code: str) -> None:
    """Keep a code for the demonstration's page /demo/codes/, which exists nowhere else."""
    cache.set(SHOWN, [(phone, code), *cache.get(SHOWN, [])][:KEPT], timeout=15 * 60)


def refuse(phone: str, code: str) -> None:
    """What happens while no channel is set up: nobody waits for a message that does not come."""
    raise CodesNotSent


class LongEnough(MinimumLengthValidator):
    """Django's rule in words that are translated."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要 %(min_length)s 个字符。") % {"min_length": self.min_length}

    def get_help_text(self) -> str:
        return _("至少 %(min_length)s 个字符，可以是一句只有您知道的话。") % {"min_length": self.min_length}


class NotCommon(CommonPasswordValidator):
    """Django's rule in the words of this platform."""

    def get_error_message(self) -> str:
        return str(_("这个密码太常见，容易被猜到。"))

    def get_help_text(self) -> str:
        return str(_("不要用常见的密码。"))


def normal_phone(typed: str) -> str:
    """Return a number as stored, +86 before a mainland number. ValidationError says what is wrong."""
    bare = re.sub(r"[\s()-]", "", typed)
    if re.fullmatch(r"1\d{10}", bare):
        return f"+86{bare}"
    if re.fullmatch(r"\+861\d{10}|\+(?!86)[1-9]\d{5,14}", bare):
        return bare
    if re.fullmatch(r"\+?\d+", bare) and bare.startswith("1"):
        raise ValidationError(
            _("手机号应为11位，现在是%(count)s位。请核对。"), code="phone", params={"count": len(bare)}
        )
    raise ValidationError(_("请填写11位手机号；境外号码请在前面加国家代码，例如 +852 91234567。"), code="phone")


class PhoneField(forms.CharField):
    """A phone number, typed with or without spaces and country code."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return normal_phone(typed) if typed else ""


class AccountAdapter(DefaultAccountAdapter):
    """allauth's questions, answered with our accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用。请联系您所在机关的管理员。"),
        "phone_password_mismatch": _("手机号或密码不对。忘记密码可以用短信验证码登录。"),
        "username_password_mismatch": _("工号或密码不对。忘记密码请联系本机关管理员。"),
        "phone_taken": _("这个手机号已经注册。请直接登录。"),
        "incorrect_code": _("验证码不对。请核对最新一条短信。"),
        "incorrect_password": _("密码不对。"),
        "enter_current_password": _("请填写现在的密码。"),
        "too_many_login_attempts": _("错误次数太多，为了安全已暂停登录。请5分钟后再试。"),
        "rate_limited": _("操作太频繁。请稍等片刻再试。"),
        "same_as_current": _("新手机号和现在的一样。"),
        "unknown_phone": _("这个手机号还没有注册。"),
    }

    def set_password(self, user: Any, password: str) -> None:
        user.password_expired = False
        super().set_password(user, password)

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**{**kwargs, "label": _("手机号")})

    def clean_phone(self, phone: str) -> str:
        return normal_phone(phone)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        if not user.username:
            user.username = f"u-{secrets.token_hex(8)}"

    def get_user_by_phone(self, phone: str) -> Account | None:
        try:
            return Account.objects.filter(phone_index=blind_index(normal_phone(phone))).first()
        except ValidationError:
            return None

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth's signature
        user.set_phone(phone, verified=verified)
        user.save(update_fields=["phone", "phone_index", "phone_verified"])

    def set_phone_verified(self, user: Any, phone: str) -> None:
        self.set_phone(user, phone, verified=True)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Send nothing, but answer as for a known number while no channel is set up: the answer tells nobody apart."""
        if f"{refuse.__module__}.{refuse.__name__}" == settings.CODE_SENDER:
            raise ImmediateHttpResponse(render(self.request, "people/no_codes.html", status=503))

    def send_account_already_exists_sms(self, phone: str) -> None:
        self.send_unknown_account_sms(phone)

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        try:
            import_string(settings.CODE_SENDER)(phone, code)
        except CodesNotSent:
            raise ImmediateHttpResponse(render(self.request, "people/no_codes.html", status=503)) from None


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets sealed at rest, our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对。请看手机上最新的6位数字，并确认手机时间准确。"),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Nothing: the page draws the code with the design's own tag."""
        return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": self.request.get_host().partition(":")[0], "name": settings.SITE_NAME}
