"""Which events an applicant is told of, and in which words.  # bilingual"""

from xiaoer.notices.rules import message_kind

MESSAGES = {
    "case.notified": "cases.notified",
    "case.accepted": "cases.accepted",
    "case.deemed_accepted": "cases.deemed",
    "case.started": "cases.started",
    "case.declined": "cases.declined",
    "case.granted": "cases.granted",
    "case.refused": "cases.refused",
    "case.suspended": "cases.suspended",
    "case.extended": "cases.extended",
    "case.lapsed": "cases.lapsed",
    "case.terminated": "cases.terminated",
    "case.hearing_told": "cases.hearing_told",
    "case.hearing_ordered": "cases.hearing_ordered",
    "case.hearing_set": "cases.hearing_set",
}
RECALCULATED = "cases.recalculated"
RELEASED = "cases.released"
CLAIM_LAPSED = "cases.claim_lapsed"
STEP_FREE = "cases.step_free"
REFUND_OWED = "cases.refund_organ"
SENT_BACK = "cases.sent_back"

message_kind(
    "cases.notified",
    title=("请您补正材料：{matter}", "Please complete your papers: {matter}"),
    body=(
        "{organ}一次性列出了要补正的内容，请在 {until} 前补齐。点开就能看到缺什么、怎么补。",
        "{organ} has listed everything that is missing at once. Please supply it by {until}; open this to see how.",
    ),
)
message_kind(
    "cases.accepted",
    title=("已受理：{matter}", "Accepted: {matter}"),
    body=(
        "{organ}已受理，承诺最晚 {promised} 作出决定。",
        "{organ} accepted it and promises a decision by {promised}.",
    ),
)
message_kind(
    "cases.deemed",
    title=("依法视为受理：{matter}", "Accepted by law: {matter}"),
    body=(
        "{organ}五个工作日内没有告知您补正，依法自收到之日（{accepted}）起即为受理，期限从那天算起。",
        "{organ} asked for nothing within five working days: by law it is accepted as of receipt on {accepted}.",
    ),
)
message_kind(
    "cases.started",
    title=("开始办了：{matter}", "Work begins: {matter}"),
    body=(
        "它等的那一件已经有结果，{organ}从 {accepted} 起算期限，承诺最晚 {promised} 办好。",
        "The case that it waited for has its result. The term of {organ} began on {accepted}; it promises {promised}.",
    ),
)
message_kind(
    "cases.declined",
    title=("不予受理：{matter}", "Not accepted: {matter}"),
    body=(
        "{organ}没有受理，理由和应当找谁写在通知书里。",
        "{organ} did not accept it; the notice says why and whom to ask.",
    ),
)
message_kind(
    "cases.granted",
    title=("办好了：{matter}", "Granted: {matter}"),
    body=(
        "{organ}已准予。证照和文书在办件页里。",
        "{organ} granted it. Licence and papers are on the page of your case.",
    ),
)
message_kind(
    "cases.refused",
    title=("没有通过：{matter}", "Refused: {matter}"),
    body=(
        "{organ}作出了不予许可决定。理由和救济途径写在决定书里。",
        "{organ} refused it. The decision gives the reasons and what you can do.",
    ),
)
message_kind(
    "cases.suspended",
    title=("暂停计算期限：{matter}", "The clock is stopped: {matter}"),
    body=("{organ}启动了特别程序，所需时间不计入期限，告知书里写明了天数。",
          "{organ} began a special procedure whose days are not counted; the notice says how many."),
)  # fmt: skip
message_kind(
    "cases.extended",
    title=("期限延长：{matter}", "The limit was extended: {matter}"),
    body=("{organ}延长了法定期限，理由写在通知书里；承诺的日期不变。",
          "{organ} extended the statutory limit for the reasons in the notice; the promise stays."),
)  # fmt: skip
message_kind(
    "cases.lapsed",
    title=("逾期未补正：{matter}", "Not completed in time: {matter}"),
    body=("没有在告知的日期前补正，按撤回处理。您可以随时重新申请。",
          "It was not completed by the day told, and is taken as withdrawn. You may apply again at any time."),
)  # fmt: skip
message_kind(
    "cases.terminated",
    title=("终止办理：{matter}", "Ended: {matter}"),
    body=("{organ}终止办理，理由、依据和救济途径写在决定书里。",
          "{organ} ended the procedure. The decision gives reasons, law and what you can do."),
)  # fmt: skip
message_kind(
    "cases.hearing_told",
    title=("您可以要求听证：{matter}", "You may ask for a hearing: {matter}"),
    body=("{organ}认为这件事关系重大利益，作出决定以前，您可以在 {ask_until} 前要求听证，不收费。点开办件页就能提出。",
          "{organ} finds that weighty interests are touched: until {ask_until} you may ask for a hearing, free of "
          "charge. Open the page of your case to do so."),
)  # fmt: skip
message_kind(
    "cases.hearing_ordered",
    title=("要举行听证：{matter}", "A hearing will be held: {matter}"),
    body=("{organ}依法要举行听证，时间和地点提前七个工作日通知您。作出决定要根据听证笔录。",
          "{organ} holds a hearing, as the law wants; time and place are announced seven working days before. "
          "The decision follows its record."),
)  # fmt: skip
message_kind(
    "cases.hearing_set",
    title=("听证的时间和地点：{matter}", "Time and place of the hearing: {matter}"),
    body=("{organ}定于 {on} {time} 在{place}举行听证。听证公开举行，您可以带证据、请人代理，也可以申请主持人回避。",
          "{organ} holds the hearing on {on} at {time}, {place}. It is public; bring evidence, send somebody for you, "
          "or ask that the chair be replaced."),
)  # fmt: skip
message_kind(
    RELEASED,
    title=("证照可以领了：{matter}", "Your licence can be had: {matter}"),
    body=(
        "费用已经缴清，{organ}发的证照现在可以下载和使用。",
        "Everything is paid. The licence that {organ} issued can be downloaded and used now.",
    ),
)
message_kind(
    RECALCULATED,
    title=("日期重新计算：{matter}", "Dates counted anew: {matter}"),
    body=("国家公布了新的放假安排，这件事的日期随之重新计算。承诺的日期现在是 {promised}。",
          "A new calendar of holidays was published, and the dates were counted anew. The promise is now {promised}."),
)  # fmt: skip
message_kind(
    CLAIM_LAPSED,
    title=("您接手的已退回待办：{matter}", "What you took went back to the queue: {matter}"),
    body=(
        "{number} 您接手以后一个工作日没有办，已退回待办，别人可以接手；您也可以再接手。",
        "{number}: nothing was done within a working day of your taking it. It is in the queue again, for you too.",
    ),
)
message_kind(
    STEP_FREE,
    title=("有一件等人接手：{matter}", "A case waits for somebody: {matter}"),
    body=(
        "{number} 接手的人一个工作日没有办，已退回待办，请看谁来办。",
        "{number}: who had taken it did nothing within a working day. It is in the queue again.",
    ),
)
message_kind(
    SENT_BACK,
    title=("退回您重办：{matter}", "Sent back to you: {matter}"),
    body=(
        "{number} 后面的环节认为您的意见要重新出具，理由写在办件的经过里。办理期限照常计算。",
        "{number}: a later step asks for your opinion again; the story of the case says why. The clock runs on.",
    ),
)
message_kind(
    REFUND_OWED,
    title=("要退费：{matter}", "To be refunded: {matter}"),
    body=("{number} 有 {amount} 应退给缴费人，请办理退费。", "{number}: {amount} is to go back to the payer."),
)
