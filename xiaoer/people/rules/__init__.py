"""Who may do what: roles, permissions, officers, applicants; what an identity number must be.  # bilingual

Other apps add their permissions here, each in its own rules.py:

    permission("cases.decide", roles={"approver"}, zh="作出审批决定", en="decide on cases")

and ask ``may(officer, "cases.decide", organ=case.handled_by, service=case.service_code)``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import Any, Literal
from uuid import UUID

from xiaoer.journal import rules as journal
from xiaoer.kernel import codes, refusal
from xiaoer.kernel.refusal import Refusal
from xiaoer.network import rules as network

from .recipients import MOST_RECIPIENTS as MOST_RECIPIENTS

SHANGHAI = timezone(timedelta(hours=8))
Reach = Literal["organ", "branch", "region", "everywhere"]
"""How far a post carries: its organ alone; also organs below it; every organ of its region and below; the platform."""


@dataclass(frozen=True)
class Role:
    name: str
    zh: str
    en: str


@dataclass(frozen=True)
class Permission:
    """What holders of any of the roles may do, as far as reach says."""

    name: str
    roles: frozenset[str]
    reach: Reach
    zh: str
    en: str


ROLES: dict[str, Role] = {}
PERMISSIONS: dict[str, Permission] = {}


def role(name: str, *, zh: str, en: str) -> None:
    """Register a role (岗位角色). ValueError when the name is taken."""
    if name in ROLES:
        raise ValueError(f"the role {name!r} is registered twice")
    ROLES[name] = Role(name, zh, en)


def permission(name: str, *, roles: Iterable[str], reach: Reach = "organ", zh: str, en: str) -> None:
    """Register a permission. ValueError for a name that is taken or a role that nobody registered."""
    held = frozenset(roles)
    if name in PERMISSIONS:
        raise ValueError(f"the permission {name!r} is registered twice")
    if held - set(ROLES):
        raise ValueError(f"{name}: no such roles {sorted(held - set(ROLES))}")
    PERMISSIONS[name] = Permission(name, held, reach, zh, en)


role("clerk", zh="窗口收件", en="window clerk")
role("reviewer", zh="审查", en="reviewer")
role("approver", zh="审批", en="approver")
role("head", zh="机关负责人", en="head of organ")
role("hall_manager", zh="大厅管理", en="hall manager")
role("supervisor", zh="监督", en="supervisor")
role("item_manager", zh="事项管理", en="catalogue manager")
role("organ_admin", zh="机关管理员", en="organ administrator")
role("operator", zh="系统管理员", en="platform operator")

permission(
    "people.staff", roles={"organ_admin", "head"}, reach="branch", zh="管理本机关人员", en="manage the organ's staff"
)
permission(
    "people.staff_anywhere", roles={"operator"}, reach="region", zh="管理地区内人员", en="manage staff of a region"
)
permission(
    "people.reveal", roles={"clerk", "reviewer", "approver", "head"}, reach="everywhere", zh="查看被遮盖的个人信息",
    en="see masked personal values",
)  # fmt: skip
permission(
    "people.verify", roles={"clerk"}, reach="everywhere", zh="当面核验身份", en="verify an identity face to face"
)
permission(
    "network.organs", roles={"operator"}, reach="region", zh="管理区划、机关与大厅", en="manage places and organs"
)
permission(
    "network.halls", roles={"hall_manager", "organ_admin"}, zh="管理本机关大厅与窗口", en="manage the organ's halls"
)
permission("network.calendars", roles={"operator"}, reach="region", zh="公布工作日历", en="publish working calendars")


@dataclass(frozen=True)
class PostFacts:
    """One post that holds today. organ_path: ids from the topmost organ down. services: empty for all."""

    role: str
    organ_id: UUID
    organ_path: str
    region_code: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Officer:
    """Somebody who works for an organ, with the posts that hold today."""

    account_id: UUID
    name: str
    posts: tuple[PostFacts, ...]

    @property
    def organ_ids(self) -> frozenset[UUID]:
        return frozenset(post.organ_id for post in self.posts)


@dataclass(frozen=True)
class FirmFacts:
    """A firm somebody may act for. kind: legal_rep or agent. services: codes, empty for all."""

    firm_id: UUID
    shard: str
    kind: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Applicant:
    """Somebody who applies: for himself, or for one of the firms. assurance: how sure we are who he is."""

    account_id: UUID
    person_id: UUID
    person_shard: str
    name: str
    assurance: int
    firms: tuple[FirmFacts, ...] = ()


def grantable(officer: Officer) -> list[str]:
    """Return the roles an administrator may give: operators and supervisors are named by operators alone."""
    above = {"operator", "supervisor"}
    return [name for name in ROLES if name not in above or posts_with(officer, "people.staff_anywhere")]


def posts_with(officer: Officer, name: str) -> tuple[PostFacts, ...]:
    """Return the officer's posts that carry a permission: what lists are filtered by. KeyError for an unknown name."""
    roles = PERMISSIONS[name].roles
    return tuple(post for post in officer.posts if post.role in roles)


