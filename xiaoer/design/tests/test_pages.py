"""Pages are well made: whole HTML, unique ids, a label for every control, and light to load."""

import gzip
from collections import Counter
from itertools import pairwise

import lxml.html
import pytest
from django.template.loader import get_template
from django.test import Client

from xiaoer.design.tokens import SHEET

pytestmark = pytest.mark.django_db
PAGES = ["/", "/design/", "/design/desk/", "/help/", "/contact/", "/privacy/", "/accessibility/", "/no/such/page/"]
MOST = 150_000


def page(client: Client, path: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(client.get(path).content.decode())


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(client: Client, path: str):
    tree = page(client, path)
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    inside = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#") and len(href) > 1}
    assert inside - set(ids) == set()


@pytest.mark.parametrize("path", PAGES)
def test_what_is_named_by_id_exists(client: Client, path: str):
    tree = page(client, path)
    ids = set(tree.xpath("//@id"))
    for attribute in ("for", "aria-describedby", "aria-labelledby", "form"):
        named = {name for value in tree.xpath(f"//@{attribute}") for name in value.split()}
        assert named - ids == set(), attribute


@pytest.mark.parametrize("path", PAGES)
def test_every_control_has_a_label(client: Client, path: str):
    tree = page(client, path)
    labelled = set(tree.xpath("//label/@for"))
    for control in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert control.get("id") in labelled or control.get("aria-label"), control.get("name")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_title_and_headings_in_order(client: Client, path: str):
    levels = [int(heading.tag[1]) for heading in page(client, path).xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", ["/", "/design/"])
def test_a_page_with_all_it_loads_is_light(client: Client, path: str):
    html = client.get(path).content
    script = SHEET.with_name("xiaoer.js").read_bytes()
    weight = sum(len(gzip.compress(part)) for part in (html, SHEET.read_bytes(), script))
    assert weight < MOST


def test_the_failure_page_needs_nothing():
    html = get_template("500.html").render()
    assert "12345" in html and "our fault" in html


def test_a_page_that_does_not_exist_shows_the_way_out(client: Client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()
