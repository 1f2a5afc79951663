"""What the catalogue is: formats, what a matter needs, what may be published, when a version is in force."""

from xiaoer.kernel.conditions import Answer, Fault, fault_sentence

from .answers import read_answer
from .bundle_quality import bundle_faults
from .codec import ADAPTERS, Unreadable, digest, parse, read, read_bundle, read_service, text, written
from .formats import (
    BUNDLE_FORMAT,
    SERVICE_FORMAT,
    Basis,
    BundleSnapshot,
    Choice,
    Contact,
    Faq,
    Fee,
    Field,
    Limits,
    Material,
    Member,
    Origin,
    Outcome,
    ServiceSnapshot,
    Snapshot,
    Step,
    Term,
)
from .offers import (
    MaterialInCase,
    Offer,
    OfferedField,
    OfferedMaterial,
    alone,
    case_plan,
    fields_in_case,
    guiding_fields,
    known_facts,
    materials_in_case,
    members_in_case,
    merge,
    next_question,
    promised_days,
)
from .quality import labels, service_faults
from .versions import in_force, superseded

__all__ = [
    "ADAPTERS", "BUNDLE_FORMAT", "SERVICE_FORMAT", "Answer", "Basis", "BundleSnapshot", "Choice", "Contact", "Faq",
    "Fault", "Fee", "Field", "Limits", "Material", "MaterialInCase", "Member", "Offer", "OfferedField",
    "OfferedMaterial", "Origin", "Outcome", "ServiceSnapshot", "Snapshot", "Step", "Term", "Unreadable", "alone",
    "bundle_faults", "case_plan", "digest", "fault_sentence", "fields_in_case", "guiding_fields", "in_force",
    "known_facts", "labels", "materials_in_case", "members_in_case", "merge", "next_question", "parse",
    "promised_days", "read", "read_answer", "read_bundle", "read_service", "service_faults", "superseded", "text",
    "written",
]  # fmt: skip
