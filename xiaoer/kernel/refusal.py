"""What a rule says when it says no: a key with parameters, put into words at the edge in either language.  # bilingual

>>> raise Refusal("stale", seen=3)
>>> sentence(refusal, language="en")
"""

SENTENCES: dict[str, tuple[str, str]] = {}


class Refusal(Exception):
    """A rule's no. key names the sentence, params fill it; an unknown key is a programming error and fails at once."""

    def __init__(self, key: str, **params: object) -> None:
        if key not in SENTENCES:
            raise KeyError(f"no sentence is registered for the refusal {key!r}")
        super().__init__(key)
        self.key = key
        self.params = params


def register(sentences: dict[str, tuple[str, str]]) -> None:
    """Add sentences (key -> Chinese, English), each saying what is wrong and the way out."""
    for key, pair in sentences.items():
        if SENTENCES.get(key, pair) != pair:
            raise ValueError(f"the refusal {key!r} already has another sentence")
        SENTENCES[key] = pair


def sentence(refusal: Refusal, *, language: str = "zh-hans") -> str:
    """Return the refusal as a sentence that a citizen can read."""
    chinese, english = SENTENCES[refusal.key]
    return (english if language.startswith("en") else chinese).format(**refusal.params)
