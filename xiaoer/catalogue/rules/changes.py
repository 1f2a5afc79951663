"""What differs between two versions, part by part, for the line "what changed".  # bilingual"""

from dataclasses import fields

from .formats import Snapshot

PARTS: dict[str, tuple[str, str]] = {
    "name": ("名称", "name"),
    "organ": ("实施主体", "organ"),
    "procedure": ("程序", "procedure"),
    "kind": ("办件类型", "kind of case"),
    "limits": ("时限", "time limits"),
    "visits": ("到现场次数", "visits"),
    "channels": ("办理形式", "channels"),
    "online": ("网上办理深度", "what can be done online"),
    "conditions": ("条件", "conditions"),
    "facts": ("要填写的内容", "questions"),
    "materials": ("材料", "papers"),
    "steps": ("环节", "steps"),
    "plan": ("办理顺序", "order of steps"),
    "result": ("结果", "result"),
    "fees": ("收费", "fees"),
    "basis": ("依据", "legal basis"),
    "members": ("包含的事项", "services"),
    "contact": ("联系方式", "contact"),
    "remedies": ("救济途径", "remedies"),
    "faq": ("常见问题", "questions and answers"),
}


def changed_parts(before: Snapshot, now: Snapshot) -> list[tuple[str, str]]:
    """The parts that say something else than before, as Chinese and English words, in a fixed order."""
    names = {field.name for field in fields(now)}
    return [pair for name, pair in PARTS.items() if name in names and getattr(before, name) != getattr(now, name)]
