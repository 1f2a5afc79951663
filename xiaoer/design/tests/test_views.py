"""Pages render for every reader: in both languages, with large type, in the dark, without inline style or script."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ["/", "/design/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_render_in_both_languages(client: Client, path: str):
    client.cookies["django_language"] = "zh-hans"
    assert "大字" in client.get(path).content.decode()
    client.cookies["django_language"] = "en"
    assert "Large type" in client.get(path).content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_the_choice_of_type_and_theme_reaches_the_page(client: Client, path: str):
    client.cookies["type"] = "large"
    client.cookies["theme"] = "dark"
    assert 'data-type="large" data-theme="dark"' in client.get(path).content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_style_or_script(client: Client, path: str):
    response = client.get(path)
    html = response.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_a_choice_is_kept_and_leads_back_to_the_page(client: Client):
    response = client.post(reverse("design:choose"), {"type": "large", "next": "/design/"})
    assert response["Location"] == "/design/"
    assert response.cookies["type"].value == "large"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_choice_never_leads_to_another_site(client: Client, target: str):
    response = client.post(reverse("design:choose"), {"theme": "dark", "next": target})
    assert response["Location"] == "/"


def test_an_unknown_choice_is_not_kept(client: Client):
    assert "theme" not in client.post(reverse("design:choose"), {"theme": "pink"}).cookies


def test_the_choices_work_for_a_visitor_without_a_token_and_not_for_another_site():
    visitor = Client(enforce_csrf_checks=True)
    address = reverse("design:choose")
    chosen = visitor.post(address, {"language": "en", "next": "/design/"})
    assert chosen.status_code == 302 and chosen.cookies["django_language"].value == "en"
    assert "Large type" in visitor.get("/design/").content.decode()
    assert visitor.post(address, {"language": "xx"}).cookies.get("django_language") is None
    foreign = visitor.post(address, {"theme": "dark"}, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403 and "theme" not in foreign.cookies
