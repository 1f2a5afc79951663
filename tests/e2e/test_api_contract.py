"""The API does what its description says: schemathesis sends what it allows and what it forbids, as nobody, as an
applicant, as an officer; no 5xx, no undeclared status, no body of another shape."""

from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings, strategies
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.roles import Stage, stage
from tests.shape.test_permission_walk import tables
from xiaoer.cases.tests import make

pytestmark = pytest.mark.tools
load_all_checks()
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
BOUNDED = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TOKEN = "t" * 32


@dataclass(frozen=True)
class Caller:
    """Who calls, with session and token."""

    client: Client

    def call(self, case: Any) -> Any:
        cookies = {"csrftoken": TOKEN, **{name: morsel.value for name, morsel in self.client.cookies.items()}}
        return case.call(cookies=cookies, headers={"X-CSRFToken": TOKEN, "Accept-Encoding": "identity"})


@pytest.fixture
def built(fresh_database) -> Stage:
    made = stage()
    for table in tables():
        if hasattr(table, "prepare"):
            table.prepare(made)
    return made


def known_of(built: Stage) -> dict[str, Any]:
    """Return what stands in the addresses for things that are really there."""
    things = built.things
    return {
        "number": things["desk_case"].number, "step": str(things["desk_step"].id), "code": make.CODES["food"],
        "region": "360481000000", "key": "open_restaurant", "draft": str(things["draft"]),
        "bill": things["bill"], "question": str(things["question"]),
    }  # fmt: skip


@pytest.mark.parametrize("role", ["nobody", "owner", "clerk", "approver"])
def test_the_api_keeps_to_its_description(role, built):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    caller, known, faults = Caller(built.client(role)), known_of(built), []
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in schemathesis.GenerationMode:
            try:
                _attack(operation, mode, caller, known)
            except Unsatisfiable:  # there is no wrong way to ask: a text may be anything
                pass
            except (
                Exception,
                BaseExceptionGroup,
            ) as fault:  # all that is wrong is told together
                faults.append(f"{operation.label} ({mode.value}): {fault}")
    assert not faults, "\n\n".join(faults)


def _attack(operation: Any, mode: Any, caller: Caller, known: dict[str, Any]) -> None:
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode), real=strategies.booleans())
    def attack(case: Any, real: bool) -> None:
        if real:
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        case.validate_response(caller.call(case), checks=CHECKS)

    attack()
