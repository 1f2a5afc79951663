"""What administrators say about staff, and clerks about who stands before them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xiaoer.design.fields import TypedDateField, offer
from xiaoer.network.queries import Organ

from .. import rules
from ..sign_in import PhoneField
from .mine import IdentityForm


def role_choices(names: Iterable[str]) -> list[tuple[str, str]]:
    english = (get_language() or "").startswith("en")
    return [(name, rules.ROLES[name].en if english else rules.ROLES[name].zh) for name in names]


class PostForm(forms.Form):
    """A post: role, organ, services, period."""

    role = forms.ChoiceField(label=_("岗位"))
    organ = forms.ChoiceField(label=_("机关"))
    services = forms.CharField(
        label=_("只管这些事项"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个事项编码；不填就是全部事项。"),
    )  # fmt: skip
    valid_from = TypedDateField(label=_("从哪天起"))
    valid_to = TypedDateField(
        label=_("到哪天止"), required=False,
        help_text=_("这一天起不再有效；不填就是一直有效。"),
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Iterable[str], organs: Iterable[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", role_choices(roles))
        offer(self, "organ", [(str(one.id), one.name) for one in organs])

    def clean_services(self) -> list[str]:
        return str(self.cleaned_data["services"]).split()


class OfficerForm(PostForm):
    """Somebody new, with a first post."""

    field_order = ("username", "name", "role", "organ", "services", "valid_from", "valid_to")
    username = forms.SlugField(label=_("工号"), max_length=40, help_text=_("登录用，只能有字母、数字、- 和 _。"))
    name = forms.CharField(label=_("姓名"), max_length=60)


class EndForm(forms.Form):
    """When and why a post ends."""

    on = TypedDateField(label=_("从哪天起不再任职"))
    reason = forms.CharField(label=_("理由"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class FindForm(IdentityForm):
    """The document of who stands at the window; the name is compared, not searched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]


class WalkInForm(IdentityForm):
    """Somebody at the window who has no account."""

    phone = PhoneField(label=_("联系电话"), max_length=20, required=False)


class RevealForm(forms.Form):
    """Which masked value, and why."""

    what = forms.ChoiceField(label=_("要看什么"), choices=[("id_number", _("证件号码")), ("phone", _("联系电话"))])
    reason = forms.CharField(label=_("为什么要看"), max_length=200, help_text=_("会连同您的姓名和时间一起记录。"))


class PhoneForm(forms.Form):
    """A new phone number for somebody who lost the old one and stands at the window with the document."""

    phone = PhoneField(label=_("新手机号"), max_length=20)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
