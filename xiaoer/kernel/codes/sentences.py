"""What is wrong with a code, in both languages, with the way out.  # bilingual"""

SENTENCES: dict[str, tuple[str, str]] = {
    "codes.length": (
        "应为 {expected} 位，实际为 {actual} 位。请核对是否漏填或多填。",
        "It must have {expected} characters and has {actual}. Check whether some are missing or doubled.",
    ),
    "codes.characters": (
        "第 {position} 位“{found}”不是允许的字符。请对照证件重新填写。",
        "Character {position}, “{found}”, is not allowed here. Copy it from the document again.",
    ),
    "codes.check_character": (
        "校验位不符，号码中有错字。请对照证件逐位核对。",
        "The check character does not fit, so some character is wrong. Compare it with the document one by one.",
    ),
    "codes.old_id": (
        "这是 15 位的旧身份证号码，已停止使用。请填写现行居民身份证上的 18 位号码。",
        "This is an old identity number of 15 digits, no longer in use. Enter the 18 characters of the present card.",
    ),
    "codes.date": (
        "其中的日期“{found}”不存在。请核对年月日。",
        "The date in it, “{found}”, does not exist. Check year, month and day.",
    ),
    "codes.organ": (
        "其中的统一社会信用代码“{found}”不正确。请核对实施主体的代码。",
        "The organ's unified social credit code in it, “{found}”, is not right. Check the code of the organ.",
    ),
    "codes.level": (
        "第 19 位是行使层级，应为 1 至 6（国家、省、市、县、乡、村），实际为“{found}”。",
        "Character 19 is the level and must be 1 to 6 (state, province, city, county, town, village), not “{found}”.",
    ),
    "codes.sequence": (
        "流水号“{found}”不正确，应从 1 开始。请核对号码末段。",
        "The sequence “{found}” is not right; sequences begin with 1. Check the end of the number.",
    ),
    "codes.parts": (
        "应由 {expected} 段组成，以“1.2.156.3005.2”开头，实际为“{found}”。请完整复制证照标识。",
        "It must begin with 1.2.156.3005.2 and have {expected} parts, not “{found}”. Copy the whole identifier.",
    ),
    "codes.part": (
        "证照标识的“{part}”段“{found}”不符合格式。请完整复制证照标识。",
        "The part “{part}” of the identifier, “{found}”, has not the right form. Copy the whole identifier.",
    ),
}
