"""Gather what every app registers, once all models are loaded."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings


class JournalConfig(AppConfig):
    name = "xiaoer.journal"

    def ready(self) -> None:
        for app in settings.APPS:
            for module in ("events", "rules"):
                if find_spec(f"{app}.{module}"):
                    import_module(f"{app}.{module}")
