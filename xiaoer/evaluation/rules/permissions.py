"""Who reads ratings that are in, and what the invitation says.  # bilingual"""

from xiaoer.notices.rules import message_kind
from xiaoer.people.rules import permission

READ, SUPERVISE = "evaluation.read", "evaluation.supervise"
INVITED = "evaluation.invited"

permission(READ, roles={"reviewer", "approver", "head", "hall_manager"}, zh="查看已提交的评价", en="read ratings")
permission(
    SUPERVISE, roles={"supervisor"}, reach="region", zh="监督本地区的评价", en="read the ratings of a region"
)  # fmt: skip
message_kind(
    INVITED,
    title=("请评价：{matter}", "Please rate: {matter}"),
    body=(
        "办得怎么样？可以评到 {until}，办事人员看不到是谁评的。不评不会默认好评。",
        "How was it? You can rate until {until}; staff cannot see who rated. Silence counts as nothing.",
    ),
)
