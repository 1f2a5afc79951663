"""Addresses that belong to no app: the admin of reference data, the API's description."""

from .roles import PUBLIC, Row

ROWS = {
    "admin:*": Row(others="sign_in"),
    "admin:login": Row(others="refused"),
    "admin:logout": Row(others="elsewhere", anonymous="elsewhere"),
    "admin:jsi18n": Row(others="sign_in"),
    "api-1:openapi-json": PUBLIC,
    "api-1:api-root": Row(others="missing", anonymous="missing"),
}
