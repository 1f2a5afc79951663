"""What is shown of a personal code where the whole is not needed (个人信息保护法, 2021-11-01, arts 6, 51).

A mask keeps the length, and of anything too short to hide it shows nothing at all.
"""


def mask_name(name: str) -> str:
    """A person's name: the first character, 张*."""
    return _masked(name, first=1, last=0, hidden=1)


def mask_id(number: str) -> str:
    """An identity or passport number: 3601**********1234; of a short one the first and the last two, E******12."""
    return (
        _masked(number, first=4, last=4, hidden=6) if len(number) > 10 else _masked(number, first=1, last=2, hidden=4)
    )


def mask_phone(number: str) -> str:
    """A telephone number: 138****5678; of a short one the last two."""
    return (
        _masked(number, first=3, last=4, hidden=4) if len(number) > 10 else _masked(number, first=0, last=2, hidden=4)
    )


def mask_bank(account: str) -> str:
    """A bank account: the last four."""
    return _masked(account, first=0, last=4, hidden=4)


def _masked(text: str, *, first: int, last: int, hidden: int) -> str:
    middle = len(text) - first - last
    if middle < hidden:
        return "*" * len(text)
    return text[:first] + "*" * middle + text[len(text) - last :]
