"""Words of the catalogue's dictionaries, and the sentences of what can be wrong in a file.  # bilingual

Dictionaries: domain.md B.3 (national dictionaries of the implementation list).
"""

from xiaoer.kernel import refusal

Pair = tuple[str, str]
NO_REGION = "0" * 12
"""The whole country; also the shard of a draft whose region is not known."""

TYPES: dict[str, Pair] = {
    "01": ("行政许可", "Licence"),
    "02": ("行政处罚", "Penalty"),
    "03": ("行政强制", "Coercion"),
    "04": ("行政征收", "Levy"),
    "05": ("行政给付", "Benefit"),
    "06": ("行政检查", "Inspection"),
    "07": ("行政确认", "Confirmation"),
    "08": ("行政奖励", "Award"),
    "09": ("行政裁决", "Adjudication"),
    "10": ("其他行政权力", "Other power"),
    "20": ("公共服务", "Public service"),
}
PROCEDURES: dict[str, Pair] = {
    "licence": ("行政许可", "Licence"),
    "registration": ("登记", "Registration"),
    "filing": ("备案", "Filing"),
    "promise": ("告知承诺", "Notice and commitment"),
    "confirmation": ("行政确认", "Confirmation"),
    "benefit": ("行政给付", "Benefit"),
    "public": ("公共服务", "Public service"),
}
KINDS: dict[str, Pair] = {
    "immediate": ("即办件", "Done on the spot"),
    "promised": ("承诺件", "Done within the promised days"),
    "report_up": ("上报件", "Examined here, decided above"),
}
LEVELS: dict[str, Pair] = {
    "1": ("国家级", "State"),
    "2": ("省级", "Province"),
    "3": ("市级", "City"),
    "4": ("县级", "County"),
    "5": ("乡镇（街道）级", "Town"),
    "6": ("村（社区）级", "Village"),
}
AUDIENCES: dict[str, Pair] = {
    "person": ("自然人", "Individuals"),
    "firm": ("企业法人", "Enterprises"),
    "institution": ("事业法人", "Public institutions"),
    "social": ("社会组织法人", "Social organisations"),
    "unincorporated": ("非法人企业", "Unincorporated businesses"),
    "organ": ("行政机关", "Organs of state"),
    "other": ("其他组织", "Other organisations"),
}
CHANNELS: dict[str, Pair] = {
    "window": ("窗口办理", "At the counter"),
    "online": ("网上办理", "Online"),
    "post": ("邮寄申请", "By post"),
    "kiosk": ("自助终端", "Kiosk"),
    "app": ("掌上办理", "Mobile app"),
}
DEPTHS: dict[str, Pair] = {
    "information": ("信息公开", "Information only"),
    "preview": ("在线预审", "Pre-review online"),
    "apply": ("网上受理", "Apply online"),
    "full": ("全程网办", "Everything online"),
}
WAYS: dict[str, Pair] = {
    "upload": ("上传", "Upload it"),
    "licence": ("电子证照免提交", "Taken from your electronic licence"),
    "exchange": ("数据共享免提交", "Fetched from the organ that has it"),
    "earlier_case": ("沿用以前提交的", "Taken from an earlier case"),
    "commitment": ("告知承诺替代", "Your signed commitment instead"),
}
NEEDS: dict[str, Pair] = {
    "required": ("必要", "Required"),
    "optional": ("非必要", "If you have it"),
    "deferrable": ("可容缺后补", "Can be handed in later"),
}
UNITS: dict[str, Pair] = {
    "working_days": ("个工作日", "working days"),
    "calendar_days": ("个自然日", "days"),
    "months": ("个月", "months"),
    "hours": ("小时", "hours"),
    "at_once": ("当场办结", "on the spot"),
}
TOPICS: dict[str, tuple[str, str, frozenset[str]]] = {
    "start_business": ("开办企业", "Start a business", frozenset({"person", "firm", "unincorporated"})),
    "catering": ("餐饮与食品", "Food and catering", frozenset({"person", "firm", "unincorporated", "institution"})),
    "birth": ("生育收养", "Birth and adoption", frozenset({"person"})),
    "household": ("户籍办理", "Household register", frozenset({"person"})),
    "education": ("教育科研", "Education", frozenset({"person", "institution", "firm"})),
    "work": ("就业创业", "Work", frozenset({"person", "firm", "unincorporated"})),
    "social_security": ("社会保障", "Social security", frozenset({"person", "firm", "institution", "social"})),
    "disability": ("残疾与救助", "Disability and support", frozenset({"person"})),
    "housing": ("住房保障", "Housing", frozenset({"person"})),
    "travel": ("出境入境", "Travel abroad", frozenset({"person"})),
    "health": ("医疗卫生", "Health", frozenset({"person", "firm", "institution"})),
    "transport": ("交通出行", "Transport", frozenset({"person", "firm", "unincorporated"})),
    "construction": ("工程建设", "Construction", frozenset({"firm", "institution", "organ", "social", "other"})),
    "environment": ("环保绿化", "Environment", frozenset({"person", "firm", "institution", "unincorporated"})),
    "safety": ("公共安全", "Public safety", frozenset({"person", "firm", "institution", "social", "unincorporated"})),
    "death": ("死亡殡葬", "Death", frozenset({"person"})),
    "marriage": ("婚姻登记", "Marriage", frozenset({"person"})),
    "property": ("不动产", "Property", frozenset({"person", "firm", "institution", "social", "unincorporated"})),
    "farming": ("农林牧渔", "Farming and forestry", frozenset({"person", "firm", "institution", "unincorporated"})),
    "culture": ("文化旅游", "Culture and tourism", frozenset({"person", "firm", "social", "institution", "other"})),
    "organisations": ("社会组织", "Social organisations", frozenset({"person", "firm", "social", "institution"})),
}
"""Life events and themes: Chinese, English, for whom (a topic outside its audience is a fault, domain B.5 rule 9)."""


