"""Doors: who acts, what he may see. Every function says for whom, or is for the machinery of other apps' acts.

A view begins with one of two doors and passes on what it gets:

    officer = people.officer_of(request, "cases.work")    # 404 for everybody else
    applicant = people.applicant_of(request)

Nobody signed in is led to sign-in, an officer without second factor to it, an applicant without details to enter them:
people.middleware turns SignInNeeded, SecondFactorNeeded and PersonNeeded into those answers (401 or 403 for the API).
"""

from .. import rules
from ..models import Person, Recipient
from .doors import (
    PasswordExpired,
    PersonNeeded,
    SecondFactorNeeded,
    SignInNeeded,
    account,
    account_of,
    actor,
    applicant,
    applicant_of,
    keys_fit,
    may_administer,
    may_now,
    officer,
    officer_of,
    proved_lately,
)
from .persons import (
    MandateView,
    Masked,
    NamedFirm,
    agent_named,
    firm,
    firm_by_uscc,
    firm_for,
    firms_of,
    mandate_for,
    mandates_for,
    masked,
    named,
    person,
    person_by_number,
    person_of,
    recipient_for,
    recipients_of,
)
from .staff import (
    StaffRow,
    holding,
    manageable_organs,
    may_manage,
    names_of,
    post_for,
    posts_of,
    reset_for,
    resets_for,
    staff_for,
)

__all__ = [
    "MandateView", "Masked", "NamedFirm", "PasswordExpired", "Person", "PersonNeeded", "Recipient",
    "SecondFactorNeeded", "SignInNeeded", "StaffRow", "account", "account_of", "actor", "agent_named", "applicant",
    "applicant_of", "firm", "firm_by_uscc", "firm_for", "firms_of", "holding", "keys_fit", "manageable_organs",
    "mandate_for", "mandates_for", "masked", "may_administer", "may_manage", "may_now", "named", "names_of",
    "officer", "officer_of", "person", "person_by_number", "person_of", "post_for", "posts_of", "proved_lately",
    "recipient_for", "recipients_of", "reset_for", "resets_for", "rules", "staff_for",
]  # fmt: skip
