"""Numbers of papers (文号) and the codes by which anybody can check a paper.  # bilingual"""

from xiaoer.kernel import refusal

from .kinds import Kind, Organ

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: what is read aloud or typed from paper is not mistaken."""
SHARD_SIGNS, SECRET_SIGNS = 8, 12

refusal.register(
    {
        "code_unreadable": (
            "验证码应为 20 位（数字和字母，印在二维码旁边），现在是 {length} 位。请对照文书重新输入。",
            "A verification code has 20 letters and digits (printed beside the QR code); this has {length}.",
        ),
    }
)


def document_number(organ: Organ, kind: Kind, *, year: int, number: int) -> str:
    """Return a number as it is printed.

    >>> document_number(Organ("", "瑞昌市市场监督管理局", "瑞市监", ""), KINDS["acceptance"], year=2026, number=12)
    '瑞市监许受〔2026〕第12号'
    """
    return f"{organ.sign}许{kind.word}〔{year}〕第{number}号"


def register_of(organ: Organ, kind: Kind, *, year: int) -> str:
    """Return the name of the register that a number is taken from: one for each organ, word and year."""
    return f"文号 {organ.code} {kind.word} {year}"


def code_of(shard: str, secret: str) -> str:
    """Return a code of 20 signs: 8 say the shard (so that any code can be routed), 12 come from secret (hex)."""
    return _signs(int(shard), SHARD_SIGNS) + _signs(int(secret, 16) % 32**SECRET_SIGNS, SECRET_SIGNS)


def normal_code(typed: str) -> str:
    """Return a code as stored from what somebody typed. Raises Refusal("code_unreadable") for anything else."""
    code = typed.upper().translate(str.maketrans("OIL", "011", "- \u3000"))
    if len(code) != SHARD_SIGNS + SECRET_SIGNS or set(code) - set(ALPHABET):
        raise refusal.Refusal("code_unreadable", length=len(code))
    return code


def shard_of(code: str) -> str:
    """Return the shard that a code (as stored) belongs to."""
    value = 0
    for sign in code[:SHARD_SIGNS]:
        value = value * 32 + ALPHABET.index(sign)
    return f"{value:012d}"


def parted(code: str) -> str:
    """Return a code in fours, as it is printed."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def _signs(value: int, count: int) -> str:
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(count)))
