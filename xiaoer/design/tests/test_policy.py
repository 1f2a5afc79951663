"""One policy for every answer; only Django's own pages of errors, while developing, go without."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from xiaoer.design.middleware import PolicyMiddleware


@pytest.mark.parametrize(
    ("debug", "status", "carried"), [(False, 200, True), (False, 404, True), (True, 200, True), (True, 404, False)]
)
def test_every_answer_carries_the_policy(settings, debug, status, carried):
    settings.DEBUG = debug
    answer = PolicyMiddleware(lambda request: HttpResponse(status=status))(RequestFactory().get("/"))
    assert ("Content-Security-Policy" in answer) == carried


def test_the_policy_lets_nothing_foreign_in(settings):
    said = dict(one.split(" ", 1) for one in settings.CONTENT_SECURITY_POLICY.split("; "))
    assert said["default-src"] == "'self'" and said["object-src"] == said["frame-ancestors"] == "'none'"
    assert "script-src" not in said and "style-src" not in said and "unsafe" not in settings.CONTENT_SECURITY_POLICY
