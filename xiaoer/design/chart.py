"""Charts drawn on the server: one question each, the title is the finding, a table stands beside the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW, LABEL, VALUE, WIDTH = 34, 134, 56, 400
"""Of bars: narrow enough to be read on a phone, where 400 units are as many pixels."""
HEIGHT, LEFT, BOTTOM, TOP, LINE_WIDTH = 260, 46, 28, 16, 640


@dataclass(frozen=True)
class Point:
    """One value: its label, the number, how it is written, and whether the finding speaks of it."""

    label: str
    value: float
    shown: str = ""
    pointed: bool = False

    @property
    def words(self) -> str:
        return self.shown or f"{self.value:g}"


@dataclass(frozen=True)
class Chart:
    """finding: the title as a sentence; question: what was asked; unit and definition_url explain the number."""

    finding: str
    question: str
    points: tuple[Point, ...]
    unit: str = ""
    kind: str = "bars"
    goal: float | None = None
    definition_url: str = ""
    source: str = ""


def bars(points: Sequence[Point]) -> list[dict[str, object]]:
    """Return horizontal bars from zero, longest value filling the width."""
    most = max([point.value for point in points], default=0) or 1
    room = WIDTH - LABEL - VALUE
    return [
        {"point": point, "y": i * ROW, "width": round(room * max(0.0, point.value) / most, 1)}
        for i, point in enumerate(points)
    ]


def line(points: Sequence[Point], goal: float | None = None) -> dict[str, object]:
    """Return the trace from zero to a round number above the greatest value, its dots and the axis."""
    top = round_above(max([point.value for point in points] + ([goal] if goal is not None else []), default=1))
    step = (LINE_WIDTH - LEFT - 24) / max(1, len(points) - 1)

    def y_of(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)

    dots = [{"x": round(LEFT + step * i, 1), "y": y_of(point.value), "point": point} for i, point in enumerate(points)]
    return {
        "path": "M" + "L".join(f"{dot['x']} {dot['y']}" for dot in dots) if dots else "",
        "dots": dots,
        "grid": [{"y": y_of(top * part / 4), "words": f"{top * part / 4:g}"} for part in range(5)],
        "goal": y_of(goal) if goal is not None else None,
    }


def round_above(value: float) -> float:
    """Return the next 1, 2, 4, 6, 8 or 10 times a power of ten: its quarters are short numbers."""
    if value <= 0:
        return 1
    power = 10 ** (len(str(int(value))) - 1) if value >= 1 else 0.1
    return next(power * n for n in (1, 2, 4, 6, 8, 10, 20) if power * n >= value)
