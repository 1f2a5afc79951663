"""Published guides of any province turned into drafts: facts are carried over, nothing is invented.  # bilingual

A guide needs name, organ, region and either materials or the word that none is needed; what else a draft lacks is
listed, not guessed. A code, a USCC or a promise that the guide does not publish stays empty.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from stdnum import numdb

from xiaoer.kernel import refusal
from xiaoer.kernel.codes import check_service_code
from xiaoer.kernel.conditions import Fault, fault_sentence
from xiaoer.kernel.refusal import Refusal

from .codec import Unreadable, read_service
from .formats import SERVICE_FORMAT, ServiceSnapshot
from .quality import service_faults

refusal.register(
    {
        "guide_without": ("缺少{what}。请补上后再转换。", "It lacks {what}. Add it and convert again."),
        "guide_not_object": ("这一行不是一份指南（JSON 对象）。", "This line is not a guide (a JSON object)."),
        "guide_unreadable": ("{path} 无法读取：{fault}", "{path} cannot be read: {fault}"),
        "guide_twice": ("编号 {id} 在文件里出现了两次。", "The id {id} is in the file twice."),
    }
)

WHAT = {"name": "名称 (name)", "authority": "实施主体 (organ)", "region": "地区 (region)",
        "materials": "材料,或写明无需材料 (materials, or the word that none is needed)"}  # fmt: skip
TYPES = {"行政许可": "01", "行政给付": "05", "行政确认": "07", "其他行政权力": "10", "公共服务": "20"}
PROCEDURES = {"01": "licence", "05": "benefit", "07": "confirmation", "20": "public"}
UNITS = {"工作日": "working_days", "日": "working_days", "自然日": "calendar_days", "月": "months", "小时": "hours",
         "即时": "at_once"}  # fmt: skip
LEVELS = {"国家": "1", "省": "2", "市": "3", "县": "4", "镇": "5", "村": "6"}
CHANNELS = {"window": r"窗口|派出所|线下", "online": r"网上|线上|互联网|全程网办", "post": r"邮寄|快递",
            "app": r"公众号|赣服通|掌上|APP"}  # fmt: skip
NONE_NEEDED = re.compile(r"(无需|不需要?|免)(提交|提供)?(任何)?(申请)?材料|^(无|无需|不需要|none needed)$")
FREE = re.compile(r"不收费|免费|无$|暂停征收")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇0-9]+条")


@dataclass(frozen=True)
class Converted:
    """A draft and what it lacks before it can be published (JSON pointers), and what contradicts itself in it."""

    guide: str
    snapshot: ServiceSnapshot
    lacks: tuple[str, ...]
    faults: tuple[Fault, ...]


def convert(guide: Any) -> Converted:
    """A draft from the facts of one guide. Raises Refusal guide_without {what}, guide_not_object."""
    if not isinstance(guide, Mapping):
        raise Refusal("guide_not_object")
    for name in ("name", "authority", "region"):
        if not _said(guide, name):
            raise Refusal("guide_without", what=WHAT[name])
    materials = _materials(guide)
    if materials is None:
        raise Refusal("guide_without", what=WHAT["materials"])
    try:
        snapshot = read_service(_draft(guide, materials))
    except Unreadable as unreadable:
        first = unreadable.faults[0]
        raise Refusal("guide_unreadable", path=first.path, fault=fault_sentence(first, language="zh")) from None
    faults = service_faults(snapshot)
    missing = ("catalogue.needed", "catalogue.no_real_code", "catalogue.no_basis", "catalogue.no_faq")
    lacks = dict.fromkeys(re.sub(r"/\d+", "", fault.path) for fault in faults if fault.key in missing)
    return Converted(
        str(guide.get("id", "")), snapshot, tuple(lacks), tuple(fault for fault in faults if fault.key not in missing)
    )


def _draft(guide: Mapping[str, Any], materials: list[dict[str, Any]]) -> dict[str, Any]:
    channels = [key for key, words in CHANNELS.items() if re.search(words, _said(guide, "channels"))]
    visits = guide.get("visits")
    return {
        "format": SERVICE_FORMAT, **_identity(guide), **_kind(guide), "materials": materials,
        "basis": [{"law": law} for law in _rows(guide, "legal_basis", str)],
        "conditions": _rows(guide, "conditions", str), "steps": _steps(guide), "fees": _fees(guide),
        "result": _result(guide), "visits": visits if type(visits) is int else None, "channels": channels,
        "origin": _origin(guide),
    }  # fmt: skip


def _said(guide: Mapping[str, Any], name: str) -> str:
    value = guide.get(name)
    return value.strip() if isinstance(value, str) else ""


def _rows(guide: Mapping[str, Any], name: str, kind: type) -> list[Any]:
    """The members of a list that are of that kind and not empty; a single one may stand without a list."""
    value = guide.get(name)
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, kind) and row]


def convert_all(guides: Iterable[Any]) -> tuple[list[Converted], list[tuple[str, Refusal]]]:
    """Drafts in the order of their codes, and (id, reason) of the guides that are refused."""
    made: dict[str, Converted] = {}
    refused = []
    for place, guide in enumerate(guides, start=1):
        name = str(guide.get("id", place)) if isinstance(guide, Mapping) else str(place)
        try:
            converted = convert(guide)
            if converted.snapshot.code in made:
                raise Refusal("guide_twice", id=name)
            made[converted.snapshot.code] = converted
        except Refusal as reason:
            refused.append((name, reason))
    return [made[code] for code in sorted(made)], refused


def _identity(guide: Mapping[str, Any]) -> dict[str, Any]:
    code = _said(guide, "item_code")
    real = check_service_code(code) is None
    level = next((number for word, number in LEVELS.items() if word in _said(guide, "level")), "")
    name = re.sub(r"[^0-9A-Za-z_.-]", "-", _said(guide, "id")) or _short(str(_said(guide, "name")))
    return {
        "code": code[:31] if real else f"draft-{name[:25]}",
        "handle_code": code if real and len(code) == 33 else "",
        "organ": code[:18] if real else "",
        "level": code[18] if real else level,
        "name": _said(guide, "name"),
        "organ_name": _said(guide, "authority"),
        "region": region_code(_said(guide, "region")),
        "region_name": _said(guide, "region"),
    }


def _kind(guide: Mapping[str, Any]) -> dict[str, Any]:
    """What kind of matter and in what time. A limit summed from steps is no published promise and is left out."""
    kind = TYPES.get(_said(guide, "type"), "")
    said = _said(guide, "accept_type")
    promised = None if guide.get("promised_computed") else _term(guide.get("promised"))
    at_once = promised is not None and promised["unit"] == "at_once"
    limits = {"statutory": _term(guide.get("statutory")), "promised": promised}
    filing = "备案" in _said(guide, "name")
    return {
        "type": kind,
        "procedure": "filing" if filing else PROCEDURES.get(kind, "public"),
        "kind": "immediate" if "即办" in said or at_once else "promised",
        "limits": {name: term for name, term in limits.items() if term},
    }


def _term(limit: Any) -> dict[str, Any] | None:
    """行政许可法 82: days of its limits are working days."""
    if not isinstance(limit, Mapping) or limit.get("unit") not in UNITS or not isinstance(limit.get("value"), int):
        return None
    return {"count": limit["value"], "unit": UNITS[limit["unit"]]}


def _materials(guide: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The papers; [] when the guide says that none is needed, None when it says nothing."""
    found: dict[str, dict[str, Any]] = {}
    for row in _rows(guide, "materials", dict):
        if (name := _said(row, "name")) and not NONE_NEEDED.match(name):
            found.setdefault(name, {"key": _short(name), "name": name, **_paper(row)})
    if found:
        return list(found.values())
    words = [_said(guide, name) for name in ("materials", "note", "channels")]
    words += [_said(row, "name") for row in _rows(guide, "materials", dict)]
    none_needed = guide.get("no_materials") is True or any(NONE_NEEDED.search(word) for word in words)
    return [] if none_needed else None


