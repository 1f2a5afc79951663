"""What tests are made with: time, races, databases of their own. Roles and objects are made by calling acts."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, connections

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
"""Thursday 5 March 2026, ten in the morning in Shanghai."""


def race(competitors: int, run: Callable[[int], Any]) -> list[Any]:
    """Run the same thing in threads that start at one instant; return each one's result or the exception it met."""
    start = threading.Barrier(competitors)
    results: list[Any] = [None] * competitors

    def compete(place: int) -> None:
        try:
            start.wait(10)
            results[place] = run(place)
        except Exception as fault:
            results[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=compete, args=(place,)) for place in range(competitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def cost(*, sqlite: int, postgresql: int) -> int:
    """Return how many statements something takes: PostgreSQL inserts into all tables of an act in one."""
    return postgresql if connection.vendor == "postgresql" else sqlite
