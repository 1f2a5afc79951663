"""Who stands at the window, and how the result is to come."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import offer
from xiaoer.kernel import refusal
from xiaoer.kernel.codes import check_uscc
from xiaoer.people.rules import ID_KINDS, check_id, normal_id

from .choices import delivery_words


def _said(refused: Any) -> str:
    return refusal.sentence(refused, language=get_language() or "zh-hans")


class WalkInForm(forms.Form):
    """The person with the document in hand, the firm they act for if any, and the way of delivery."""

    use_required_attribute = False

    id_kind = forms.ChoiceField(label=_("证件类型"))
    id_number = forms.CharField(
        label=_("证件号码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.RegexField(
        r"^1\d{10}$", label=_("手机号"), error_messages={"invalid": _("手机号应为 11 位，请核对。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )  # fmt: skip
    uscc = forms.CharField(
        label=_("替企业办的，填统一社会信用代码"), required=False, max_length=18,
        help_text=_("本人须是这家企业的法定代表人或经办人。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("结果怎么给"), widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("邮寄地址"), required=False, max_length=200, help_text=_("选邮寄的才填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    prefix = "Who"

    def __init__(self, *args: Any, ways: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = (get_language() or "").startswith("en")
        kinds = [(key, pair[english]) for key, pair in ID_KINDS.items()]
        offer(self, "id_kind", kinds)
        words = delivery_words()
        offer(self, "way", [(way, words[way]) for way in ways])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, number = cleaned.get("id_kind"), cleaned.get("id_number")
        if kind and number:
            cleaned["id_number"] = normal_id(kind, number)
            if fault := check_id(kind, cleaned["id_number"]):
                self.add_error("id_number", _said(fault))
        if uscc := cleaned.get("uscc", "").strip().upper():
            cleaned["uscc"] = uscc
            if fault := check_uscc(uscc):
                self.add_error("uscc", _said(fault))
        if cleaned.get("way") == "post" and not cleaned.get("address", "").strip():
            self.add_error("address", _("邮寄要有地址。"))
        return cleaned

    def known(self) -> dict[str, str]:
        """Return what the catalogue may fill in by itself from what is typed here."""
        typed = self.cleaned_data if self.is_valid() else {}
        return {f"person.{name}": typed[name] for name in ("name", "id_number", "phone") if typed.get(name)} | (
            {"firm.uscc": typed["uscc"]} if typed.get("uscc") else {}
        )

    def delivery(self) -> dict[str, str]:
        """Return the way of delivery as a draft keeps it."""
        typed = self.cleaned_data
        if typed["way"] != "post":
            return {"way": typed["way"]}
        return {"way": "post", "name": typed["name"], "phone": typed["phone"], "address": typed["address"].strip()}
