"""What is entered to check a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import UploadField


class NumberForm(forms.Form):
    """A code from beside the QR code, a certificate identifier or a printed licence number."""

    number = forms.CharField(
        label=_("验证码、电子证照标识或证照编号"),
        help_text=_("验证码印在二维码旁边，共 20 位。"),
        max_length=130,
        error_messages={"required": _("请输入验证码、电子证照标识或证照编号。")},
    )


class FileForm(forms.Form):
    """A PDF to compare with what was issued. It is not kept."""

    paper = UploadField(
        label=_("证照或文书的 PDF 文件"),
        help_text=_("文件只用来比对，不会保存。"),
        accept=(".pdf",),
        largest_mb=20,
        error_messages={"required": _("请选择要核对的 PDF 文件。"), "empty": _("这个文件是空的，请重新选择。")},
    )
