"""Tell the rules where calendars come from: they may not ask the database themselves."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "xiaoer.cases"

    def ready(self) -> None:
        from xiaoer.network import queries as network  # noqa: PLC0415 - models are ready only now

        from . import rules  # noqa: PLC0415

        rules.use_calendars(network.calendar_of)
