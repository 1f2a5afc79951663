"""Snapshots from and to JSON, with every fault and its place.  # bilingual

The text of a file is fixed, so that export gives an import back byte for byte: fields in the order of the format,
defaults left out, two spaces, UTF-8, one newline at the end.

    >>> service = read({"format": "xiaoer/service/1", "code": "draft-1", "name": "…", "organ_name": "…"})
    >>> digest(service)                      64 hex digits over the canonical bytes (RFC 8785)
"""

import hashlib
import json
import math
import re
from collections.abc import Collection, Iterator
from typing import Any

import rfc8785
from pydantic import TypeAdapter, ValidationError

from xiaoer.kernel.conditions import Fault, fault_sentence

from .formats import BUNDLE_FORMAT, SERVICE_FORMAT, BundleSnapshot, ServiceSnapshot, Snapshot

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    SERVICE_FORMAT: TypeAdapter(ServiceSnapshot),
    BUNDLE_FORMAT: TypeAdapter(BundleSnapshot),
}
DEEPEST = 60
LARGEST = 2**53 - 1
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class Unreadable(ValueError):
    """A document that is no snapshot: all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault_sentence(fault, language='en')}" for fault in faults))
        self.faults = faults


def read(document: Any, *, formats: Collection[str] = (SERVICE_FORMAT, BUNDLE_FORMAT)) -> Snapshot:
    """A snapshot from the JSON of one of these formats. Raises Unreadable with every fault."""
    wanted = document.get("format") if isinstance(document, dict) else None
    if not isinstance(wanted, str) or wanted not in formats:
        params = {"expected": ", ".join(formats)}
        raise Unreadable([Fault(path="/format", key="catalogue.format.unknown_format", params=params)])
    if unkept := list(_unkept(document, "", 0)):
        raise Unreadable(unkept)
    try:
        snapshot: Snapshot = ADAPTERS[wanted].validate_json(json.dumps(document), strict=True)
    except ValidationError as invalid:
        raise Unreadable([_fault(error) for error in invalid.errors(include_url=False)]) from None
    return snapshot


def read_service(document: Any) -> ServiceSnapshot:
    """A service from JSON. Raises Unreadable, also for a bundle."""
    snapshot = read(document, formats=(SERVICE_FORMAT,))
    assert isinstance(snapshot, ServiceSnapshot)
    return snapshot


def read_bundle(document: Any) -> BundleSnapshot:
    """A bundle from JSON. Raises Unreadable, also for a service."""
    snapshot = read(document, formats=(BUNDLE_FORMAT,))
    assert isinstance(snapshot, BundleSnapshot)
    return snapshot


def written(snapshot: Snapshot) -> dict[str, Any]:
    """The JSON of a snapshot: fields in the order of the format, defaults left out."""
    plain: dict[str, Any] = ADAPTERS[snapshot.format].dump_python(snapshot, mode="json", exclude_defaults=True)
    return plain


def text(document: Any) -> str:
    """The text of a JSON file of the catalogue."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def digest(snapshot: Snapshot) -> str:
    """SHA-256 over the canonical bytes of what is written (64 hex digits): the cache key of all that is made of it."""
    return hashlib.sha256(rfc8785.dumps(written(snapshot))).hexdigest()


def parse(source: str) -> Any:
    """JSON from text, in which no name stands twice. Raises Unreadable with the line."""
    try:
        return json.loads(source.removeprefix("\ufeff"), object_pairs_hook=_once)
    except json.JSONDecodeError as wrong:
        raise Unreadable([_not_json(wrong.lineno, wrong.msg)]) from None
    except RecursionError:
        raise Unreadable([Fault(path="", key="catalogue.format.too_deep")]) from None
    except ValueError as wrong:
        raise Unreadable([_not_json(0, str(wrong))]) from None


def _not_json(line: int, reason: str) -> Fault:
    return Fault(path="", key="catalogue.format.not_json", params={"line": line, "reason": reason})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable([Fault(path="", key="catalogue.format.duplicate_name", params={"name": name})])
        found[name] = value
    return found


def _unkept(value: Any, path: str, depth: int) -> Iterator[Fault]:
    """What neither database nor digest could keep: NUL and lone surrogates, endless numbers, bottomless nesting."""
    if depth > DEEPEST:
        yield Fault(path=path, key="catalogue.format.too_deep")
    elif isinstance(value, str) and not keepable(value):
        yield Fault(path=path, key="catalogue.format.character")
    elif isinstance(value, int | float) and (not math.isfinite(value) or abs(value) > LARGEST):
        yield Fault(path=path, key="catalogue.format.number")
    elif isinstance(value, dict | list):
        yield from _unkept_inside(value, path, depth)


def _unkept_inside(value: dict[str, Any] | list[Any], path: str, depth: int) -> Iterator[Fault]:
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(name, str) and not keepable(name):
            yield Fault(path=path, key="catalogue.format.character")
        else:
            yield from _unkept(inner, f"{path}/{escaped(name)}", depth + 1)


def keepable(value: str) -> bool:
    """Whether a text has only characters that both databases keep."""
    return not UNKEEPABLE.search(value)


def escaped(name: object) -> str:
    """A step of a JSON pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")


EXPECTED = {"string": "文字 (text)", "int": "整数 (integer)", "bool": "true/false", "tuple": "列表 (list)",
            "list": "列表 (list)", "dict": "对象 (object)", "dataclass": "对象 (object)"}  # fmt: skip
KINDS = {
    "missing": "catalogue.format.missing",
    "unexpected_keyword_argument": "catalogue.format.unknown_name",
    "extra_forbidden": "catalogue.format.unknown_name",
    "literal_error": "catalogue.format.not_one_of",
    "string_pattern_mismatch": "catalogue.format.wrong_pattern",
    "string_too_long": "catalogue.format.too_long",
    "string_too_short": "catalogue.format.empty",
    "greater_than_equal": "catalogue.format.out_of_range",
    "less_than_equal": "catalogue.format.out_of_range",
}


def _fault(error: Any) -> Fault:
    path = "".join(f"/{escaped(step)}" for step in error["loc"])
    context = error.get("ctx", {})
    params = {"expected": context.get("expected", ""), "pattern": context.get("pattern", ""),
              "most": context.get("max_length", "")}  # fmt: skip
    kind, _, suffix = error["type"].rpartition("_")
    if suffix in ("type", "parsing") and kind in EXPECTED:
        return Fault(path=path, key="catalogue.format.wrong_type", params={"expected": EXPECTED[kind]})
    return Fault(
        path=path, key=KINDS.get(error["type"], "catalogue.unreadable"), params={**params, "kind": error["type"]}
    )