def _paper(row: Mapping[str, Any]) -> dict[str, Any]:
    form, note = _said(row, "form"), _said(row, "note")
    copies = re.match(r"\d+", _said(row, "copies"))
    original, copied = "原件" in form, "复印件" in form
    return {
        "need": "optional" if row.get("required") is False else "required",
        "form": "both" if original and copied else "copy" if copied else "original",
        "copies": int(copies[0]) if copies else 1,
        "basis" if ARTICLE.search(note) else "accept_standard": note,
    }


def _short(name: str) -> str:
    """A key from a name: the same name is the same paper everywhere."""
    return "m_" + hashlib.sha256(name.encode()).hexdigest()[:12]


def _steps(guide: Mapping[str, Any]) -> list[dict[str, Any]]:
    steps = [step for step in _rows(guide, "steps", dict) if _said(step, "name")]
    return [
        {
            "key": f"s{place}",
            "name": step["name"],
            "term": _term(step.get("limit")),
            "standard": _said(step, "standard"),
        }
        for place, step in enumerate(steps, start=1)
    ]


def _fees(guide: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    said = _said(guide, "fee")
    if not said:
        return None
    return [] if FREE.match(said) else [{"name": "收费", "standard": said}]


def _result(guide: Mapping[str, Any]) -> dict[str, Any] | None:
    name = _said(guide, "result")
    if not name:
        return None
    years = re.fullmatch(r"(\d+)年", _said(guide, "validity"))
    return {
        "kind": "licence" if name.endswith("证") else "document",
        "name": name,
        "validity_months": int(years[1]) * 12 if years else None,
    }


def _origin(guide: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "guide",
        "source": _said(guide, "source"),
        "place": _said(guide, "region"),
        "dated": _said(guide, "source_date"),
        "quality": _said(guide, "source_quality"),
        "note": _said(guide, "note"),
    }


@cache
def _divisions() -> list[tuple[str, str, bool]]:
    """(6-digit code, province and name, whether it still exists) of GB/T 2260, as python-stdnum carries it."""
    found = []
    for _, province, _, said, below in numdb.get("cn/loc").prefixes:
        for _, rest, _, names, _ in below:
            for part in names.get("county", "").split(","):
                span, name = re.fullmatch(r"(?:\[([^\]]*)\])?(.*)", part).groups()  # type: ignore[union-attr]
                found.append((province + rest, f"{said['province']} {name}", not span or span.endswith("-")))
    return found


def region_code(name: str) -> str:
    """The 12-digit code of a region written as 江西省九江市瑞昌市; "" when GB/T 2260 down to counties has none."""
    if name.strip() == "全国":
        return "0" * 12
    name = name.strip()
    fitting = []
    for code, division, exists in _divisions():
        province, _, own = division.partition(" ")
        if exists and name.startswith(province[:2]) and name.endswith(own) and (own != province or name == province):
            fitting.append((len(own), code))
    best = max((length for length, _ in fitting), default=0)
    codes = {code for length, code in fitting if length == best}
    return f"{codes.pop()}000000" if len(codes) == 1 else ""
