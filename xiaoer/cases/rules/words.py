"""The words of codes that are stored: kinds of steps, outcomes, ways, grades, grounds.  # bilingual"""

WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "kind": {
        "immediate": ("即办件", "on the spot"),
        "promised": ("承诺件", "within a promised time"),
        "report_up": ("上报件", "reported up"),
    },
    "procedure": {
        "licence": ("行政许可", "licence"),
        "registration": ("登记", "registration"),
        "filing": ("备案", "filing"),
        "confirmation": ("行政确认", "confirmation"),
        "benefit": ("行政给付", "benefit"),
        "public": ("公共服务", "public service"),
        "promise": ("告知承诺", "notice and promise"),
    },
    "step": {
        "review": ("材料审查", "review of papers"),
        "visit": ("现场踏勘", "site visit"),
        "opinion": ("出具意见", "opinion"),
        "joint": ("联合办理", "joint act"),
        "decision": ("审批决定", "decision"),
        "issue": ("制作证照", "making the licence"),
        "wait": ("等前一件的结果", "waiting for an earlier result"),
        "pre_review": ("预审", "pre-review"),
        "case": ("办件", "case"),
        "service": ("事项", "service"),
    },
    "step_state": {
        "waiting": ("还没到", "not yet"),
        "ready": ("待接手", "to be taken"),
        "working": ("正在办", "in hand"),
        "settled": ("已办完", "settled"),
        "void": ("不再需要", "no longer needed"),
    },
    "outcome": {
        "granted": ("通过", "passed"),
        "refused": ("不通过", "not passed"),
        "conditional": ("有条件通过", "passed with conditions"),
        "waived": ("不用办", "not needed"),
        "withdrawn": ("已撤回", "withdrawn"),
        "lapsed": ("逾期未补正", "lapsed"),
        "unreached": ("没有走到", "not reached"),
    },
    "verdict": {"fine": ("符合", "fine"), "gap": ("需要补正", "to be mended"), "": ("未核", "not checked")},
    "way": {
        "upload": ("上传", "uploaded"),
        "licence": ("电子证照", "electronic licence"),
        "exchange": ("数据共享核验", "checked by data exchange"),
        "earlier_case": ("用以前交过的", "from an earlier case"),
        "commitment": ("告知承诺", "promised instead"),
        "deferred": ("容缺后补", "handed in later"),
        "missing": ("没有提交", "not handed in"),
    },
    "delivery": {
        "counter": ("窗口领取", "collected at the window"),
        "post": ("邮寄", "by post"),
        "electronic": ("网上送达", "electronically"),
    },
    "channel": {
        "web": ("网上", "online"),
        "online": ("网上", "online"),
        "window": ("窗口", "at the window"),
        "kiosk": ("自助机", "kiosk"),
        "app": ("手机", "app"),
        "post": ("邮寄", "by post"),
    },
    "decline": {
        "not_a_matter": ("依法不需要取得许可", "no licence is needed"),
        "not_ours": ("不属于本机关职权", "another organ is competent"),
    },
    "festival": {
        "元旦": ("元旦", "New Year's Day"),
        "春节": ("春节", "Spring Festival"),
        "清明节": ("清明节", "Qingming Festival"),
        "劳动节": ("劳动节", "Labour Day"),
        "端午节": ("端午节", "Dragon Boat Festival"),
        "中秋节": ("中秋节", "Mid-Autumn Festival"),
        "国庆节": ("国庆节", "National Day"),
    },
    "ground": {
        "听证": ("听证", "hearing"),
        "招标": ("招标", "tender"),
        "拍卖": ("拍卖", "auction"),
        "检验": ("检验", "inspection"),
        "检测": ("检测", "testing"),
        "检疫": ("检疫", "quarantine"),
        "鉴定": ("鉴定", "appraisal"),
        "专家评审": ("专家评审", "expert review"),
    },
    "termination": {
        "cancelled": ("事项依法取消或不再办理", "the item is no longer decided"),
        "gone": ("申请人死亡、丧失能力或依法终止", "the applicant died, lost capacity or was dissolved"),
    },
    "hearing": {
        "interest": ("直接关系他人重大利益（行政许可法第四十七条）", "weighty interests of others (article 47)"),
        "law": ("依法应当听证或者涉及公共利益（第四十六条）", "by law, or of public interest (article 46)"),
    },
    "side": {
        "officer": ("部门", "the organ"),
        "applicant": ("申请人", "the applicant"),
        "party": ("利害关系人", "an interested party"),
    },
    "applicant": {"person": ("个人", "person"), "firm": ("企业", "firm")},
}
GRADES = {
    "A": ("A 级：来自签发机关的数据", "grade A: from who issued it"),
    "B": ("B 级：电子证照或比对过", "grade B: compared"),
    "C": ("C 级：上传件，待核对", "grade C: uploaded, to be checked"),
    "D": ("D 级：申请人自述", "grade D: as stated"),
}
WORDS["grade"] = GRADES

REFUSALS = {
    "papers": (
        "经审查，您提交的材料不能证明符合许可条件，具体是：",
        "The papers handed in do not prove that the conditions are met, namely: ",
    ),
    "site": (
        "经现场核查，经营场所与申请的布局或条件不一致，具体是：",
        "The visit found that the place differs from what was applied for, namely: ",
    ),
    "conditions": (
        "申请不符合该事项法定条件第（  ）项，具体是：",
        "Condition no. (  ) of the law is not met, namely: ",
    ),
    "predecessor": (
        "前置事项没有办成，本事项的条件因此不具备，具体是：",
        "The matter that has to come first was not granted, so a condition is missing, namely: ",
    ),
}
"""Beginnings of reasons for a refusal (行政许可法 38: reasons must be given); the officer completes them."""


def word(table: str, key: str, *, language: str) -> str:
    """Return what a stored code is called; the code itself when nobody has named it."""
    pair = WORDS[table].get(key)
    return key if pair is None else pair[1 if language.startswith("en") else 0]
