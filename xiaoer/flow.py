"""What leads to what: event name -> handlers, timer name -> alarms. The whole process on one page."""

from xiaoer.journal.services import Flow
from xiaoer.journal.services.timers import Alarm

HANDLERS: Flow = {}

ALARMS: dict[str, Alarm] = {}
