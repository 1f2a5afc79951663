"""The commands as a user calls them: lines in, lines out, an exit code."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from xiaoer.cli import main
from xiaoer.kernel.tests.script import CHINA

GRANTED = [
    {"on": "2026-02-12", "act": "receive"},
    {"on": "2026-02-12", "act": "notify"},
    {"on": "2026-02-13", "act": "supplement"},
    {"on": "2026-02-13", "act": "accept"},
    {"on": "2026-02-25", "act": "suspend", "ground": "专家评审"},
    {"on": "2026-03-03", "act": "resume"},
    {"on": "2026-03-10", "act": "decide"},
]


def case(**changes: object) -> dict[str, object]:
    """The worked case of the design, with changes."""
    limit = {"statutory": 20, "promised": 8}
    return {"calendar": "cn", "limit": limit, "as_of": "2026-03-10", "events": GRANTED} | changes


def spring(calendar: object) -> dict[str, object]:
    """A case accepted on 13 April 2026: 14-17 (4), 20-24 (9), 27-30 (13), 6-9 May (17), 11-13 May (20)."""
    day = "2026-04-13"
    return case(calendar=calendar, as_of=day, events=[{"on": day, "act": "receive"}, {"on": day, "act": "accept"}])


class Run:
    """Call a command with lines on standard input; keep its code and what it printed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *argv: str, lines: list[str]) -> tuple[int, list[str]]:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
        code = main([*argv, "-"])
        return code, self.capsys.readouterr().out.splitlines()

    def explain(self, *cases: object) -> tuple[int, list[dict[str, object]]]:
        texts = [item if isinstance(item, str) else json.dumps(item) for item in cases]
        code, out = self("clock", "explain", "--json", lines=texts)
        return code, [json.loads(line) for line in out]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


def test_a_case_is_answered_with_exactly_the_documented_fields(run: Run) -> None:
    code, [answer] = run.explain(case())
    days = answer.pop("days")
    assert code == 0
    assert answer == {
        "accepted_on": "2026-02-13",
        "deemed": False,
        "suspended": False,
        "statutory_due_on": "2026-03-26",
        "promised_due_on": "2026-03-10",
        "delivery_due_on": "2026-03-24",
        "provisional": False,
    }
    assert days[0] == {"on": "2026-02-14", "counts": True, "number": 1, "reason": "swapped"}
    assert days[13] == {"on": "2026-02-27", "counts": False, "number": None, "reason": "suspended"}
    assert days[-1] == {"on": "2026-03-26", "counts": True, "number": 20, "reason": "working"}
    assert len(days) == 41


def test_a_wrong_line_is_an_error_on_its_line_and_does_not_stop_the_next(run: Run) -> None:
    twice = [*GRANTED[:6], {"on": "2026-03-04", "act": "resume"}]
    code, answers = run.explain(case(events=twice), "{broken", case())
    assert code == 1
    assert answers[0]["error"]["code"] == "resume_without_suspend"
    assert answers[0]["error"]["message"].startswith("本件没有中止计时")
    assert answers[1]["error"]["code"] == "bad_input"
    assert answers[2]["statutory_due_on"] == "2026-03-26"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[]", "line"),
        (case(events=None), "events"),
        (case(events=[1]), "events[0]"),
        (case(events=[{"act": "receive"}]), "events[0].on"),
        (case(events=[{"on": "2026-02-30", "act": "receive"}]), "events[0].on"),
        (case(events=[{"on": "20260212", "act": "receive"}]), "events[0].on"),
        (case(events=[{"on": "9999-12-31", "act": "receive"}]), "events[0].on"),
        (case(events=[{"on": "2026-02-12"}]), "events[0].act"),
        (case(events=[{"on": "2026-02-12", "act": "receive", "at": "2026-02-13T00:00"}]), "events[0].at"),
        (case(as_of="tomorrow"), "as_of"),
        (case(limit=None), "limit"),
        (case(limit={"promised": 8}), "limit.statutory"),
        (case(limit={"statutory": 20.5}), "limit.statutory"),
        (case(limit={"statutory": -1}), "limit.statutory"),
        (case(limit={"statutory": 10**9}), "limit.statutory"),
        (case(limit={"statutory": {"amount": 1, "unit": "week"}}), "limit.statutory"),
        (case(limit={"statutory": {"amount": 1, "unit": []}}), "limit.statutory"),
        (case(limit={"statutory": 8, "promised": 20}), "promised"),
        (case(calendar="us"), "calendar"),
        (case(calendar="cn-2031"), "calendar"),
        (case(calendar=[{"day": "2026-03-04", "kind": "half"}]), "calendar[0].kind"),
        (case(calendar=[{"day": "2026-03-04"}, {"day": "2026-03-04"}]), "calendar"),
        (case(calendar=7), "calendar"),
    ],
)
def test_what_is_not_understood_is_refused_by_the_name_of_its_field(run: Run, line: object, what: str) -> None:
    code, [answer] = run.explain(line)
    assert code == 1
    assert answer["error"]["code"] == "bad_input"
    assert f"“{what}”" in answer["error"]["message"]


