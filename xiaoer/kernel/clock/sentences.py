"""What the clock says when it refuses an act, in both languages, with the way out.  # bilingual"""

# The acts by their Chinese names, for sentences.
ACTS: dict[str, str] = {
    "receive": "收件",
    "notify": "一次性补正告知",
    "supplement": "补正",
    "lapse": "逾期未补正",
    "accept": "受理",
    "deem": "视为受理",
    "decline": "不予受理",
    "withdraw": "撤回申请",
    "terminate": "终止办理",
    "suspend": "中止计时",
    "resume": "恢复计时",
    "extend": "延长期限",
    "decide": "决定",
    "deliver": "送达",
    "reopen": "重新办理",
    "recalculate": "重新计算期限",
}

SENTENCES: dict[str, tuple[str, str]] = {
    "clock.unknown_act": (
        "没有“{act_zh}”这个动作。请使用 receive、notify、supplement、accept 等规定的动作。",
        "There is no act “{act}”. Use one of the acts of the procedure, such as receive, notify, supplement or accept.",
    ),
    "clock.bad_input": (
        "输入的“{what}”不正确：{value}。请按说明改正后重试。",
        "“{what}” is not right: {value}. Correct it as the instructions say and try again.",
    ),
    "clock.out_of_order": (
        "{on} 的动作早于前一动作（{last}）。请按发生的先后顺序录入。",
        "The act of {on} is earlier than the one before it ({last}). Enter acts in the order in which they happened.",
    ),
    "clock.not_received": (
        "尚未收到申请，不能进行“{act_zh}”。请先登记收件。",
        "No application has been received, so “{act}” is not possible. Record the receipt first.",
    ),
    "clock.already_received": (
        "申请已于 {on} 收件，不能重复收件。新的申请请另行编号。",
        "The application was received on {on} and cannot be received again. A new application takes its own number.",
    ),
    "clock.closed": (
        "本件已于 {on} 终结（{by_zh}），不能再进行“{act_zh}”。如需继续，请重新申请或依法申请复议。",
        "This case ended on {on} ({by}), so “{act}” is not possible. Apply anew, or ask for reconsideration.",
    ),
    "clock.not_accepted": (
        "尚未受理，不能进行“{act_zh}”。请先作出受理决定。",
        "The case has not been accepted, so “{act}” is not possible. Accept it first.",
    ),
    "clock.already_accepted": (
        "本件已于 {on} 受理，受理不可收回或重复作出。请继续审查并作出决定。",
        "The case was accepted on {on}; acceptance is neither taken back nor repeated. Go on to review and decide.",
    ),
    "clock.already_decided": (
        "本件已于 {on} 作出决定，不能再进行“{act_zh}”。不服决定的，可依法申请复议或提起诉讼。",
        "The case was decided on {on}, so “{act}” is not possible. Who disagrees may ask for reconsideration or sue.",
    ),
    "clock.second_notify": (
        "已于 {on} 一次性告知补正，法律不允许再次要求补正（行政许可法第三十二条）。请受理或作出决定。",
        "The gaps were notified on {on}; the law allows that once (行政许可法 art 32). Accept or decline the case.",
    ),
    "clock.supplement_without_notify": (
        "没有待补正的告知，{on} 的补正无从对应。新增材料请通过材料页提交。",
        "No notice is waiting for a supplement on {on}. Hand in further papers on the page for papers.",
    ),
    "clock.lapse_without_notify": (
        "没有待补正的告知，不能按逾期未补正处理。",
        "No notice is waiting for a supplement, so the case cannot lapse for want of one.",
    ),
    "clock.lapse_too_early": (
        "补正期限（{until}）尚未届满或尚不确定，不能按逾期处理。请等期限届满后再办。",
        "The time to supplement ({until}) has not ended or is not certain yet. Wait until it has ended.",
    ),
    "clock.suspend_twice": (
        "本件自 {on} 起已中止计时，请先恢复。",
        "The clock has been suspended since {on}. Resume it first.",
    ),
    "clock.resume_without_suspend": (
        "本件没有中止计时，无需恢复。",
        "The clock is not suspended, so there is nothing to resume.",
    ),
    "clock.bad_ground": (
        "“{ground}”不是法定的中止计时理由。请从 {grounds} 中选择，或以“法律依据:”写明条文。",
        "“{ground}” is no lawful ground for suspension. Choose one of {grounds}, or cite the law after “法律依据:”.",
    ),
    "clock.second_extend": (
        "办理期限已延长过 {days} 日，只能延长一次（行政许可法第四十二条）。请在期限内作出决定。",
        "The limit was extended by {days} days already; the law allows that once (行政许可法 art 42). Decide in time.",
    ),
    "clock.extend_after_expiry": (
        "法定期限已于 {due} 届满，不能再延长。请立即作出决定，并公开逾期原因。",
        "The statutory limit ended on {due} and cannot be extended any more. Decide at once and publish the reason.",
    ),
    "clock.bad_days": (
        "天数“{days}”不正确，应为正整数，且不超过允许的上限 {most}。",
        "“{days}” is not a right number of days: it must be whole, above zero and not above what is allowed, {most}.",
    ),
    "clock.deliver_before_decide": (
        "尚未作出决定，不能送达。请先作出决定。",
        "There is no decision to deliver yet. Decide first.",
    ),
    "clock.not_deemed": (
        "至 {on} 尚未构成视为受理。请等第五个工作日结束。",
        "By {on} silence has not become acceptance. Wait until the fifth working day has ended.",
    ),
    "clock.not_closed": (
        "本件尚未办结，无需重新办理。",
        "The case has not ended, so it cannot be reopened.",
    ),
}
