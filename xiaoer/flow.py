"""What leads to what: event name -> handlers, timer name -> alarms. The whole process on one page."""

from xiaoer.cases import handlers as cases
from xiaoer.cases import services as case_acts
from xiaoer.cases import timers as case_timers
from xiaoer.journal.services import Flow
from xiaoer.journal.services.timers import Alarm
from xiaoer.notices import handlers as notices

ENDED = ("case.granted", "case.refused", "case.withdrawn", "case.declined", "case.lapsed")

CASES = {
    **{name: [("cases.issue_paper", cases.issue_paper)] for name in cases.PAPERS},
    "step.settled": [("cases.advance_case", cases.advance_case)],
}

HANDLERS: Flow = {
    **CASES,
    **{name: [*CASES.get(name, []), ("cases.inform_successors", cases.inform_successors)] for name in ENDED},
    "document.issued": [("notices.render", notices.RENDER)],
}

ALARMS: dict[str, Alarm] = {
    case_acts.DEEM: case_timers.deem,
    case_acts.LAPSE: case_timers.lapse,
}
