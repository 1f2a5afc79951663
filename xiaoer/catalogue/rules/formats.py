"""The two formats of the catalogue, as frozen data: "xiaoer/service/1" (实施清单) and "xiaoer/bundle/1" (一件事).

A snapshot is what was published: it never changes, its digest is the cache key of every page made from it. What a draft
may lack has a default; what publishing needs is asked by `quality`. Defaults are left out of the JSON (`codec`).

Sources: fields of the national implementation list (GB/T 39554, domain.md B.2-B.4); plan and conditions: kernel.
"""

from dataclasses import field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, StringConstraints
from pydantic import Field as Within
from pydantic.dataclasses import dataclass

from xiaoer.kernel.plan import Plan

SERVICE_FORMAT = "xiaoer/service/1"
BUNDLE_FORMAT = "xiaoer/bundle/1"
CLOSED = ConfigDict(extra="forbid")

Condition = dict[str, Any]
"""A condition of kernel.conditions over facts; None stands for always."""
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Code = Annotated[str, StringConstraints(pattern=r"^([0-9A-Z]{31}|draft-[0-9A-Za-z_.-]{1,25})$")]
HandleCode = Annotated[str, StringConstraints(pattern=r"^([0-9A-Z]{33})?$")]
Region = Annotated[str, StringConstraints(pattern=r"^([0-9]{12})?$")]
Text = Annotated[str, StringConstraints(max_length=5000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Count = Annotated[int, Within(ge=0, le=1_000_000)]

Unit = Literal["working_days", "calendar_days", "months", "hours", "at_once"]
Procedure = Literal["licence", "registration", "filing", "promise", "confirmation", "benefit", "public"]
CaseKind = Literal["immediate", "promised", "report_up"]
FieldKind = Literal[
    "text", "long_text", "number", "yes_no", "choice", "choices", "date", "id_number", "uscc", "phone", "email",
    "address", "region", "money",
]  # fmt: skip
Way = Literal["upload", "licence", "exchange", "earlier_case", "commitment"]
Audience = Literal["person", "firm", "institution", "social", "unincorporated", "organ", "other"]
Channel = Literal["window", "online", "post", "kiosk", "app"]
Depth = Literal["", "information", "preview", "apply", "full"]


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Choice:
    """One answer that can be chosen."""

    value: Key
    label: Name
    label_en: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Field:
    """One question of the form. key: the data element; the same key in two services is one question, asked once.

    when: asked only if this is not no. required: once asked, it must be answered. prefill: where the answer is known
    from, as person.name, person.id_number, person.phone, firm.name, firm.uscc, firm.address."""

    key: Key
    kind: FieldKind
    label: Name
    label_en: Text = ""
    why: Text = ""
    why_en: Text = ""
    choices: tuple[Choice, ...] = ()
    unit: Text = ""
    unit_en: Text = ""
    personal: bool = False
    required: bool = True
    when: Condition | None = None
    group: Text = ""
    group_en: Text = ""
    autocomplete: Text = ""
    prefill: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Material:
    """One paper or datum needed (申请材料). key: the same in two services is one paper, handed in once.

    need: deferrable is 容缺后补 (domain E.6). when: needed only if this is yes. ways: how it can be satisfied, the
    first that is possible is offered first. licence_type: of `licence` (and what an earlier member of a bundle
    issues). basis: the law that allows to ask for it (优化营商环境条例: no basis, no paper)."""

    key: Key
    name: Name
    name_en: Text = ""
    need: Literal["required", "optional", "deferrable"] = "required"
    when: Condition | None = None
    ways: tuple[Way, ...] = ("upload",)
    licence_type: Text = ""
    formats: tuple[str, ...] = ("pdf", "jpg", "png")
    max_mb: Count = 10
    copies: Count = 1
    form: Literal["original", "copy", "both"] = "original"
    source: Literal["applicant", "organ", "other"] = "applicant"
    basis: Text = ""
    accept_standard: Text = ""
    accept_standard_en: Text = ""
    sample: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Term:
    """A length of time. count is 0 for at_once (即办, 当场)."""

    count: Count
    unit: Unit = "working_days"


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Extension:
    """The largest extension and who may grant it (行政许可法 42: head of the organ, or of the government)."""

    count: Count
    unit: Unit = "working_days"
    authority: Literal["organ_head", "government_head"] = "organ_head"


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Limits:
    """Statutory limit (法定办结时限), promised limit (承诺办结时限), largest extension."""

    statutory: Term | None = None
    promised: Term | None = None
    extension: Extension | None = None


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Special:
    """A special procedure whose time is not counted (行政许可法 45), with the time it usually takes."""

    ground: Text
    name: Name
    usual: Term | None = None


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Basis:
    """A legal basis (设定依据). verified no: taken from a source that nobody has checked, shown as an example."""

    law: Name
    article: Text = ""
    verified: bool = False


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Step:
    """A step as people are told it (办理流程). key: the node of the plan, or apply, accept, deliver and the like."""

    key: Key
    name: Name
    name_en: Text = ""
    term: Term | None = None
    standard: Text = ""
    standard_en: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Fee:
    """A fee (收费). fen: the amount when it is fixed; standard: in words. online: can be paid online.

    due: when it is billed; the delivery of a granted result waits for it, acceptance and decision never.
    refundable: goes back when the case ends without a grant.
    """

    name: Name
    standard: Text = ""
    fen: Count | None = None
    basis: Text = ""
    online: bool | None = None
    reducible: Text = ""
    due: Literal["acceptance", "grant"] = "acceptance"
    refundable: bool | None = None


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Outcome:
    """What a grant gives (审批结果). delivery: window, post, download."""

    kind: Literal["licence", "document", "none"]
    name: Text = ""
    name_en: Text = ""
    licence_type: Text = ""
    validity_months: Count | None = None
    sample: Text = ""
    delivery: tuple[Literal["window", "post", "download"], ...] = ("window",)


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Contact:
    """Where to ask and where to complain: two different telephones, with area code."""

    phone: Text = ""
    complaint_phone: Text = ""
    address: Text = ""
    address_en: Text = ""
    hours: Text = ""
    hours_en: Text = ""
    transit: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Remedies:
    """Who reviews (行政复议) and which court hears (行政诉讼) an adverse decision."""

    review: Text = ""
    review_en: Text = ""
    court: Text = ""
    court_en: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Faq:
    """A common question and its answer."""

    question: Name
    answer: Name
    question_en: Text = ""
    answer_en: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Origin:
    """Where the content comes from. kind: example (made for demonstration), guide (facts of a published guide, place
    named: maybe another province), own (the organ's own)."""

    kind: Literal["example", "guide", "own"]
    source: Text = ""
    place: Text = ""
    dated: Text = ""
    quality: Text = ""
    note: Text = ""


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class ServiceSnapshot:
    """One service as one organ offers it (实施清单), format "xiaoer/service/1".

    code: 31 characters (domain B.2), in a draft without one "draft-…". level: 1 国家 … 6 村. type: 01 行政许可 … 20
    公共服务 (domain B.3). keywords: what people call it. materials None: not known; (): none is needed. plan: JSON of
    kernel.plan, its conditions over facts."""

    format: Literal["xiaoer/service/1"]
    code: Code
    name: Name
    organ_name: Name
    region_name: Text = ""
    handle_code: HandleCode = ""
    name_en: Text = ""
    summary: Text = ""
    summary_en: Text = ""
    organ: Text = ""
    organ_name_en: Text = ""
    region: Region = ""
    level: Literal["", "1", "2", "3", "4", "5", "6"] = ""
    type: Annotated[str, StringConstraints(pattern=r"^([0-9]{2})?$")] = ""
    procedure: Procedure = "licence"
    kind: CaseKind = "promised"
    basis: tuple[Basis, ...] = ()
    limits: Limits = field(default_factory=Limits)
    special: tuple[Special, ...] = ()
    audience: tuple[Audience, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[Text, ...] = ()
    visits: Count | None = None
    visit_reason: Text = ""
    visit_reason_en: Text = ""
    online: Depth = ""
    channels: tuple[Channel, ...] = ()
    conditions: tuple[Text, ...] = ()
    conditions_en: tuple[Text, ...] = ()
    facts: tuple[Field, ...] = ()
    questions: tuple[Key, ...] = ()
    materials: tuple[Material, ...] | None = None
    steps: tuple[Step, ...] = ()
    plan: dict[str, Any] | None = None
    result: Outcome | None = None
    fees: tuple[Fee, ...] | None = None
    contact: Contact = field(default_factory=Contact)
    remedies: Remedies = field(default_factory=Remedies)
    faq: tuple[Faq, ...] = ()
    origin: Origin | None = None

    def read_plan(self) -> Plan:
        """The plan of the kernel. Raises PlanError for a draft without one or with an unreadable one."""
        return Plan.from_json(self.plan)


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class Member:
    """One service of a bundle. when: it is in the case if this is yes. after: over outcomes of members (by their keys).
    pre_review: its papers are looked at before `after` is decided (优化营商环境条例; domain E.2)."""

    key: Key
    service: Code
    when: Condition | None = None
    after: Condition | None = None
    pre_review: bool = False


@dataclass(frozen=True, kw_only=True, config=CLOSED)
class BundleSnapshot:
    """Several services behind one form (一件事), format "xiaoer/bundle/1", as its author writes it.

    facts: questions of the bundle itself, and those of members that it words anew. questions: the guided order, by
    keys. result: rows and default of kernel.plan over member keys; None: granted when all members are ok."""

    format: Literal["xiaoer/bundle/1"]
    key: Key
    name: Name
    region: Region
    lead_organ_name: Name
    members: tuple[Member, ...]
    region_name: Text = ""
    name_en: Text = ""
    summary: Text = ""
    summary_en: Text = ""
    lead_organ: Text = ""
    lead_organ_name_en: Text = ""
    audience: tuple[Audience, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[Text, ...] = ()
    facts: tuple[Field, ...] = ()
    questions: tuple[Key, ...] = ()
    result: dict[str, Any] | None = None
    basis: tuple[Basis, ...] = ()
    faq: tuple[Faq, ...] = ()
    contact: Contact = field(default_factory=Contact)
    origin: Origin | None = None


Snapshot = ServiceSnapshot | BundleSnapshot
