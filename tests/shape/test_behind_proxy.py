"""Behind a proxy that ends TLS the redirect to https must end: see docs/howto/deploy.md."""

import os
import subprocess
import sys

from .tree import ROOT

ASK = """
import django; django.setup()
from django.test import Client; path = "/api/openapi.json"
plain, told = Client().get(path), Client().get(path, headers={"x-forwarded-proto": "https"})
print(plain.status_code, told.status_code)
"""


def test_a_request_that_came_by_tls_is_not_redirected_again(tmp_path):
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "xiaoer.settings", "XIAOER_VAR": str(tmp_path), "XIAOER_HTTPS": "yes",
        "XIAOER_PROXIES": "1", "XIAOER_HOSTS": "testserver", "XIAOER_DEBUG": "yes",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["301", "200"], done.stderr[-2000:]
