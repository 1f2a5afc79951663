"""What somebody typed, read as the value of a fact; refused in words that say how to mend it.  # bilingual

Values are JSON: text, true/false, decimal text ("120", "12.5"), "2026-03-05", a list of choices. Nothing is refused
that a person would call right: full-width digits, spaces in numbers, 2026年3月5日 and 2026/3/5 are read.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from xiaoer.kernel import refusal
from xiaoer.kernel.codes import check_resident_id, check_uscc
from xiaoer.kernel.refusal import Refusal

from .codec import keepable
from .formats import Field

refusal.register(
    {
        "answer_missing": ("请填写“{label}”。", "Please answer: {label}."),
        "answer_not_number": ("“{label}”应为数字，例如 120 或 12.5。", "{label} must be a number, as 120 or 12.5."),
        "answer_not_date": (
            "“{label}”不是日期，请写成 2026-03-05 这样。",
            "{label} is not a date; write it as 2026-03-05.",
        ),
        "answer_not_choice": ("请从选项里选“{label}”。", "Choose one of the answers to: {label}."),
        "answer_too_long": (
            "“{label}”最多 {most} 字，现在 {now} 字。",
            "{label}: at most {most} characters, now {now}.",
        ),
        "answer_not_phone": (
            "“{label}”应为 11 位手机号，或带区号的座机号。",
            "{label} must be a mobile number of 11 digits, or a landline with area code.",
        ),
        "answer_not_email": (
            "“{label}”不是邮箱地址，应像 name@example.cn。",
            "{label} must look like name@example.cn.",
        ),
        "answer_not_region": ("“{label}”应为 12 位区划代码。", "{label} must be a region code of 12 digits."),
        "answer_character": ("“{label}”里有不能保存的字符，请删去。", "{label} holds a character that cannot be kept."),
    }
)

Reader = Callable[[Field, str], Any]
LONGEST = {"long_text": 5000}
SHORT = 200
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|400-?\d{3}-?\d{4}", re.ASCII)
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def read_answer(field: Field, raw: str | Sequence[str] | None) -> Any:
    """The value of what was typed. None: not answered, and that is allowed. Raises Refusal answer_… or codes.…

    raw: text, or the list of choices; "yes" and "no" answer a yes_no."""
    if field.kind == "choices":
        return _choices(field, _listed(raw or []))
    typed = unicodedata.normalize("NFC", raw if isinstance(raw, str) else "").strip()
    if not typed:
        if field.required:
            raise Refusal("answer_missing", label=field.label)
        return None
    if not keepable(typed):
        raise Refusal("answer_character", label=field.label)
    most = LONGEST.get(field.kind, SHORT)
    if len(typed) > most:
        raise Refusal("answer_too_long", label=field.label, most=most, now=len(typed))
    return READERS.get(field.kind, _text)(field, typed)


def _listed(raw: str | Sequence[str]) -> list[str]:
    return [raw] if isinstance(raw, str) and raw else list(raw)


def _choices(field: Field, chosen: list[str]) -> list[str] | None:
    options = [choice.value for choice in field.choices]
    if not set(chosen) <= set(options):
        raise Refusal("answer_not_choice", label=field.label)
    if field.required and not chosen:
        raise Refusal("answer_missing", label=field.label)
    return [option for option in options if option in chosen] or None


def _text(field: Field, typed: str) -> str:
    return typed


def _folded(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).replace(" ", "")


def _number(field: Field, typed: str) -> str:
    folded = _folded(typed).replace(",", "")
    if not NUMBER.fullmatch(folded):
        raise Refusal("answer_not_number", label=field.label)
    return folded


def _flag(field: Field, typed: str) -> bool:
    if typed.lower() not in ("yes", "no", "true", "false"):
        raise Refusal("answer_not_choice", label=field.label)
    return typed.lower() in ("yes", "true")


def _choice(field: Field, typed: str) -> str:
    if typed not in [choice.value for choice in field.choices]:
        raise Refusal("answer_not_choice", label=field.label)
    return typed


def _date(field: Field, typed: str) -> str:
    found = DATE.fullmatch(_folded(typed))
    try:
        return date(*map(int, found.groups())).isoformat()  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise Refusal("answer_not_date", label=field.label) from None


def _identity(check: Callable[[str], Refusal | None]) -> Reader:
    def read(field: Field, typed: str) -> str:
        folded = _folded(typed).upper()
        if refused := check(folded):
            raise refused
        return folded

    return read


def _matching(pattern: re.Pattern[str], key: str) -> Reader:
    def read(field: Field, typed: str) -> str:
        folded = _folded(typed)
        if not pattern.fullmatch(folded):
            raise Refusal(key, label=field.label)
        return folded

    return read


READERS: dict[str, Reader] = {
    "number": _number,
    "money": _number,
    "yes_no": _flag,
    "choice": _choice,
    "date": _date,
    "id_number": _identity(check_resident_id),
    "uscc": _identity(check_uscc),
    "phone": _matching(PHONE, "answer_not_phone"),
    "email": _matching(EMAIL, "answer_not_email"),
    "region": _matching(re.compile(r"\d{12}", re.ASCII), "answer_not_region"),
}
