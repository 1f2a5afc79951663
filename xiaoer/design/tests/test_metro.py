"""The metro map: columns follow the order of the work, joint acts stand level, labels never touch."""

import pytest

from xiaoer.design.metro import Joint, Line, Metro, Station, broken, columns, layout, partners, text_width
from xiaoer.design.sample import sample_metro


def line(key: str, *stations: Station, after: str = "") -> Line:
    return Line(key, key, "organ", stations, after=after)


def test_a_joint_act_stands_in_one_column():
    metro = sample_metro()
    at = columns(metro.lines)
    assert at[2, 3] == at[3, 3]


def test_a_line_begins_after_the_station_it_branches_from():
    at = columns(sample_metro().lines)
    assert at[1, 0] == at[0, 2] + 1


def test_a_short_line_waits_for_its_joint_act():
    a = line("a", Station("x", "x"), Station("y", "y"), Station("j", "j", joint="j"), Station("z", "z"))
    b = line("b", Station("j", "j", joint="j"))
    at = columns([a, b])
    assert at[1, 0] == 2
    assert at[0, 3] == 3


def test_contradicting_joint_acts_are_refused():
    a = line("a", Station("p", "p", joint="p"), Station("q", "q", joint="q"))
    b = line("b", Station("q", "q", joint="q"), Station("p", "p", joint="p"))
    with pytest.raises(ValueError, match="contradict"):
        columns([a, b])


def test_tracks_not_reached_are_known():
    drawing = layout(sample_metro())
    unreached = [track for track in drawing.tracks if not track.reached]
    assert len(drawing.tracks) == 2 + 2 + 5 + 4
    assert len(unreached) == 3


def test_the_capsule_spans_its_stations():
    drawing = layout(sample_metro())
    (capsule,) = drawing.capsules
    ys = [stop.y for stop in drawing.stops if stop.name is None]
    assert capsule.y < min(ys) and max(ys) < capsule.y + capsule.height


@pytest.mark.parametrize("width", [600, 1080, 1600])
def test_labels_of_neighbours_never_touch(width: float):
    drawing = layout(sample_metro(), width)
    for row in {stop.y for stop in drawing.stops}:
        ends = -1.0
        for stop in sorted((stop for stop in drawing.stops if stop.y == row and stop.name), key=lambda stop: stop.x):
            half = max(text_width(part, 15) for _y, part in stop.name.rows) / 2
            assert stop.x - half > ends
            ends = stop.x + half
        assert ends < drawing.width


def test_long_names_break_and_latin_words_do_not():
    assert broken("特种设备使用登记变更受理", 15, 9) == ("特种设备使用登记变", "更受理")
    assert broken("Licence delivered", 15, 7) == ("Licence", "delivered")
    assert broken("", 15) == ()


def test_partners_of_a_joint_act_are_the_other_organs():
    metro = sample_metro()
    food = metro.lines[2]
    assert partners(metro, food, food.stations[3]) == (metro.lines[3].organ,)
    assert partners(metro, food, food.stations[0]) == ()


def test_one_line_with_one_station_is_a_map():
    drawing = layout(Metro((line("a", Station("x", "x", "working")),), (Joint("none", "none"),)))
    assert len(drawing.stops) == 1
    assert drawing.tracks == () and drawing.capsules == ()