FAULTS: dict[str, Pair] = {
    "catalogue.unreadable": (
        "这里无法读取（{kind}）。请对照格式说明改正。",
        "This cannot be read ({kind}). Compare it with the format.",
    ),
    "catalogue.format.missing": ("缺少这一项，请补上。", "This is missing; add it."),
    "catalogue.format.unknown_name": ("没有这一项，请核对名称。", "There is no such item; check its name."),
    "catalogue.format.not_one_of": ("只能是 {expected} 之一。", "This must be one of {expected}."),
    "catalogue.format.wrong_type": ("这里应为{expected}。", "This must be {expected}."),
    "catalogue.format.wrong_pattern": (
        "写法不对，应符合 {pattern}。",
        "This is not written right; it must match {pattern}.",
    ),
    "catalogue.format.too_long": ("太长，最多 {most} 个字。", "This is too long; at most {most} characters."),
    "catalogue.format.out_of_range": ("应在 0 到 1000000 之间。", "This must be between 0 and 1,000,000."),
    "catalogue.format.empty": ("不能为空。", "This must not be empty."),
    "catalogue.format.character": (
        "含有不能保存的字符，请删去。",
        "There is a character that cannot be kept; remove it.",
    ),
    "catalogue.format.number": ("数字太大或不是有限的数。", "The number is too large or not finite."),
    "catalogue.format.too_deep": ("嵌套太深。", "This is nested too deeply."),
    "catalogue.format.not_json": ("不是 JSON（第 {line} 行）：{reason}。", "This is not JSON (line {line}): {reason}."),
    "catalogue.format.duplicate_name": ("“{name}”写了两次。", "{name} is written twice."),
    "catalogue.format.unknown_format": (
        "format 应为 {expected} 之一。",
        "format must be one of {expected}.",
    ),
    "catalogue.duplicate_key": ("“{name}”重复，每个只能有一个。", "{name} is there twice; each must be unique."),
    "catalogue.duplicate_code": ("事项“{name}”在文件里有两份。", "The service {name} is in the file twice."),
    "catalogue.unknown_fact": (
        "没有“{name}”这个问题，请先在 facts 里写上。",
        "There is no question {name}; add it to facts.",
    ),
    "catalogue.unknown_member": ("没有“{name}”这个成员事项。", "There is no member {name}."),
    "catalogue.unknown_service": ("没有已发布的事项 {name}。", "No service {name} has been published."),
    "catalogue.no_choices": ("选择题要有选项。", "A question of choice needs choices."),
    "catalogue.field_differs": (
        "“{name}”在 {first} 与 {second} 中的类型不同，合并后无法只问一次。",
        "{name} has different kinds in {first} and {second}, so it cannot be asked once.",
    ),
    "catalogue.no_real_code": (
        "发布前要有 31 位实施编码。",
        "Before publishing the service needs its 31-character code.",
    ),
    "catalogue.handle_differs": ("业务办理项编码应以实施编码 {code} 开头。", "The handle code must begin with {code}."),
    "catalogue.organ_differs": (
        "实施编码的前 18 位应为实施主体 {organ}。",
        "The code must begin with the organ {organ}.",
    ),
    "catalogue.level_differs": (
        "实施编码第 19 位是 {code}，行使层级是 {level}。",
        "The code says level {code}, the list {level}.",
    ),
    "catalogue.needed": ("发布前要填写。", "This is needed before publishing."),
    "catalogue.immediate_not_at_once": (
        "即办件的承诺时限应为当场办结。",
        "A case done on the spot must promise: on the spot.",
    ),
    "catalogue.at_once_not_immediate": (
        "承诺当场办结的，办件类型应为即办件。",
        "Who promises on the spot must say: done on the spot.",
    ),
    "catalogue.result_not_licence": ("结果名称以“证”结尾的，应为出证办结。", "A result named 证 must be a licence."),
    "catalogue.result_not_document": (
        "结果名称以“文”或“批复”结尾的，应为出文办结。",
        "A result named 文 or 批复 must be a document.",
    ),
    "catalogue.visit_without_reason": ("要到现场的，必须写明原因。", "Say why people must come."),
    "catalogue.reason_without_visit": (
        "不必到现场的，不能写到现场的原因。",
        "Nobody has to come, so there is no reason.",
    ),
    "catalogue.no_way_without_visit": (
        "不必到现场又不能网上办的，要提供邮寄申请。",
        "Nobody has to come and it is not online: offer applying by post.",
    ),
    "catalogue.full_with_visits": ("全程网办的，到现场次数应为 0。", "Everything is online, so visits must be 0."),
    "catalogue.online_without_channel": (
        "能网上办的，办理形式要有网上或掌上。",
        "It can be done online: name that channel.",
    ),
    "catalogue.fee_without": (
        "收费要有依据、标准和是否网上缴费。",
        "A fee needs basis, standard and whether it is paid online.",
    ),
    "catalogue.same_phone": (
        "咨询电话与投诉电话不能相同。",
        "The telephones for questions and complaints must differ.",
    ),
    "catalogue.no_area_code": (
        "电话要带区号，例如 0792-1234567。",
        "Write the telephone with its area code, as 0792-1234567.",
    ),
    "catalogue.topic_not_for": ("主题“{name}”不适用于所选服务对象。", "The topic {name} is not for this audience."),
    "catalogue.unknown_topic": ("没有“{name}”这个主题。", "There is no topic {name}."),
    "catalogue.too_few_steps": ("行政许可至少要列 5 个环节。", "A licence must show at least 5 steps."),
    "catalogue.no_faq": ("行政许可至少要有 1 个常见问题。", "A licence needs at least 1 common question."),
    "catalogue.no_sample": ("有结果的，要附结果样本。", "There is a result: attach a sample."),
    "catalogue.promise_longer": (
        "承诺时限不能长于法定时限。",
        "The promise must not be longer than the statutory limit.",
    ),
    "catalogue.plan_longer": (
        "各环节最快要 {days} 个工作日，超过承诺的 {most} 个。",
        "The steps take {days} working days at least, more than the {most} promised.",
    ),
    "catalogue.catch_all": ("不能有“{name}”这样的兜底条款。", "A catch-all such as {name} is not allowed."),
    "catalogue.no_basis": ("每份材料都要有法定依据。", "Each paper needs its legal basis."),
    "catalogue.licence_way_without_type": ("用电子证照的，要写证照类型。", "It comes from a licence: name its type."),
    "catalogue.no_members": ("一件事至少要有两个事项。", "A bundle needs at least two services."),
    "catalogue.overlap": ("同一事项的有效期不能重叠。", "Validity periods of a service must not overlap."),
}
refusal.register(FAULTS)