@pytest.mark.parametrize("days", ["10", 1.5, True, 0, 11])
def test_days_that_are_no_days_are_refused(run: Run, days: object) -> None:
    extended = [*GRANTED[:6], {"on": "2026-03-10", "act": "extend", "days": days}]
    _, [answer] = run.explain(case(events=extended))
    assert answer["error"]["code"] == "bad_days"


@pytest.mark.parametrize(
    ("calendar", "due", "provisional"),
    [
        (None, "2026-05-13", False),
        ("cn", "2026-05-13", False),
        ("cn-2026", "2026-05-13", False),
        ("cn-2018-2026", "2026-05-13", False),
        (CHINA.version, "2026-05-13", False),
        ("cn-2025", "2026-05-11", True),  # without the notice for 2026: weekends only
        ("cn-2018-2025", "2026-05-11", True),
        ([{"day": "2026-04-20", "kind": "off", "festival": "三月三"}], "2026-05-14", False),
        ([{"day": "2026-04-18", "kind": "work"}], "2026-05-12", False),
        ({"base": "cn-2025", "days": [{"day": "2026-04-20"}]}, "2026-05-12", True),
    ],
)
def test_a_calendar_is_named_or_given_as_days(run: Run, calendar: object, due: str, provisional: bool) -> None:
    _, [answer] = run.explain(spring(calendar))
    assert (answer["statutory_due_on"], answer["provisional"]) == (due, provisional)


def test_limits_take_units_and_hours_take_the_time_of_the_act(run: Run) -> None:
    month = {"statutory": {"amount": 1, "unit": "month"}}
    hours = {"statutory": {"amount": 48, "unit": "hour"}}
    timed = [{"on": "2026-03-06", "act": act, "at": "2026-03-06T23:30:00+08:00"} for act in ("receive", "accept")]
    _, answers = run.explain(case(limit=month), case(limit=hours, events=timed), case(limit=hours))
    assert answers[0]["statutory_due_on"] == "2026-03-19"  # 13 March and six suspended days
    assert answers[0]["promised_due_on"] is None
    assert answers[1]["statutory_due_on"] == "2026-03-08"
    assert answers[2]["error"]["code"] == "bad_input"


def test_without_a_day_asked_the_answer_is_as_of_the_last_event(run: Run) -> None:
    received = {"limit": {"statutory": 20}, "events": GRANTED[:1]}
    _, [answer, empty] = run.explain(received, {"limit": {"statutory": 20}, "events": []})
    assert (answer["accepted_on"], answer["days"]) == (None, [])
    assert empty["statutory_due_on"] is None


def test_without_json_the_answer_is_chinese_that_explains_every_day(run: Run) -> None:
    code, out = run("clock", "explain", lines=[json.dumps(case()), "{"])
    assert code == 1
    assert out[:4] == [
        "受理日期：2026-02-13",
        "法定期限届满：2026-03-26",
        "承诺期限届满：2026-03-10",
        "送达期限届满：2026-03-24",
    ]
    assert "  2026-02-14 周六  第 1 日  调休上班（春节，国办发明电〔2025〕7号）" in out
    assert "  2026-03-02 周一  不计  中止计时（专家评审）" in out
    assert out[-2].startswith("错误（bad_input）")


def test_codes_are_judged_one_a_line(run: Run) -> None:
    code, out = run("codes", "check", "uscc", lines=["91110000600037341L", "", " 91110000600037341X "])
    assert code == 1
    assert out[0] == "91110000600037341L\tok"
    assert out[1].startswith("91110000600037341X\tcheck_character: 校验位不符")
    assert len(out) == 2
    assert run("codes", "check", "uscc", lines=["91110000600037341L"])[0] == 0


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("id", "11010519491231002x"),
        ("service", "12441500196720244T3442199806003"),
        ("case", "12441500196720244T3442199806003202206230068"),
        ("certificate", "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9"),
        ("application", "360481202602120000017"),
    ],
)
def test_every_kind_of_code_can_be_checked(run: Run, kind: str, good: str) -> None:
    assert run("codes", "check", kind, lines=[good]) == (0, [f"{good}\tok"])
    code, [out] = run("codes", "check", kind, "--language", "en", lines=["1"])
    assert code == 1
    assert out.startswith("1\t")


def test_a_file_is_read_with_or_without_a_byte_order_mark(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    file.write_bytes("\ufeff91110000600037341L\r\n".encode())
    assert main(["codes", "check", "uscc", str(file)]) == 0
    assert main(["codes", "check", "uscc", str(tmp_path / "none")]) == 2
    assert main(["clock", "explain", str(tmp_path / "none")]) == 2


def test_counting_days_does_not_load_django() -> None:
    program = "import sys; from xiaoer.cli import main; main(['clock', 'explain', '-']); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], input="", capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
