"""How the result is to reach the applicant, as the desk shows it: the way, and for the post to whom and where."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from xiaoer.kernel import codes

from ..models import Application
from .showing import Shown, word

MASKS = {"name": codes.mask_name, "phone": codes.mask_phone, "address": codes.mask_name}


def delivery_of(application: Application, *, revealed: Mapping[str, str]) -> list[Shown]:
    """Return the way that was chosen and the recipient, masked: who posts it lets himself be shown more."""
    way = application.delivery.get("way")
    if not way:
        return []
    labels = {"name": _("收件人"), "phone": _("收件电话"), "address": _("收件地址")}
    shown = [Shown("delivery.way", _("结果怎么给"), word("delivery", way))]
    for part, label in labels.items():
        key = f"delivery.{part}"
        if key in revealed:
            shown.append(Shown(key, label, revealed[key]))
        elif value := application.personal_answers.get(key):
            shown.append(Shown(key, label, MASKS[part](str(value).removeprefix("+86")), hidden=True))
    return shown
