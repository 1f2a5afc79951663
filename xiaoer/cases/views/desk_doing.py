"""What an act of the desk needs to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiaoer.journal.services import Actor
from xiaoer.kernel.workdays import Calendar

from ..models import Case
from ..queries import CaseFile


@dataclass(frozen=True)
class Doing:
    """All that an act needs: the case, who does it, when, under which calendar."""

    file: CaseFile
    by: Actor
    at: datetime
    calendar: Calendar

    @property
    def case(self) -> Case:
        return self.file.case

    def said(self, form: Any) -> dict[str, Any]:
        """Return what every act takes, with the version that the form was made from."""
        return {"by": self.by, "now": self.at, "calendar": self.calendar, "seen": form.cleaned_data["seen"]}


Do = Callable[[Doing, Any], Any]
