"""When a hall is open is read off the sentence that people read; what is not plain is not guessed."""

from datetime import date, time

import pytest

from xiaoer.network.rules import opening

THURSDAY, SATURDAY, SUNDAY = date(2026, 3, 5), date(2026, 3, 7), date(2026, 3, 8)
WORKED_SATURDAY, HOLIDAY = date(2026, 2, 14), date(2026, 2, 17)
MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(17))
DEMO = "工作日 9:00-12:00、13:30-17:00；周末综合窗口 9:00-12:00"


@pytest.mark.parametrize(
    ("hours", "on", "working", "said"),
    [
        (DEMO, THURSDAY, True, [MORNING, AFTERNOON]),
        (DEMO, SATURDAY, False, [MORNING]),
        (DEMO, WORKED_SATURDAY, True, [MORNING, AFTERNOON]),
        (DEMO, HOLIDAY, False, []),
        ("9：00—12：00", THURSDAY, True, [MORNING]),
        ("9:00-12:00", SUNDAY, False, []),
        ("周一至周五 9:00-12:00", THURSDAY, True, [MORNING]),
        ("周一至周五 9:00-12:00", HOLIDAY, False, []),
        ("周一至周五 9:00-12:00", SATURDAY, False, []),
        ("周六、周日 9:00-12:00", SUNDAY, False, [MORNING]),
        ("工作日 9:00-12:00\n周日休息", SUNDAY, False, []),
        ("每天 9:00-12:00", HOLIDAY, False, [MORNING]),
        ("节假日 9:00-12:00", HOLIDAY, False, [MORNING]),
        ("工作日 13:30-17:00；工作日 9:00-12:00", THURSDAY, True, [MORNING, AFTERNOON]),
        ("工作日", THURSDAY, True, None),
        ("夏季 9:00-12:00", THURSDAY, True, None),
        ("工作日 9:00-12:00，法定节假日除外", THURSDAY, True, None),
        ("请先预约", THURSDAY, True, None),
        ("", THURSDAY, True, None),
        ("工作日 25:00-26:00", THURSDAY, True, None),
    ],
)
def test_hours_are_read_or_left_alone(hours, on, working, said):
    assert opening(hours, on=on, working=working) == said
