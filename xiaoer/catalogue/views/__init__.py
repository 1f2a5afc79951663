"""Pages of the catalogue, for everybody: find, lists, guides, questions."""

from .guides import bundle, bundle_question, service, service_question
from .lists import find, organ, services, suggest, topic

__all__ = ["bundle", "bundle_question", "find", "organ", "service", "service_question", "services", "suggest", "topic"]
