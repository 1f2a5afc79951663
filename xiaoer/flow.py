"""What leads to what: event name -> handlers, timer name -> alarms. The whole process on one page."""

from collections.abc import Iterable, Mapping, Sequence

from xiaoer.cases import handlers as cases
from xiaoer.cases import rules as case_rules
from xiaoer.cases import services as case_acts
from xiaoer.cases import timers as case_timers
from xiaoer.evaluation import handlers as evaluation
from xiaoer.evaluation import rules as evaluation_rules
from xiaoer.evaluation import timers as evaluation_timers
from xiaoer.journal.services import Flow
from xiaoer.journal.services.delivery import Handler
from xiaoer.journal.services.timers import Alarm
from xiaoer.licences import handlers as licences
from xiaoer.notices import handlers as notices

Part = Mapping[str, Sequence[tuple[str, Handler]]]
ENDED = ("case.granted", "case.refused", "case.withdrawn", "case.declined", "case.lapsed", "case.terminated")
UNGRANTED = ("case.refused", "case.withdrawn", "case.declined", "case.lapsed", "case.terminated")
DECIDED = ("case.granted", "case.refused")


def each(names: Iterable[str], handler: str, react: Handler) -> Part:
    """One reaction to several events."""
    return {name: [(handler, react)] for name in names}


def together(*parts: Part) -> Flow:
    """All reactions by event."""
    names = sorted({name for part in parts for name in part})
    return {name: [pair for part in parts for pair in part.get(name, ())] for name in names}


HANDLERS: Flow = together(
    each(cases.PAPERS, "cases.issue_paper", cases.issue_paper),
    each(ENDED, "cases.inform_successors", cases.inform_successors),
    each(["case.granted"], "cases.issue_licence", cases.issue_licence),
    each(["licence.issued", "bill.paid"], "cases.release_licence", cases.release_licence),
    each(["licence.opened"], "cases.record_opening", cases.record_opening),
    each(case_rules.fees.MOMENTS, "cases.issue_bill", cases.issue_bill),
    each(UNGRANTED, "cases.close_bills", cases.close_bills),
    each(case_rules.fees.TOLD, "cases.tell_of_bill", cases.tell_of_bill),
    each(["bill.paid"], "cases.issue_payment_paper", cases.issue_payment_paper),
    each(["bill.refunded", "bill.surplus_refunded"], "cases.issue_refund_paper", cases.issue_refund_paper),
    each(case_rules.MESSAGES, "cases.tell_applicant", cases.tell_applicant),
    each(["question.asked", "question.answered"], "cases.tell_of_question", cases.tell_of_question),
    each(["step.lapsed"], "cases.tell_of_lapse", cases.tell_of_lapse),
    each(["step.returned"], "cases.tell_of_return", cases.tell_of_return),
    each(["calendar.published"], "cases.begin_recalculation", cases.begin_recalculation),
    each(DECIDED, "evaluation.invite", evaluation.invite),
    each(["invitation.sent"], "evaluation.tell_invited", evaluation.tell_invited),
    each(["step.settled", "step.returned"], "cases.advance_case", cases.advance_case),
    each(["document.issued"], "notices.render", notices.RENDER),
    each(["message.written"], "notices.sms", notices.SEND_SMS),
    each(["message.written"], "notices.email", notices.SEND_EMAIL),
    each(["licence.issued"], "licences.render", licences.RENDER),
    each(["licence.issued"], "licences.note_holder", licences.note_holder),
)

ALARMS: dict[str, Alarm] = {
    case_rules.DEEM: case_timers.deem,
    case_rules.LAPSE: case_timers.lapse,
    case_acts.LAPSE_CLAIM: case_timers.lapse_claim,
    case_acts.SWEEP_FILE: case_timers.sweep_file,
    case_acts.RECALCULATE: case_timers.recalculate,
    case_acts.CHECK_PAYMENT: case_timers.check_payment,
    evaluation_rules.EXPIRE: evaluation_timers.expire,
}