def may(
    officer: Officer,
    name: str,
    *,
    organ: UUID | None = None,
    organ_path: str = "",
    region: str = "",
    service: str = "",
) -> bool:
    """Whether an officer holds a permission for an organ, a region and a service; without them, whether anywhere.

    organ decides for the reach "organ", organ_path (of the object's organ) for "branch", region for "region".
    """
    reach = PERMISSIONS[name].reach
    return any(
        _covers(post, reach, organ, organ_path, region)
        and (not service or not post.services or service in post.services)
        for post in posts_with(officer, name)
    )


def _covers(post: PostFacts, reach: Reach, organ: UUID | None, organ_path: str, region: str) -> bool:
    if reach == "everywhere" or not (organ or organ_path or region):
        return True
    if reach == "region":
        return bool(region) and network.within(region, post.region_code)
    if reach == "branch" and organ_path:
        return organ_path.startswith(post.organ_path)
    return organ is not None and post.organ_id == organ


def may_act_for(applicant: Applicant, firm_id: UUID, *, service: str = "") -> bool:
    """Whether an applicant may act for a firm, in a service (民法典 161-165)."""
    return any(
        firm.firm_id == firm_id and (not service or not firm.services or service in firm.services)
        for firm in applicant.firms
    )


ID_KINDS = {
    "resident": ("居民身份证", "resident identity card"),
    "passport": ("护照", "passport"),
    "hk_mo_permit": ("港澳居民来往内地通行证", "mainland travel permit for Hong Kong and Macao residents"),
    "tw_permit": ("台湾居民来往大陆通行证", "mainland travel permit for Taiwan residents"),
    "hmt_residence": ("港澳台居民居住证", "residence permit for Hong Kong, Macao and Taiwan residents"),
    "foreign_permanent": ("外国人永久居留身份证", "foreign permanent resident card"),
}
RESIDENT_FORM = {"resident", "hmt_residence"}
ID_FORMS = {
    "passport": (r"[A-Z0-9]{5,17}", "G12345678"),
    "hk_mo_permit": (r"[HM]\d{8}(\d{2})?", "H12345678"),
    "tw_permit": (r"\d{8}|\d{10}[A-Z]?", "12345678"),
    "foreign_permanent": (r"[A-Z]{3}\d{12}|9\d{17}|9\d{16}X", "911124198108030024"),
}
FIRM_KINDS = {
    "company": ("公司", "company"),
    "individual": ("个体工商户", "individual business"),
    "partnership": ("合伙企业", "partnership"),
    "cooperative": ("农民专业合作社", "farmers' cooperative"),
    "institution": ("事业单位", "public institution"),
    "association": ("社会组织", "association"),
}
ASSURANCE = {
    1: ("本人填写", "as stated"),
    2: ("联网核对", "checked online"),
    3: ("当面核验", "verified face to face"),
}
AT_WINDOW = "窗口当面核验证件"
"""How a clerk verified an identity, as it stands in the journal."""
MANDATE_KINDS = {"legal_rep": ("法定代表人", "legal representative"), "agent": ("经办人", "agent")}

refusal.register(
    {
        "id_form": (
            "{kind}的号码不对。正确的样子如：{example}。请对照证件核对。",
            "The number does not fit a {kind_en}. It looks like {example}. Please compare it with the document.",
        ),
        "id_known": (
            "这个证件号码已经登记过。如果是您本人，请用原账号登录，或带上证件到任一窗口关联账号。",
            "This document is already entered. If it is yours, use your earlier account or bring it to any window.",
        ),
        "person_known": ("您的个人信息已经登记，请直接修改。", "Your details are entered; change them instead."),
        "firm_known": (
            "该企业已经登记。请让法定代表人授权您为经办人，或带上营业执照到任一窗口办理。",
            "The firm is entered already. Ask its legal representative for a mandate, or come to a window.",
        ),
        "not_legal_rep": (
            "只有法定代表人可以授权和取消授权。",
            "Only the legal representative gives and revokes mandates.",
        ),
        "mandate_person": (
            "没有找到这个人。请核对姓名和证件号码；对方须先在本平台登记个人信息。",
            "No such person. Check name and number; the person must have entered their details on this platform first.",
        ),
        "mandate_twice": ("此人已是该企业的经办人。", "This person already acts for the firm."),
        "period": ("结束日期要晚于开始日期。", "The last day must be after the first."),
        "post_twice": ("此人已有这个岗位。", "This person already holds the post."),
        "mandate_ended": ("这项授权已经取消。", "The mandate has been taken back already."),
        "post_ended": ("这个岗位已经结束。", "The post has ended already."),
        "username_twice": (
            "工号{username}已经有人使用。请换一个。",
            "The staff number {username} is taken. Choose another.",
        ),
        "phone_taken": (
            "这个手机号已经是另一个账号的。请换一个。",
            "Another account uses this phone number. Choose another.",
        ),
        "reset_open": (
            "这个账号的重置申请正在等待另一位管理员审定。",
            "A reset of this account is waiting for another administrator already.",
        ),
        "reset_same": (
            "申请和审定必须是两个人。请另一位管理员审定。",
            "Who asks cannot decide. Another administrator must decide.",
        ),
        "reset_self": ("不能重置自己的第二步验证。", "Nobody resets their own second factor."),
        "reason_missing": ("请写明理由。", "Please give a reason."),
    }
)  # fmt: skip


