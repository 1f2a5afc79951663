"""Asking and answering about a case, for both sides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import UploadField
from xiaoer.kernel.refusal import Refusal

from ..rules.questions import MOST_WORDS
from .words import said

ACCEPTED = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".ofd")


class TalkForm(forms.Form):
    """One text. seen: version of the question that is answered; empty when a new one is asked."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    text = forms.CharField(max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": "4"}))
    file = UploadField(label=_("附件（可以不附）"), accept=ACCEPTED, largest_mb=20, required=False)

    def refuse(self, refused: Refusal) -> None:
        """Put a refusal where it belongs: at the file or at the text."""
        self.add_error("file" if refused.key.startswith("file") else "text", said(refused))

    @property
    def uploads(self) -> list[Any]:
        """The files that came with the text."""
        return [one for one in (self.cleaned_data.get("file"),) if one]

    def __init__(self, *args: Any, label: Any, help_text: Any = "", needed: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        field.label, field.help_text = label, help_text
        if needed:
            field.error_messages["required"] = needed


def question_form(*args: Any, officer: bool, **kwargs: Any) -> TalkForm:
    """Return the form of a new question; officer: the organ asks."""
    if officer:
        return TalkForm(
            *args, label=_("想问申请人什么"), needed=_("请先写要问的内容。"), **kwargs,
            help_text=_("申请人会收到消息。提问不是补正告知，不停止计时；缺材料请用“一次性告知补正”。"),
        )  # fmt: skip
    return TalkForm(
        *args, label=_("您想问什么"), needed=_("请先写要问的内容。"), **kwargs,
        help_text=_("办这件的工作人员会看到，答复以后通知您。请不要写别人的证件号。"),
    )  # fmt: skip


def answer_form(*args: Any, **kwargs: Any) -> TalkForm:
    """Return the form of an answer."""
    return TalkForm(*args, label=_("您的回答"), needed=_("请先写回答。"), **kwargs)
