"""What the rules of cases say when they say no.  # bilingual"""

from xiaoer.kernel import refusal

refusal.register(
    {
        "not_now": (
            "这个办件现在是“{zh}”，不能这样办。请刷新页面看最新情况。",
            "This case is now “{en}”; that cannot be done here. Reload the page to see where it stands.",
        ),
        "not_yours": (
            "您没有办理这一步的权限。请联系本机关的管理员。",
            "You may not do this. Ask the administrator of your organ.",
        ),
        "step_taken": ("这个环节已经有人在办。", "Somebody has this step in hand already."),
        "step_not_in_hand": (
            "请先接手这个环节，再出具意见。",
            "Take this step in hand before you give an opinion on it.",
        ),
        "no_way_back": (
            "这里的结论不是以那个环节为基础的，不能退回到那里。请另选一个环节。",
            "This step is not built on that one: it cannot be sent back there. Choose another step.",
        ),
        "step_over": ("这个环节已经办完或不再需要。", "This step is settled or no longer needed."),
        "no_date_to_extend": (
            "现在没有正在计算的法定期限，不能延长。请先恢复计算期限。",
            "No statutory date is running that could be extended. Resume the clock first.",
        ),
        "delivered_already": ("这个结果已经登记送达。", "The delivery of this result is recorded already."),
        "reason_needed": ("请写明理由，申请人会看到。", "Give the reason; the applicant will read it."),
        "gaps_needed": (
            "请至少选一项需要补正的材料，并写明怎样补。",
            "Choose at least one gap and say how to mend it.",
        ),
        "until_needed": ("补正的最后一天要晚于今天。", "The last day to supplement must be later than today."),
        "sole_reviewer": (
            "审查和决定不能是同一个人。请由另一位有权人员决定。",
            "Who reviewed alone may not decide. Another authorised officer has to.",
        ),
        "decision_waits": (
            "还有环节没有办完，现在不能准予。",
            "Some steps are not settled yet; it cannot be granted now.",
        ),
        "organ_needed": (
            "请写明应当向哪个机关申请。",
            "Name the organ that the applicant has to go to.",
        ),
        "hearing_may_be_asked": (
            "已告知听证权利，{until} 以前可以要求听证，那以前不能作出决定（行政许可法第四十七条）。",
            "The right to a hearing was told: until {until} it may be asked for, and nothing may be decided "
            "(Administrative Licensing Law, article 47).",
        ),
        "hearing_comes_first": (
            "先举行听证，再根据听证笔录作出决定（行政许可法第四十六条至第四十八条）。",
            "The hearing comes first; the decision follows its record "
            "(Administrative Licensing Law, articles 46 to 48).",
        ),
        "hearing_told_already": ("听证权利已经告知过。", "The right to a hearing has been told already."),
        "hearing_parties": (
            "请写明告知了哪些利害关系人（行政许可法第三十六条、第四十七条）。",
            "Name the interested parties who are told (Administrative Licensing Law, articles 36 and 47).",
        ),
        "hearing_not_told": ("这件事没有告知听证权利。", "No right to a hearing was told here."),
        "hearing_asked_already": ("已经要求过听证，不用再提。", "A hearing has been asked for already."),
        "hearing_asked_late": (
            "要求听证的最后一天是 {until}，已经过了（行政许可法第四十七条）。",
            "The last day to ask for a hearing was {until} (Administrative Licensing Law, article 47).",
        ),
        "hearing_who": ("请写明是谁要求听证。", "Say who asks for the hearing."),
        "hearing_not_asked": ("没有人要求听证。", "Nobody has asked for a hearing."),
        "hearing_not_set": (
            "还没有通知听证的时间和地点。",
            "Time and place of the hearing have not been announced.",
        ),
        "hearing_over": ("听证已经举行过。", "The hearing has been held."),
        "hearing_not_yet": ("听证在 {on} 举行，还没到。", "The hearing is on {on}; it has not come yet."),
        "hearing_too_soon": (
            "听证要提前七个工作日通知，最早 {first}（行政许可法第四十八条）。",
            "A hearing is announced seven working days before: {first} at the earliest "
            "(Administrative Licensing Law, article 48).",
        ),
        "hearing_too_late": (
            "听证要在提出后二十个工作日内举行，最晚 {last}（行政许可法第四十七条）。",
            "A hearing is held within twenty working days of the asking: {last} at the latest "
            "(Administrative Licensing Law, article 47).",
        ),
        "hearing_chair_reviews": (
            "听证主持人不能是审查这件申请的人（行政许可法第四十八条）。请换一位。",
            "Who reviews an application may not chair its hearing (Administrative Licensing Law, article 48). "
            "Choose somebody else.",
        ),
        "hearing_chair_unknown": (
            "请选本机关的一位工作人员主持听证。",
            "Choose an officer of this organ to chair the hearing.",
        ),
        "hearing_chair_only": ("听证笔录由主持人登记。", "The record is entered by who chaired the hearing."),
        "hearing_place": ("请写明听证的地点。", "Say where the hearing is held."),
        "hearing_record": (
            "请写明谁到场、说了什么，笔录是作出决定的依据。",
            "Say who was there and what was said: the decision rests on the record.",
        ),
        "basis_needed": (
            "请写明法律依据，写到条。",
            "Name the legal basis, down to the article.",
        ),
        "note_needed": ("请先写内容。", "Write something first."),
        "value_unknown": ("没有这一项个人信息。", "There is no such personal value."),
        "nothing_to_submit": ("这次申请里没有需要办的事项。", "Nothing has to be applied for here."),
        "key_reused": (
            "这个 Idempotency-Key 已经用在另一份申请上。重发同一份申请请原样重发，另一份申请请换一个。",
            "This Idempotency-Key came before with another application. Send the same one unchanged, or use a new key.",
        ),
        "paper_elsewhere": (
            "您在另一台设备上刚换过或删过这个文件。请看一眼现在的，再决定。",
            "This file was replaced or removed on another device just now. Look at the present one, then decide.",
        ),
        "draft_elsewhere": (
            "您在另一台设备上改过这份申请。请看一遍最新的内容，再提交。",
            "This application was changed on another device. Look at it as it is now, then submit.",
        ),
        "draft_submitted": (
            "这份申请已经提交，不能再改。",
            "This application has been submitted and cannot be changed.",
        ),
        "drafts_many": (
            "您有 {most} 份没填完的申请。请先填完或删掉一份，再开始新的。",
            "You have {most} applications that are not finished. Finish or delete one before you begin another.",
        ),
        "offer_changed": (
            "这件事的办理要求刚刚更新过。请再核对一遍，然后提交。",
            "What this matter needs has just been updated. Check once more, then submit.",
        ),
        "paper_missing": ("还没有上传“{label}”。", "Not uploaded yet: {label}."),
        "paper_unknown": ("这件事不需要这份材料。", "This matter does not need that paper."),
        "paper_format": (
            "这份材料要 {formats} 格式的文件。请换一个，或者拍成照片再上传。",
            "This paper must be a {formats} file. Choose another one, or take a photograph of it.",
        ),
        "delivery_missing": ("请选择结果怎么给您。", "Choose how you want to get the result."),
        "address_needed": (
            "选了邮寄，请填写收件人、电话和地址。",
            "For delivery by post we need the recipient, telephone and address.",
        ),
        "organ_unknown": (
            "“{label}”的办理机关还没有在本平台登记，暂时不能网上提交。请拨打 12345，或者到政务大厅窗口办。",
            "The organ for “{label}” is not entered on this platform yet. Call 12345, or come to the service hall.",
        ),
        "mandate_missing": (
            "您没有替这家企业办“{label}”的授权。请法定代表人先授权，或者换成本人申请。",
            "You may not act for this firm in “{label}”. Ask its legal representative, or apply for yourself.",
        ),
    }
)
