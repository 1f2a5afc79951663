"""Form fields that Django lacks: a typed date, an identity number, a file with preview, a place in five levels."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

DATE_DIGITS = re.compile(r"\s*(\d{4})\D{0,3}?(\d{1,2})\D{0,3}?(\d{1,2})\D{0,2}\s*")
LEVELS = (_("省"), _("市"), _("县（市、区）"), _("乡镇（街道）"), _("村（社区）"))
Children = Callable[[str], Sequence[tuple[str, str]]]


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form be chosen from these: for choices that are known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not a field of choices")
    field.choices = list(choices)


class TypedDateField(forms.DateField):
    """A date one types: 2026年3月5日, 2026-3-5, 20260305. Pass birth=True for the browser to fill in a birthday."""

    def __init__(self, *, birth: bool = False, **kwargs: object) -> None:
        kwargs.setdefault("help_text", _("例如 20260305，或者 2026年3月5日"))
        attrs = {"inputmode": "text", "autocomplete": "bday" if birth else "off"}
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs=attrs), **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: str | dt.datetime | dt.date | None) -> dt.date | None:
        if value in self.empty_values or isinstance(value, dt.date):
            return super().to_python(value)
        match = DATE_DIGITS.fullmatch(str(value))
        if not match:
            raise ValidationError(_("看不懂这个日期，请按 2026年3月5日 的样子写年、月、日。"), code="invalid")
        try:
            return dt.date(*map(int, match.groups()))
        except ValueError:
            year, month, day = match.groups()
            text = gettext("没有 %(y)s 年 %(m)s 月 %(d)s 日这一天，请再看一下。")
            raise ValidationError(text % {"y": year, "m": int(month), "d": int(day)}, code="invalid") from None


class IdNumberField(forms.CharField):
    """An 18-character identity number of a resident. Show it elsewhere through the `masked` filter only."""

    def __init__(self, **kwargs: object) -> None:
        attrs = {"inputmode": "text", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        number = re.sub(r"[\s-]", "", str(super().clean(value))).upper()
        if number and (fault := id_number_fault(number)):
            raise ValidationError(fault, code="invalid")
        return number


def id_number_fault(number: str) -> str:
    """Return what is wrong with an identity number and how to mend it, or nothing."""
    if len(number) != 18:
        words = gettext("身份证号应为 18 位，现在是 %(n)s 位，少了 %(d)s 位。") if len(number) < 18 else gettext(
            "身份证号应为 18 位，现在是 %(n)s 位，多了 %(d)s 位。")  # fmt: skip
        return words % {"n": len(number), "d": abs(18 - len(number))}
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return gettext("身份证号只有数字，最后一位可以是 X。")
    try:
        dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return gettext("第 7 到 14 位是出生日期，%(date)s 不是一个日期。") % {"date": number[6:14]}
    if ric.calc_check_digit(number) != number[-1]:
        return gettext("有一位不对：最后一位和前面的对不上，请照身份证再看一遍。")
    return ""


class UploadInput(forms.FileInput):
    """A file control with preview and progress; without JavaScript the browser's own."""

    template_name = "design/widgets/upload.html"


class UploadField(forms.FileField):
    """A file: which kinds and how large is said beside it, and again when it is wrong."""

    def __init__(self, *, accept: Sequence[str], largest_mb: int, **kwargs: object) -> None:
        self.accept, self.largest_mb = tuple(accept), largest_mb
        kinds = "、".join(kind.lstrip(".").upper() for kind in accept)
        kwargs.setdefault("help_text", format_lazy(_("可以传 {kinds}，最大 {mb} MB。"), kinds=kinds, mb=largest_mb))
        widget = UploadInput(attrs={"accept": ",".join(accept)})
        super().__init__(widget=widget, **kwargs)  # type: ignore[arg-type]

    def clean(self, data: object, initial: object = None) -> object:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        size = (file.size or 0) / 1048576
        if size > self.largest_mb:
            text = gettext("“%(name)s”有 %(size)s MB，最大 %(mb)s MB。请压缩一下，或者分开传。")
            raise ValidationError(
                text % {"name": file.name, "size": f"{size:.1f}", "mb": self.largest_mb}, code="large"
            )
        if not str(file.name).lower().endswith(self.accept):
            text = gettext("“%(name)s”的格式不能用，请换成 %(kinds)s。")
            raise ValidationError(text % {"name": file.name, "kinds": " ".join(self.accept)}, code="kind")
        return file


class PlaceInput(forms.Widget):
    """Five selects, each below the last; its value is the deepest code chosen.

    children("") gives the provinces as (code, name), children(code) what lies below. Without JavaScript the button
    shows the next level: the form comes back with it. `lookup` is the address that answers children as JSON.
    """

    template_name = "design/widgets/place.html"
    use_fieldset = True

    def __init__(self, children: Children, depth: int = 5, lookup: str = "") -> None:
        super().__init__()
        self.children, self.depth, self.lookup = children, depth, lookup

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"levels": self.levels(name, str(value or "")), "lookup": self.lookup}
        return context

    def levels(self, name: str, value: str) -> list[dict[str, object]]:
        """Return one select per level: its choices, and which of them leads to the value."""
        found: list[dict[str, object]] = []
        parent: str | None = ""
        for level in range(self.depth):
            choices = list(self.children(parent)) if parent is not None else []
            chosen = next((code for code, _name in choices if leads_to(code, value)), None)
            found.append({"name": f"{name}_{level}", "label": LEVELS[level], "choices": choices, "chosen": chosen})
            parent = chosen
        return found

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> str:
        """Return the deepest code whose parents were chosen too."""
        value = ""
        for level in range(self.depth):
            code = str(data.get(f"{name}_{level}") or "")
            if code not in {known for known, _name in self.children(value)}:
                break
            value = code
        return value

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return f"{name}_0" not in data


def leads_to(code: str, value: str) -> bool:
    """Division codes nest: a code leads to a value when it begins like it, trailing zeros aside."""
    if not value:
        return False
    for length in (2, 4, 6, 9, 12):
        if not code[length:].strip("0"):
            return value[:length] == code[:length]
    return False


class PlaceField(forms.CharField):
    """A place down to `least` levels (4: a township)."""

    def __init__(
        self, children: Children, *, depth: int = 5, least: int = 4, lookup: str = "", **kwargs: object
    ) -> None:
        self.children, self.least = children, min(least, depth)
        super().__init__(widget=PlaceInput(children, depth, lookup), **kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        code = str(super().clean(value))
        chosen = [level for level in self.widget.levels("x", code) if level["chosen"]]
        if code and len(chosen) < self.least:
            raise ValidationError(_("请接着选：%(level)s"), code="next", params={"level": LEVELS[len(chosen)]})
        return code


def tell_meanwhile(form: forms.Form, *, present: Mapping[str, object], seen: int) -> None:
    """Let a form that lost against another change be sent again, with what was typed kept.

    present: field -> what is stored now; it stands at every field that says something else, so that whoever sends the
    form once more knows what is overwritten. seen: the version that was read now, for the hidden field of that name.
    """
    for name, stored in present.items():
        if form.cleaned_data.get(name) != stored:
            words = gettext("现在存的是“%(value)s”。要改成您填的，请再按一次。") % {"value": _shown(stored)}
            form.add_error(name, words)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["seen"] = str(seen)  # type: ignore[index]


def _shown(stored: object) -> str:
    if isinstance(stored, bool):
        return gettext("是") if stored else gettext("否")
    if isinstance(stored, list):
        return "、".join(map(str, stored))
    return str(stored) or gettext("（没有填）")
