"""A payment provider of one's own for demonstrations and tests: its page is views/pay_demo.py, its books the cache."""

from dataclasses import asdict

from django.core.cache import cache
from django.urls import reverse

from ..rules.fees import Adapter, Answer, Back, Order


def begin(order: Order) -> str:
    """Take an order, once; the first one of a reference stands."""
    cache.add(_key(order.reference), {**asdict(order), "state": "open"}, timeout=None)
    return reverse("cases:demo_pay", args=[order.reference])


def check(reference: str) -> Answer:
    """Return what became of an order."""
    found = cache.get(_key(reference))
    if found is None:
        return Answer("open")
    return Answer(found["state"], found["fen"] if found["state"] == "paid" else 0)


def order_of(reference: str) -> Order | None:
    """Return an order as it was begun."""
    found = cache.get(_key(reference))
    return Order(**{name: found[name] for name in Order.__dataclass_fields__}) if found else None


def answer(reference: str, state: str) -> None:
    """Pay an open order or let it fail, as the person at the page decides; what is settled stays so."""
    found = cache.get(_key(reference))
    if found and found["state"] == "open":
        cache.set(_key(reference), {**found, "state": state}, timeout=None)


def refund(back: Back) -> str:
    """Give back what was paid on an order, once for each id; never more than was paid."""
    found = cache.get(_key(back.reference))
    if found is None or found["state"] != "paid":
        return ""
    refunds = found.get("refunds", {})
    if back.id not in refunds and sum(refunds.values()) + back.fen > found["fen"]:
        return ""
    cache.set(_key(back.reference), {**found, "refunds": {**refunds, back.id: refunds.get(back.id, back.fen)}}, None)
    return f"DEMO-{back.id}"


def _key(reference: str) -> str:
    return f"pay_stand_in:{reference}"


ADAPTER = Adapter(key="demo", zh="演示支付", en="demonstration payment", begin=begin, check=check, refund=refund)
