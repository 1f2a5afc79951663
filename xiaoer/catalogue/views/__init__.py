"""Pages of the catalogue, for everybody: find, lists, guides, questions."""

from .guides import bundle, bundle_pdf, bundle_question, service, service_pdf, service_question
from .lists import find, offers, organ, services, suggest, topic

__all__ = [
    "bundle", "bundle_pdf", "bundle_question", "find", "offers", "organ", "service", "service_pdf", "service_question",
    "services", "suggest", "topic",
]  # fmt: skip
