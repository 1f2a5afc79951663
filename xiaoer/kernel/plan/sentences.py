"""What a plan says when it refuses, and the faults told to authors, in both languages.  # bilingual"""

SENTENCES: dict[str, tuple[str, str]] = {
    "plan.unreadable": (
        "流程文件的 {path} 缺失、多余或类型不符。请按格式说明改正。",
        "{path} of the plan is missing, does not belong there or is of the wrong type. Correct it.",
    ),
    "plan.unknown_version": (
        "不认识版本为 {version} 的流程文件。请先升级本系统。",
        "Plans of version {version} are not known here. Upgrade this installation first.",
    ),
    "plan.unknown_node": (
        "流程中没有环节“{node}”。请刷新页面后重试。",
        "The plan has no node “{node}”. Reload the page and try again.",
    ),
    "plan.unknown_outcome": (
        "环节“{node}”不能有结果“{outcome}”。请从规定的结果中选择。",
        "“{outcome}” is no outcome that “{node}” can have. Choose one of those laid down.",
    ),
    "plan.nothing_to_return": (
        "环节“{node}”尚未开始或无需办理，没有可退回的内容。请选择已开始的环节。",
        "Nobody has worked on “{node}”, so there is nothing to send back. Choose one that has begun.",
    ),
    "plan.cyclic": (
        "环节互为前置：{nodes}。请去掉其中一处先后关系。",
        "These wait for each other: {nodes}. Take away one of the dependencies.",
    ),
    "plan.cycle": (
        "环节互为前置：{nodes}。请去掉其中一处先后关系。",
        "These wait for each other: {nodes}. Take away one of the dependencies.",
    ),
    "plan.wrong_days": (
        "环节“{node}”的天数 {days} 不正确。请填写零或正整数。",
        "{days} is not a right number of days for “{node}”. Write zero or more.",
    ),
    "plan.no_nodes": ("流程没有环节。请至少添加一个。", "The plan has no nodes. Add one at least."),
    "plan.no_key": ("环节没有名称。请填写。", "The node has no key. Write one."),
    "plan.duplicate_key": (
        "环节“{node}”重复。请改用不同的名称。",
        "There are several nodes “{node}”. Give each a key of its own.",
    ),
    "plan.unknown_kind": (
        "没有“{kind}”这类环节。请从列出的类别中选择。",
        "There is no kind of node “{kind}”. Choose one of those listed.",
    ),
    "plan.no_organ": (
        "环节“{node}”没有办理部门。请指定部门。",
        "Nobody is responsible for “{node}”. Name an organ.",
    ),
    "plan.no_name": (
        "环节“{node}”没有写明等待什么。请填写事件名称。",
        "“{node}” does not say what it waits for. Name the event.",
    ),
    "plan.unknown_result": (
        "“{outcome}”不能作为最终结果。请从规定的结果中选择。",
        "“{outcome}” cannot be the result. Choose one of those laid down.",
    ),
    "plan.unused": (
        "环节“{node}”的结果不影响任何后续环节和最终结果。请删除，或在结果中使用。",
        "Nothing depends on the outcome of “{node}”. Remove it, or use it in the result.",
    ),
}
