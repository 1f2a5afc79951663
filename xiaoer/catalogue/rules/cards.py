"""What a list shows of a snapshot, taken from its JSON as it is kept: to read it all again takes a millisecond."""

from dataclasses import dataclass
from typing import Any

from .formats import BUNDLE_FORMAT, Term


@dataclass(frozen=True, kw_only=True)
class Card:
    """One service or bundle in a list. code: of a service; key: of a bundle; promised: within what time."""

    name: str
    name_en: str
    organ_name: str
    organ_name_en: str
    region: str
    region_name: str
    code: str = ""
    key: str = ""
    promised: Term | None = None


def card(snapshot: Any) -> Card:
    """The card of a service or of a bundle, whose organ is the one that leads."""
    is_bundle = snapshot["format"] == BUNDLE_FORMAT
    organ = "lead_organ_name" if is_bundle else "organ_name"
    promised = snapshot.get("limits", {}).get("promised")
    return Card(
        name=snapshot["name"],
        name_en=snapshot.get("name_en", ""),
        organ_name=snapshot[organ],
        organ_name_en=snapshot.get(f"{organ}_en", ""),
        region=snapshot.get("region", ""),
        region_name=snapshot.get("region_name", ""),
        code="" if is_bundle else snapshot["code"],
        key=snapshot["key"] if is_bundle else "",
        promised=Term(**promised) if promised else None,
    )
