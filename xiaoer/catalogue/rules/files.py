"""Files of the catalogue: one snapshot, or "xiaoer/catalogue/1" with many. All or nothing: one fault refuses the file.

{"format": "xiaoer/catalogue/1", "services": […], "bundles": […]}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from xiaoer.kernel.conditions import Fault

from . import codec
from .formats import BUNDLE_FORMAT, SERVICE_FORMAT, BundleSnapshot, ServiceSnapshot, Snapshot

CATALOGUE_FORMAT = "xiaoer/catalogue/1"
LISTS = {"services": SERVICE_FORMAT, "bundles": BUNDLE_FORMAT}


@dataclass(frozen=True)
class ReadFile:
    """What a file holds: its documents in order, those without faults as snapshots, and every fault with its place."""

    documents: int
    snapshots: tuple[Snapshot, ...]
    faults: tuple[Fault, ...]


def read_file(source: str) -> ReadFile:
    """Read the text of a file; nothing is raised, everything wrong is among the faults."""
    try:
        document = codec.parse(source)
    except codec.Unreadable as unreadable:
        return ReadFile(1, (), tuple(unreadable.faults))
    if not isinstance(document, dict) or document.get("format") != CATALOGUE_FORMAT:
        return _read(_single(document))
    faults = [
        Fault(path=f"/{codec.escaped(name)}", key="catalogue.format.unknown_name")
        for name in document
        if name not in {"format", *LISTS}
    ]
    placed: list[tuple[str, Any, tuple[str, ...]]] = []
    for name, wanted in LISTS.items():
        rows = document.get(name, [])
        if isinstance(rows, list):
            placed += [(f"/{name}/{index}", row, (wanted,)) for index, row in enumerate(rows)]
        else:
            params = {"expected": codec.EXPECTED["list"]}
            faults.append(Fault(path=f"/{name}", key="catalogue.format.wrong_type", params=params))
    return _read(placed, faults)


def _single(document: Any) -> list[tuple[str, Any, tuple[str, ...]]]:
    return [("", document, (SERVICE_FORMAT, BUNDLE_FORMAT))]


def _read(placed: Iterable[tuple[str, Any, tuple[str, ...]]], faults: Iterable[Fault] = ()) -> ReadFile:
    found = list(faults)
    snapshots: list[Snapshot] = []
    places: dict[tuple[str, ...], str] = {}
    documents = 0
    for path, document, formats in placed:
        documents += 1
        try:
            snapshot = codec.read(document, formats=formats)
        except codec.Unreadable as unreadable:
            found += [Fault(path=path + fault.path, key=fault.key, params=fault.params) for fault in unreadable.faults]
            continue
        identity = identity_of(snapshot)
        if identity in places:
            found.append(Fault(path=path, key="catalogue.duplicate_code", params={"name": identity[-1]}))
        places[identity] = path
        snapshots.append(snapshot)
    return ReadFile(documents, tuple(snapshots), tuple(found))


def identity_of(snapshot: Snapshot) -> tuple[str, ...]:
    """What makes a snapshot the same service or bundle: its code, or its region and key."""
    if isinstance(snapshot, ServiceSnapshot):
        return ("service", snapshot.code)
    return ("bundle", snapshot.region, snapshot.key)


def file_text(snapshots: Iterable[Snapshot]) -> str:
    """The text of a file with many snapshots, in the order given: services first, then bundles."""
    found = list(snapshots)
    return codec.text(
        {
            "format": CATALOGUE_FORMAT,
            "services": [codec.written(one) for one in found if isinstance(one, ServiceSnapshot)],
            "bundles": [codec.written(one) for one in found if isinstance(one, BundleSnapshot)],
        }
    )


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the three formats."""
    mode: Literal["validation"] = "validation"
    inputs = [(name, mode, adapter) for name, adapter in codec.ADAPTERS.items()]
    references, definitions = TypeAdapter.json_schemas(inputs, ref_template="#/$defs/{model}")
    service, bundle = (references[(name, mode)] for name in (SERVICE_FORMAT, BUNDLE_FORMAT))
    catalogue = {
        "title": "Catalogue",
        "type": "object",
        "additionalProperties": False,
        "required": ["format"],
        "properties": {
            "format": {"const": CATALOGUE_FORMAT},
            "services": {"type": "array", "items": service},
            "bundles": {"type": "array", "items": bundle},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Xiaoer catalogue",
        "oneOf": [service, bundle, catalogue],
        "$defs": definitions["$defs"],
    }
