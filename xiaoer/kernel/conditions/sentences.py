"""What conditions say in both languages: reasons, refusals and the faults told to authors.  # bilingual"""

from collections.abc import Mapping, Sequence

Sentences = Mapping[str, Sequence[str]]

NOT_GIVEN = ("尚未填写{fact}", "{fact} has not been given")
NOT_DECIDED = ("{node}尚无结果", "{node} has no outcome yet")
REASONS: Sentences = {
    "is.yes": ("{fact}为{value}", "{fact} is {value}"),
    "is.no": ("{fact}为{value}，不是{literal}", "{fact} is {value}, not {literal}"),
    "is.unknown": NOT_GIVEN,
    "flag.yes": ("{fact}为{value}", "{fact} is {value}"),
    "flag.no": ("{fact}为{value}", "{fact} is {value}"),
    "flag.unknown": NOT_GIVEN,
    "in.yes": ("{fact}为{value}，属于：{literal}", "{fact} is {value}, which is one of: {literal}"),
    "in.no": ("{fact}为{value}，不属于：{literal}", "{fact} is {value}, which is none of: {literal}"),
    "in.unknown": NOT_GIVEN,
    "at_least.yes": ("{fact}为{value}，达到{literal}", "{fact} is {value}, at least {literal}"),
    "at_least.no": ("{fact}为{value}，未达到{literal}", "{fact} is {value}, less than {literal}"),
    "at_least.unknown": NOT_GIVEN,
    "at_most.yes": ("{fact}为{value}，不超过{literal}", "{fact} is {value}, at most {literal}"),
    "at_most.no": ("{fact}为{value}，超过{literal}", "{fact} is {value}, more than {literal}"),
    "at_most.unknown": NOT_GIVEN,
    "more_than.yes": ("{fact}为{value}，超过{literal}", "{fact} is {value}, more than {literal}"),
    "more_than.no": ("{fact}为{value}，不超过{literal}", "{fact} is {value}, not more than {literal}"),
    "more_than.unknown": NOT_GIVEN,
    "less_than.yes": ("{fact}为{value}，未达到{literal}", "{fact} is {value}, less than {literal}"),
    "less_than.no": ("{fact}为{value}，达到{literal}", "{fact} is {value}, not less than {literal}"),
    "less_than.unknown": NOT_GIVEN,
    "has.yes": ("{fact}包含{literal}", "{fact} includes {literal}"),
    "has.no": ("{fact}不包含{literal}", "{fact} does not include {literal}"),
    "has.unknown": NOT_GIVEN,
    "outcome.yes": ("{node}的结果为{value}", "the outcome of {node} is {value}"),
    "outcome.no": (
        "{node}的结果为{value}，不属于：{literal}",
        "the outcome of {node} is {value}, which is none of: {literal}",
    ),
    "outcome.unknown": NOT_DECIDED,
    "always.yes": ("无条件", "without condition"),
    "always.no": ("任何情况下均不适用", "in no case"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "true": "是",
        "false": "否",
        "granted": "通过",
        "refused": "不通过",
        "waived": "免办",
        "conditional": "附条件通过",
        "withdrawn": "撤回",
        "lapsed": "逾期失效",
        "unreached": "无需进行",
        "comma": "、",
        "semicolon": "；",
    },
    "en": {"true": "yes", "false": "no", "unreached": "not reached", "comma": ", ", "semicolon": "; "},
}
FAULTS: dict[str, tuple[str, str]] = {
    "condition.malformed": (
        "条件无法读取：{condition}。请在事项编辑页检查后重新发布。",
        "The condition cannot be read: {condition}. Check it on the page of the service and publish again.",
    ),
    "condition.wrong_fact": (
        "“{fact}”的值 {value} 无法与 {literal} 比较。请改正该项填写。",
        "The value {value} of “{fact}” cannot be compared with {literal}. Correct that answer.",
    ),
    "condition.not_an_object": (
        "此处应为一个条件。请填写 all_of、any_of、not、fact、outcome 或 ok。",
        "A condition belongs here. Write all_of, any_of, not, fact, outcome or ok.",
    ),
    "condition.unknown_operator": (
        "无法识别的运算：{operators}。请使用说明中列出的运算。",
        "No such operator: {operators}. Use one that the instructions list.",
    ),
    "condition.several_operators": (
        "一个条件只能有一种运算，此处有：{operators}。请用 all_of 或 any_of 组合。",
        "A condition has one operator; here are several: {operators}. Combine them with all_of or any_of.",
    ),
    "condition.too_deep": (
        "条件嵌套超过 {deepest} 层。请拆分或简化。",
        "The condition is nested deeper than {deepest} levels. Split or simplify it.",
    ),
    "condition.not_a_list": ("此处应为列表。请用方括号列出各项。", "A list belongs here. Put the items in brackets."),
    "condition.not_text": ("此处应为非空文字。请填写名称。", "Text belongs here. Write the name."),
    "condition.leaf_not_here": (
        "此处不能使用“{leaf}”：when 只看填报情况，after 和结果只看各环节结果。请移到相应位置。",
        "“{leaf}” has no place here: when is over facts, after and results are over outcomes. Move it there.",
    ),
    "condition.unknown_fact": (
        "表单中没有“{fact}”。请先在表单中添加，或改正名称。",
        "The form does not ask “{fact}”. Add it to the form, or correct the name.",
    ),
    "condition.unknown_node": (
        "没有环节“{node}”。请先添加，或改正名称。",
        "There is no node “{node}”. Add it, or correct the name.",
    ),
    "condition.unknown_outcome": (
        "没有结果“{outcome}”。请使用 granted、refused、waived、conditional、withdrawn、lapsed 或 unreached。",
        "There is no outcome “{outcome}”. Use granted, refused, waived, conditional, withdrawn, lapsed or unreached.",
    ),
    "condition.wrong_type": (
        "“{operator}”不能与 {literal} 比较。请改用同类的值。",
        "“{operator}” cannot compare with {literal}. Use a value of the right kind.",
    ),
    "condition.wrong_operator": (
        "“{operator}”不适用于 {kind} 类填报项。请换用适用的运算。",
        "“{operator}” does not suit a fact of kind {kind}. Use an operator that does.",
    ),
    "condition.not_an_option": (
        "{literal} 不在选项之中。请选用已有选项，或先在表单中添加。",
        "{literal} is not among the options. Use one of them, or add it to the form.",
    ),
    "fact.unknown": (
        "表单中没有“{fact}”。请刷新后重新填写。",
        "The form does not ask “{fact}”. Reload and fill it in again.",
    ),
    "fact.wrong_type": (
        "“{fact}”的值 {value} 类型不符，应为 {kind}。请改正后重新提交。",
        "The value {value} of “{fact}” is not of kind {kind}. Correct it and submit again.",
    ),
    "fact.not_an_option": (
        "“{fact}”的值 {value} 不在选项之中。请从选项中选择。",
        "The value {value} of “{fact}” is not among the options. Choose one of them.",
    ),
}
