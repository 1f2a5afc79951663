"""Choosing a log, and handing in a receipt."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import UploadInput, offer
from xiaoer.journal.services.receipts import SIGNED

LONGEST = 16 * 1024
NOT_YOURS = _("您的岗位管不到这个地区。请选您所在的地区或者下级地区。")


class FeedForm(forms.Form):
    """Whose log, and from where on."""

    shard = forms.ChoiceField(label=_("地区"), error_messages={"invalid_choice": NOT_YOURS})
    after = forms.IntegerField(label=_("从第几条以后"), min_value=0, max_value=2**62, required=False)

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "shard", regions)


class ReceiptForm(forms.Form):
    """A receipt, pasted or as a file."""

    text = forms.CharField(
        label=_("粘贴回执"), required=False, max_length=LONGEST, strip=True,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("回执是一段以 { 开头、以 } 结尾的文字。"),
    )  # fmt: skip
    file = forms.FileField(label=_("或者选回执文件"), required=False, allow_empty_file=True, widget=UploadInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        field, raw = self._raw(cleaned)
        if not raw:
            raise forms.ValidationError(_("请粘贴回执，或者选一个回执文件。"))
        try:
            receipt = json.loads(raw)
        except (ValueError, RecursionError):
            self.add_error(field, _("这不是一份回执：内容不完整，或者被改成了别的格式。请把整段文字原样粘贴。"))
            return cleaned
        missing = set(SIGNED) | {"signature"}
        if not isinstance(receipt, dict) or missing - set(receipt):
            self.add_error(field, _("这不是本平台的回执：缺少编号、摘要、时间或者签名。请用下载时的原文。"))
            return cleaned
        cleaned["receipt"] = receipt
        return cleaned

    def _raw(self, cleaned: dict[str, Any]) -> tuple[str, str]:
        """Return the name of the field that was used and its text."""
        if cleaned.get("file"):
            return "file", cleaned["file"].read(LONGEST).decode("utf-8", "replace")
        return "text", cleaned.get("text", "")
