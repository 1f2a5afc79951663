"""How long the questions to a plan take. Run: python -m bench.plans [count]"""

import sys
import time
from collections.abc import Callable

from xiaoer.kernel import plan as plans
from xiaoer.kernel.plan import Plan

RESTAURANT = Plan.from_json(
    {
        "version": 1,
        "nodes": [
            {"key": "licence", "kind": "review", "organ": "market", "days": 1},
            {"key": "papers", "kind": "review", "organ": "market", "days": 3},
            {"key": "sign", "kind": "review", "organ": "city", "days": 3, "when": {"fact": "sign", "is": True}},
            {"key": "visit", "kind": "visit", "organ": "market", "days": 3, "after": {"ok": "papers"}},
            {"key": "fire", "kind": "visit", "organ": "fire", "days": 5, "when": {"fact": "area", "at_least": 300},
             "after": {"ok": "papers"}},
            {"key": "seal", "kind": "review", "organ": "police", "days": 1, "after": {"ok": "licence"}},
            {"key": "decision", "kind": "decision", "organ": "market", "days": 2,
             "after": {"all_of": [{"ok": one} for one in ("licence", "sign", "visit", "fire", "seal")]}},
        ],
        "result": {"rows": [{"if": {"ok": "decision"}, "then": "granted"}], "default": "refused"},
    }
)  # fmt: skip
OUTCOMES = {"licence": "granted", "papers": "granted"}
FACTS = {"area": 120, "sign": False}


def microseconds(run: Callable[[], object], count: int) -> float:
    """Microseconds for one call, the best of three rounds."""
    rounds = []
    for _ in range(3):
        began = time.perf_counter()
        for _ in range(count):
            run()
        rounds.append(time.perf_counter() - began)
    return min(rounds) / count * 1e6


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    for name in ("close", "ready", "result"):
        asked = getattr(plans, name)
        taken = microseconds(lambda asked=asked: asked(RESTAURANT, outcomes=OUTCOMES, facts=FACTS), count)  # type: ignore[misc]
        print(f"{name} of a plan with {len(RESTAURANT.nodes)} nodes: {taken:.0f} microseconds")


if __name__ == "__main__":
    main()
