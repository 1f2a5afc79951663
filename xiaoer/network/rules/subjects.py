"""How the rows of this app are journalled: plain reference data, each event replacing what it names."""

from functools import partial

from xiaoer.journal import rules as journal


def subject(kind: str, model: str, state: type, **taken: str) -> journal.Subject:
    """Register a kind of row of this app. taken: constraint -> refusal for who comes second."""
    fold = partial(journal.took_over, kind=state)
    return journal.subject(kind, model=f"network.{model}", state=state, fold=fold, taken=taken)