def firm_shard(uscc: str) -> str:
    """Return the shard of a firm: the county of registration in its code (digits 3 to 8)."""
    return f"{uscc[2:8]}000000"


def county_of(region_code: str) -> str:
    """Return the county of a region: the shard of who is entered there."""
    return network.county_of(region_code)


def digits(region_code: str) -> str:
    """Return the leading digits that all codes in a region share."""
    return network.digits(region_code)


def day_of(now: datetime) -> date:
    """Return the day of an instant in Shanghai: "day" is Asia/Shanghai everywhere."""
    return now.astimezone(SHANGHAI).date()


def normal_id(kind: str, number: str) -> str:
    """Return an identity number as stored: without spaces, in capitals."""
    return re.sub(r"\s", "", number).upper()


def check_id(kind: str, number: str) -> Refusal | None:
    """Return what is wrong with an identity number of a kind, or None (GB 11643 for the forms of 18 digits)."""
    if kind in RESIDENT_FORM:
        return codes.check_resident_id(number)
    form, example = ID_FORMS[kind]
    if re.fullmatch(form, number):
        return None
    return Refusal("id_form", kind=ID_KINDS[kind][0], kind_en=ID_KINDS[kind][1], example=example)


def check_period(valid_from: date, valid_to: date | None) -> None:
    """Raise Refusal period unless the half-open period holds a day."""
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal("period")


@dataclass(frozen=True)
class PersonState:
    account_id: UUID | None
    name: str
    id_kind: str
    id_number: str
    id_index: str
    phone: str
    assurance: int


@dataclass(frozen=True)
class FirmState:
    name: str
    uscc: str
    kind: str
    legal_rep_id: UUID | None
    legal_rep_shard: str
    assurance: int


@dataclass(frozen=True)
class MandateState:
    person_id: UUID
    firm_id: UUID
    firm_shard: str
    kind: str
    services: list[str]
    valid_from: date
    valid_to: date | None
    granted_by: UUID


@dataclass(frozen=True)
class PostState:
    account_id: UUID
    role: str
    organ_id: UUID
    region_code: str
    services: list[str]
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class FactorResetState:
    account_id: UUID
    organ_id: UUID
    reason: str
    asked_by: str
    outcome: str = ""
    decided_by: str = ""


def fold_reset(state: FactorResetState | None, event: journal.Event) -> FactorResetState:
    """Fold for a lost second factor: two persons, who asks cannot decide."""
    if state is None:
        return FactorResetState(event.data.account_id, event.data.organ_id, event.data.reason, event.actor)
    if state.outcome:
        raise Refusal("stale")
    if event.actor == state.asked_by:
        raise Refusal("reset_same")
    return FactorResetState(
        state.account_id, state.organ_id, state.reason, state.asked_by, event.data.outcome, event.actor
    )


def _subject(kind: str, model: str, state: type, **taken: str) -> journal.Subject:
    fold: Any = partial(journal.took_over, kind=state)
    return journal.subject(kind, model=f"people.{model}", state=state, fold=fold, taken=taken)


PERSON = _subject("person", "Person", PersonState, people_person_id="id_known", people_person_account="person_known")
FIRM = _subject("firm", "Firm", FirmState, people_firm_uscc="firm_known")
MANDATE = _subject("mandate", "Mandate", MandateState)
POST = _subject("post", "Post", PostState)
FACTOR_RESET = journal.subject(
    "factor_reset", model="people.FactorReset", state=FactorResetState, fold=fold_reset,
    taken={"people_reset_open": "reset_open"},
)  # fmt: skip
