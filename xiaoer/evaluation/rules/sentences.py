"""What the rules of rating say when they say no.  # bilingual"""

from xiaoer.kernel import refusal

refusal.register(
    {
        "rated_already": (
            "这次服务您已经评价过了。一次服务只评一次；还有话要说，请打 12345。",
            "You have rated this service already, and each service is rated once. To say more, call 12345.",
        ),
        "rating_closed": (
            "评价到 {until} 为止，现在已经过期。还有意见，请打 12345。",
            "Ratings were open until {until}. If you still have something to say, call 12345.",
        ),
        "rating_own": (
            "您参与办理了这个办件，不能评价它。申请人本人可以评价。",
            "You worked on this case and cannot rate it. Only the applicant can.",
        ),
        "level_needed": ("请先选满意的程度。", "First say how satisfied you are."),
        "staff_level": (
            "请给窗口人员也评一下；只有在窗口办的事才评窗口人员。",
            "Please rate the person at the window too; only services at a window have one.",
        ),
        "reasons_level": (
            "原因要从这一档里选。请返回重新选择。",
            "Choose reasons that belong to this level. Please go back and choose again.",
        ),
        "words_long": (
            "最多写 {most} 个字，现在是 {count} 个字。请删去一些。",
            "At most {most} characters; there are {count} now. Please shorten it.",
        ),
    }
)
