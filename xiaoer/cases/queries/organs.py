"""Which organs have a part in a case: the plan names them by credit code."""

from uuid import UUID

from xiaoer.network import queries as network

from ..models import Case


def organs_of(case: Case) -> dict[str, UUID]:
    """Return uscc -> id of the organs named in the case's plan; an unknown code is left to the case's own organ."""
    named = {node.get("organ", "") for node in case.plan["nodes"]} - {""}
    return network.answering(named)
