"""Codes of kinds of licences (证照类型代码, GB/T 36904): credit code of the defining department and three digits.

Only the food licence's code was seen in a source; the others are examples in the same form and are to be set to the
national catalogue's when it is at hand (docs/reference).
"""

MARKET_REGULATION = "11100000MB0143028R"

LICENCE_TYPES = {
    "business_licence": f"{MARKET_REGULATION}001",
    "food_licence": f"{MARKET_REGULATION}022",
}
OTHER = f"{MARKET_REGULATION}999"


def licence_type_code(key: str) -> str:
    """Return the code of a kind of licence that the catalogue names."""
    return LICENCE_TYPES.get(key, OTHER)
