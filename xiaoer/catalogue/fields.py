"""A column that holds a JSON document as the text in which it was written: its names keep their order."""

import json
from typing import Any

from django.db import models


class DocumentField(models.TextField):
    """JSON as text. jsonb would sort the names inside conditions, and export would not give back what was imported."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
