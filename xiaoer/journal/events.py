"""Every event name, registered: its data, its sentence for people, which of its fields are personal, its law.

An app's events.py declares frozen dataclasses:

    @event("case.accepted", subject="case", zh="受理了办件", en="accepted the case", law="行政许可法 32(5)")
    @dataclass(frozen=True)
    class Accepted:
        on: date

Data is stored as JSON through pydantic. A field named in ``personal`` enters the entry only as an HMAC; its value lives
in the one table that may be erased. Data never changes its meaning: a new shape gets ``schema=2`` and an ``upcast``.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T", bound=type)
Upcast = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class EventType:
    """One registered name. upcasts: schema n -> function from the JSON of n to that of n + 1."""

    name: str
    subject: str
    data: type
    zh: str
    en: str
    personal: frozenset[str]
    law: str
    schema: int
    upcasts: dict[int, Upcast]
    adapter: TypeAdapter[Any]

    def dump(self, data: object) -> dict[str, Any]:
        """Return the data as plain JSON."""
        return self.adapter.dump_python(data, mode="json")

    def load(self, stored: dict[str, Any], schema: int) -> Any:
        """Return the dataclass from stored JSON of any earlier schema."""
        for step in range(schema, self.schema):
            stored = self.upcasts[step](stored)
        return self.adapter.validate_python(stored)


BY_NAME: dict[str, EventType] = {}
BY_DATA: dict[type, EventType] = {}


def event(
    name: str,
    *,
    subject: str,
    zh: str,
    en: str,
    personal: tuple[str, ...] = (),
    law: str = "",
    schema: int = 1,
    upcasts: dict[int, Upcast] | None = None,
) -> Callable[[T], T]:
    """Register a frozen dataclass as the data of the event called name. ValueError when the name is taken."""

    def register(data: T) -> T:
        if name in BY_NAME:
            raise ValueError(f"the event {name!r} is registered twice")
        unknown = set(personal) - {field.name for field in fields(data)}
        if unknown:
            raise ValueError(f"{name}: no such fields {sorted(unknown)}")
        kind = EventType(
            name, subject, data, zh, en, frozenset(personal), law, schema, upcasts or {}, TypeAdapter(data)
        )
        BY_NAME[name] = BY_DATA[data] = kind
        return data

    return register


def of(data: object) -> EventType:
    """Return the registered type of an event's data. LookupError for a class that no app registered."""
    try:
        return BY_DATA[type(data)]
    except KeyError:
        raise LookupError(f"{type(data).__name__} is not a registered event") from None


def erases(name: str) -> bool:
    """Whether an event of this name says that the personal values of its subject were erased (个人信息保护法 47)."""
    return name.endswith(".erased")
