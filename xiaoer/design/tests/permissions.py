"""The design system is open to all."""

from tests.roles import PUBLIC, Row

ROWS = {
    "design:components": PUBLIC,
    "design:desk": PUBLIC,
    "design:choose": Row(others="refused", anonymous="refused"),
}
