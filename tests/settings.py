"""The product's settings with what tests need: a ledger to try the spine on, and speed where safety is not tried."""

import os

from xiaoer.settings import *  # noqa: F403
from xiaoer.settings import APPS, DATABASES, INSTALLED_APPS, LOGGING, VAR_DIR

APPS = [*APPS, "tests.ledger"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.ledger"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "test-files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and "XIAOER_DATABASE_URL" not in os.environ:
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON;"
    )

LOGGING["loggers"]["xiaoer.request"] = {"level": "WARNING"}
