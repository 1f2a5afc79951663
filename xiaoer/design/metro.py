"""The metro map (办理地图): from lines and stations to places on a drawing. Plain functions, no Django.

Each case is a Line labelled with its organ, each step a Station. Stations that carry the same `joint` key are one joint
act and stand in one column; a line whose `after` names "line/station" branches off there. The stacked list for phones
is made from the same dataclasses, so both say the same words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

REACHED = frozenset({"done", "working", "ready", "waived", "refused"})
STATES = REACHED | {"waiting"}
TONES = 6
ROW = 92
TOP = 46
NAME_SIZE, NOTE_SIZE = 15.0, 13.0
WRAP = 9.0


@dataclass(frozen=True)
class Station:
    """A step: state is one of STATES, note its date in words (a newline breaks it), joint the key of its joint act."""

    key: str
    name: str
    state: str = "waiting"
    note: str = ""
    joint: str = ""


@dataclass(frozen=True)
class Line:
    """A case: stations in order; after = "line/station" where it begins, if not at the left."""

    key: str
    name: str
    organ: str
    stations: tuple[Station, ...]
    after: str = ""
    url: str = ""


@dataclass(frozen=True)
class Joint:
    """A joint act: its name and date in words, shown once for all its stations."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Metro:
    """The whole map."""

    lines: tuple[Line, ...]
    joints: tuple[Joint, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text at its place, already broken into lines."""

    x: float
    rows: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Stop:
    """A station at its place. `name` is None inside a joint act: the act's own label stands below."""

    x: float
    y: float
    tone: int
    state: str
    name: Text | None
    note: Text | None


@dataclass(frozen=True)
class Track:
    """A piece of line, as SVG path data."""

    path: str
    tone: int
    reached: bool


@dataclass(frozen=True)
class Capsule:
    """An interchange: the outline round the stations of one joint act, its label below."""

    x: float
    y: float
    height: float
    label: Text


@dataclass(frozen=True)
class Caption:
    """The name of a line at its left end."""

    y: float
    tone: int
    name: Text
    organ: str


@dataclass(frozen=True)
class Drawing:
    """Everything the template needs; width and height in units of which 18 are one em of text for people."""

    width: float
    height: float
    captions: tuple[Caption, ...]
    tracks: tuple[Track, ...]
    stops: tuple[Stop, ...]
    capsules: tuple[Capsule, ...] = ()
    places: Mapping[tuple[int, int], tuple[float, float]] = field(default_factory=dict)


def columns(lines: Sequence[Line]) -> dict[tuple[int, int], int]:
    """Return the column of each station: after its predecessor, after the branching station, level with its joint."""
    by_name = {f"{line.key}/{s.key}": (row, i) for row, line in enumerate(lines) for i, s in enumerate(line.stations)}
    found = dict.fromkeys(by_name.values(), 0)
    for _round in range(len(found) + 1):
        wanted = {place: wanted_column(lines, by_name, found, place) for place in found}
        if wanted == found:
            return found
        found = wanted
    raise ValueError("the joint acts and branches of these lines contradict each other")


def wanted_column(
    lines: Sequence[Line],
    by_name: Mapping[str, tuple[int, int]],
    found: Mapping[tuple[int, int], int],
    place: tuple[int, int],
) -> int:
    row, i = place
    line = lines[row]
    least = found[place]
    if i:
        least = max(least, found[row, i - 1] + 1)
    elif line.after in by_name:
        least = max(least, found[by_name[line.after]] + 1)
    if joint := line.stations[i].joint:
        level = [found[r, k] for r, other in enumerate(lines) for k, s in enumerate(other.stations) if s.joint == joint]
        least = max(least, *level)
    return least


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is: Chinese characters are square, Latin letters a little over half."""
    return sum(size if ord(char) > 0x2E7F else size * 0.56 for char in text)


def broken(text: str, size: float, most: float = WRAP) -> tuple[str, ...]:
    """Break a label into rows of at most `most` characters; Latin text at spaces."""
    if "\n" in text:
        return tuple(row for part in text.split("\n") for row in broken(part, size, most))
    rows = [""]
    for piece in pieces(text):
        if rows[-1] and text_width(rows[-1] + piece.rstrip(), size) > most * size:
            rows.append("")
        rows[-1] += piece if rows[-1] else piece.lstrip()
    return tuple(row.strip() for row in rows if row.strip())


def pieces(text: str) -> list[str]:
    """Return what may not be broken: single Chinese characters, runs of anything else with the space before."""
    found: list[str] = []
    for char in text:
        if found and ord(char) <= 0x2E7F and char != " " and ord(found[-1][-1]) <= 0x2E7F:
            found[-1] += char
        else:
            found.append(char)
    return found


def layout(metro: Metro, width: float = 1080) -> Drawing:
    """Place everything; the map grows wider than `width` rather than let labels touch."""
    lines = metro.lines
    column = columns(lines)
    left = (
        max([text_width(t, NAME_SIZE) for line in lines for t in (*broken(line.name, NAME_SIZE, 9), line.organ)]) + 36
    )
    xs = column_places(metro, column, left, width)
    places = {(row, i): (xs[c], TOP + ROW * row) for (row, i), c in column.items()}
    drawing = Drawing(
        width=max(width, max(xs) + 70),
        height=TOP + ROW * len(lines) - (0 if any(s.joint for s in lines[-1].stations) else 22),
        captions=tuple(caption(row, line) for row, line in enumerate(lines)),
        tracks=tuple(track for row in range(len(lines)) for track in tracks(lines, places, row)),
        stops=tuple(
            stop(station, places[row, i], row)
            for row, line in enumerate(lines)
            for i, station in enumerate(line.stations)
        ),
        places=places,
    )
    return replace(drawing, capsules=capsules(metro, places))


def column_places(metro: Metro, column: Mapping[tuple[int, int], int], left: float, width: float) -> list[float]:
    """Return the x of every column: wide enough for its labels, then stretched to the width."""
    count = max(column.values(), default=0) + 1
    need = [88.0] * count
    joints = {joint.key: joint for joint in metro.joints}
    for (row, i), c in column.items():
        station = metro.lines[row].stations[i]
        joint = joints.get(station.joint)
        names = [(joint.name, NAME_SIZE), (joint.note, NAME_SIZE)] if joint else [(station.name, NAME_SIZE)]
        for text, size in [*names, (station.note, NOTE_SIZE)]:
            need[c] = max([need[c], *(text_width(part, size) + 16 for part in broken(text, size, WRAP + 1))])
    xs = [left + need[0] / 2]
    for c in range(1, count):
        xs.append(xs[-1] + (need[c - 1] + need[c]) / 2)
    spare = width - (xs[-1] + need[-1] / 2)
    step = spare / count if spare > 0 else 0
    return [round(x + step * (c + 0.5), 1) for c, x in enumerate(xs)]


def caption(row: int, line: Line) -> Caption:
    y = TOP + ROW * row
    rows = broken(line.name, NAME_SIZE, 9)
    first = y - 4 - 9 * (len(rows) - 1)
    name = Text(0, tuple((first + 18 * i, part) for i, part in enumerate(rows)))
    return Caption(first + 18 * len(rows), tone(row), name, line.organ)


def tone(row: int) -> int:
    return row % TONES + 1


def stop(station: Station, place: tuple[float, float], row: int) -> Stop:
    x, y = place
    name = None if station.joint else below(station.name, x, y + 30)
    return Stop(x, y, tone(row), station.state, name, above(station.note, x, y - 19))


def below(text: str, x: float, y: float) -> Text:
    return Text(x, tuple((y + 18 * i, part) for i, part in enumerate(broken(text, NAME_SIZE))))


def above(text: str, x: float, y: float) -> Text | None:
    rows = broken(text, NOTE_SIZE, WRAP + 1)
    return Text(x, tuple((y - 16 * (len(rows) - 1 - i), part) for i, part in enumerate(rows))) if rows else None


def tracks(lines: Sequence[Line], places: Mapping[tuple[int, int], tuple[float, float]], row: int) -> list[Track]:
    line = lines[row]
    found = []
    if start := branch_place(lines, places, line):
        (x1, y1), (x2, y2) = start, places[row, 0]
        path = f"M{x1} {y1}H{x1 + 38}C{x1 + 92} {y1} {x1 + 42} {y2} {x1 + 100} {y2}H{x2}"
        found.append(Track(path, tone(row), line.stations[0].state in REACHED))
    for i in range(1, len(line.stations)):
        (x1, y), (x2, _y) = places[row, i - 1], places[row, i]
        found.append(Track(f"M{x1} {y}H{x2}", tone(row), line.stations[i].state in REACHED))
    return found


def branch_place(
    lines: Sequence[Line], places: Mapping[tuple[int, int], tuple[float, float]], line: Line
) -> tuple[float, float] | None:
    for row, other in enumerate(lines):
        for i, station in enumerate(other.stations):
            if line.after and f"{other.key}/{station.key}" == line.after:
                return places[row, i]
    return None


def capsules(metro: Metro, places: Mapping[tuple[int, int], tuple[float, float]]) -> tuple[Capsule, ...]:
    found = []
    for joint in metro.joints:
        at = [
            places[row, i]
            for row, line in enumerate(metro.lines)
            for i, station in enumerate(line.stations)
            if station.joint == joint.key
        ]
        if at:
            x, top, bottom = at[0][0], min(y for _x, y in at), max(y for _x, y in at)
            rows = [*broken(joint.name, NAME_SIZE), *broken(joint.note, NAME_SIZE, WRAP + 1)]
            label = Text(x, tuple((bottom + 40 + 18 * i, part) for i, part in enumerate(rows)))
            found.append(Capsule(x - 21, top - 23, bottom - top + 46, label))
    return tuple(found)


def partners(metro: Metro, line: Line, station: Station) -> tuple[str, ...]:
    """Return the organs that take part in a station's joint act beside its own."""
    return tuple(
        other.organ
        for other in metro.lines
        if other.key != line.key and station.joint and any(s.joint == station.joint for s in other.stations)
    )
