"""Papers of every kind, issued by their act; each dict holds what its paper must say."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.make import NOW
from xiaoer.journal.services import SYSTEM
from xiaoer.notices import rules, services
from xiaoer.notices.models import Document

SHARD = "360481000000"
ORGAN = rules.Organ("11360481MB0000001X", "瑞昌市市场监督管理局", "瑞市监", SHARD)
CASE = {
    "applicant": "瑞昌市赤乌小馆餐饮店",
    "matter": "食品经营许可(新办)",
    "case_number": "11360481MB0000001X4000131027000202603050001",
}
DAY = date(2026, 3, 5)
SAYS: dict[str, dict[str, Any]] = {
    "payment": {
        "bill_number": "36048120260305000001", "total": "47.00", "paid_at": NOW, "way": "窗口",
        "reference": "赣财 0001",
        "items": [{"name": "证照工本费", "basis": "发改价格〔2004〕2831号", "amount": "10.00"},
                  {"name": "社会保障卡工本费", "basis": "赣发改收费字〔2012〕2470号", "amount": "37.00"}],
    },
    "refund": {
        "bill_number": "36048120260305000001", "amount": "47.00", "reason": "重复缴费", "refunded_at": NOW,
        "way": "演示支付", "reference": "DEMO-36048120260305000001-1-R",
    },
    "receipt": {
        "received_at": NOW,
        "materials": [
            {"name": "食品经营许可申请书"},
            {"name": "营业执照", "form": "证照共享,免提交", "copies": 0},
            {"name": "与食品经营相适应的主要设备设施、经营布局、操作流程等文件"},
        ],
        "query_code": "7K2M9Q",
        "reply_by": DAY + timedelta(7),
    },
    "correction": {
        "received_on": DAY,
        "gaps": [
            {"name": "经营场所平面图", "problem": "没有标出凉菜间的位置和面积", "mend": "在图上标注后重新上传"},
            {"name": "食品安全管理制度", "problem": "缺少食品安全自查制度", "mend": "补充该项制度"},
        ],
        "until": DAY + timedelta(20),
    },
    "acceptance": {
        "received_on": DAY, "accepted_on": DAY, "promised_due_on": DAY + timedelta(12),
        "statutory_due_on": DAY + timedelta(28), "deemed": True, "deferrals": ["食品安全管理制度"],
        "deferred_until": DAY + timedelta(10),
    },
    "decline": {
        "received_on": DAY, "reasons": "申请事项由县级烟草专卖行政主管部门实施。",
        "basis": "《中华人民共和国行政许可法》第三十二条第一款第(二)项", "right_organ": "瑞昌市烟草专卖局",
    },
    "special": {"ground": "检验", "begins_on": DAY, "days": 10, "until": DAY + timedelta(14)},
    "hearing_right": {
        "ground": "interest", "reasons": "厨房排烟口正对楼上住户的窗户", "until": DAY + timedelta(7),
        "parties": ["三楼住户 周女士", "四楼住户 吴先生"],
    },
    "hearing_notice": {
        "held_on": DAY + timedelta(14), "time": "09:30", "venue": "瑞昌市政务服务中心三楼会议室", "chair": "郑主持",
        "parties": ["三楼住户 周女士", "四楼住户 吴先生"],
    },
    "hearing_record": {
        "held_on": DAY, "venue": "瑞昌市政务服务中心三楼会议室", "chair": "郑主持", "present": "申请人；三楼住户周女士",
        "record": "三楼住户要求把排烟口加高到屋顶以上；申请人同意，并在开业前改好。",
    },
    "extension": {
        "reasons": "现场核查发现需要整改,整改后须再次核查", "days": 10, "old_due_on": DAY,
        "new_due_on": DAY + timedelta(14),
    },
    "grant": {
        "accepted_on": DAY, "basis": "《中华人民共和国食品安全法》第三十五条",
        "content": "热食类食品制售、冷食类食品制售", "licence_name": "食品经营许可证",
        "licence_number": "JY23604810001234", "valid_from": DAY, "valid_to": date(2031, 3, 4),
        "deliver_by": DAY + timedelta(14), "debts": ["食品安全管理制度"], "debts_until": DAY + timedelta(10),
        "heard_on": DAY,
    },
    "refusal": {
        "accepted_on": DAY, "reasons": "经营场所与有毒、有害场所的距离不符合要求。",
        "basis": "《中华人民共和国食品安全法》第三十三条第一款第(一)项", "heard_on": DAY,
    },
    "service": {
        "served_title": "准予行政许可决定书", "served_number": "瑞市监许准〔2026〕第12号", "how": "direct",
        "receiver": "张三", "served_at": NOW,
    },
    "completion": {"completed_on": DAY, "outcome": "印章刻制备案"},
    "withdrawal": {"withdrawn_on": DAY},
    "termination": {"reasons": "该事项已取消。", "basis": "国发〔2019〕6号"},
    "revocation": {
        "licence_name": "食品经营许可证", "licence_number": "JY23604810001234",
        "reasons": "以欺骗手段取得许可。", "basis": "《中华人民共和国行政许可法》第六十九条第二款",
    },
}  # fmt: skip


def issued(kind: str = "acceptance", *, now: datetime = NOW, subject: UUID | None = None, **more: Any) -> Document:
    data = {**CASE, **SAYS[kind], **more}
    return services.issue(kind, subject=subject or uuid4(), shard=SHARD, organ=ORGAN, data=data, by=SYSTEM, now=now)
