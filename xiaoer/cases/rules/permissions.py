"""Who may do what on cases, by role and reach.  # bilingual"""

from xiaoer.people.rules import permission

PERMISSIONS = (
    "cases.receive", "cases.accept", "cases.review", "cases.decide", "cases.extend", "cases.deliver", "cases.read",
    "cases.supervise",
)  # fmt: skip

permission("cases.receive", roles={"clerk"}, reach="region", zh="窗口收件", en="receive at the window")
permission(
    "cases.accept", roles={"clerk", "reviewer", "approver"}, zh="受理、告知补正", en="accept or tell what is missing"
)
permission("cases.review", roles={"reviewer", "approver"}, zh="审查、勘验", en="review and visit")
permission("cases.decide", roles={"approver", "head"}, zh="作出审批决定", en="decide")
permission("cases.extend", roles={"head"}, zh="批准延长期限", en="extend the limit")
permission("cases.deliver", roles={"clerk", "approver"}, zh="登记送达", en="record delivery")
permission("cases.read", roles={"clerk", "reviewer", "approver", "head"}, zh="查看办件", en="see cases")
permission("cases.supervise", roles={"supervisor"}, reach="region", zh="监督办件", en="supervise cases")
