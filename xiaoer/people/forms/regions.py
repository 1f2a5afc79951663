"""What operators say about regions: one of them, or a file of the national format."""

import csv
import io
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, UploadInput
from xiaoer.network import rules as network_rules
from xiaoer.network import services as network_services

from .network import seen

COLUMNS = ("code", "parent_code", "level", "name")
MOST_BYTES = 1_500_000
"""What may travel with a form between preview and import; the whole country is imported on the server."""


class RegionForm(forms.Form):
    """A region that is entered for the first time."""

    code = forms.CharField(label=_("区划代码"), max_length=12, help_text=_("12位数字，例如 360481102000。"))
    name = forms.CharField(label=_("名称"), max_length=60)
    parent_code = forms.CharField(label=_("上级区划代码"), max_length=12)
    valid_from = TypedDateField(label=_("从哪天起"))


class RenameForm(forms.Form):
    """A region's new name."""

    name = forms.CharField(label=_("新名称"), max_length=60)
    seen = seen()


class EndRegionForm(forms.Form):
    """When a region ends and into which it goes."""

    on = TypedDateField(label=_("从哪天起撤销"),
        help_text=_("这一天起不再有效，可以是将来。"),
    )  # fmt: skip
    successor = forms.CharField(label=_("并入哪个区划（代码）"), max_length=12)
    seen = seen()


class RegionFileForm(forms.Form):
    """A file of the national format; what was read travels on as text until it is imported."""

    valid_from = TypedDateField(label=_("新增的区划从哪天起有效"))
    file = forms.FileField(
        label=_("区划文件"), error_messages={"required": _("请选择文件。")},
        widget=UploadInput(attrs={"accept": ".csv,.txt"}),
        help_text=_("CSV，第一行是 code,parent_code,level,name，每行一个区划，上级写在前面。最大 1.5 MB。"),
    )  # fmt: skip
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("text")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        text = self._typed(cleaned)
        if text:
            head = next(csv.reader(io.StringIO(text)), [])
            if not set(COLUMNS) <= {name.strip() for name in head}:
                self.add_error("file", _("第一行应为 code,parent_code,level,name，请补上列名。"))
            cleaned["text"] = text
            cleaned["rows"] = network_services.region_rows(text.splitlines())
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> str:
        """Return the text of the file, or what was read before; says at the field what is wrong."""
        file = cleaned.get("file")
        if file is None:
            return str(cleaned.get("text") or "")
        if file.size > MOST_BYTES:
            self.add_error(
                "file", _("文件太大。请按县（市、区）分开，或者在服务器上用 ./run xiaoer setup --regions 导入。")
            )
            return ""
        try:
            return readable(file.read())
        except ValidationError as fault:
            self.add_error("file", fault)
            return ""

    def changes(self, known: dict[str, str], *, within: str) -> network_rules.RegionChanges:
        """Return what importing would change."""
        return network_rules.region_changes(self.cleaned_data["rows"], known, within_code=within)


def readable(raw: bytes) -> str:
    """Return the text of a file that a spreadsheet has written. ValidationError for anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValidationError(_("这不是文本文件。请把表格另存为 CSV（UTF-8）。"))
