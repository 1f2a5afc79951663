"""xiaoer catalogue: convert, import, export, by the command line on a database of its own."""

import json

import pytest

from xiaoer.catalogue.models import SearchToken, ServiceVersion
from xiaoer.catalogue.tests import make
from xiaoer.catalogue.tests.test_guides import CARD, ENERGY, FELLING
from xiaoer.cli import main

DEMO = [str(make.DEMO / f"{name}.json") for name in (*make.MEMBERS, "open_restaurant")]


@pytest.fixture
def drafts(tmp_path, capsys):
    source, out = tmp_path / "guides.jsonl", tmp_path / "out.json"
    lines = [
        json.dumps(guide, ensure_ascii=False) for guide in (FELLING, CARD, {**CARD, "id": "bad", "name": ""}, ENERGY)
    ]
    source.write_text("\n".join([*lines, "{no json"]))
    assert main(["catalogue", "convert", str(source), "--to", str(out)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["converted\t3", "refused\t2"]
    assert sum("\tdraft\t" in line for line in said) == 3 and sum("\trefused\t" in line for line in said) == 2
    return out


@pytest.mark.django_db
def test_what_is_imported_is_exported_byte_for_byte(drafts, tmp_path, capsys):
    assert main(["catalogue", "import", str(drafts), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"importable": 3, "refused": 0, "problems": []}
    back = tmp_path / "back.json"
    assert main(["catalogue", "export", "--to", str(back)]) == 0
    assert back.read_bytes() == drafts.read_bytes()
    assert main(["catalogue", "import", str(back)]) == 0
    assert set(ServiceVersion.objects.values_list("number", "version")) == {(1, 1)}, "nothing changed"


@pytest.mark.django_db
def test_one_service_and_one_bundle_are_exported_alone(capsys):
    assert main(["catalogue", "import", *DEMO]) == 0
    capsys.readouterr()
    for name, key in (("open_restaurant", "open_restaurant"), ("food_licence", make.said("food_licence").code)):
        assert main(["catalogue", "export", key]) == 0
        assert capsys.readouterr().out == (make.DEMO / f"{name}.json").read_text()
    assert main(["catalogue", "export", "nothing"]) == 1


@pytest.mark.django_db
def test_one_fault_refuses_its_file_and_no_other(drafts, tmp_path, capsys):
    broken = json.loads(drafts.read_text())
    del broken["services"][1]["name"]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(broken))
    assert main(["catalogue", "import", str(bad), DEMO[0], "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["importable"], said["refused"]) == (1, 3)
    assert [(p["file"], p["path"], p["key"]) for p in said["problems"]] == [
        (str(bad), "/services/1/name", "catalogue.format.missing")
    ]
    assert [version.service.name for version in ServiceVersion.objects.all()] == [make.said(make.MEMBERS[0]).name]


def test_checking_touches_no_database(drafts, capsys):
    assert main(["catalogue", "import", str(drafts), *DEMO, "--check"]) == 0
    assert capsys.readouterr().out == "importable\t9\nrefused\t0\n"


@pytest.mark.django_db
def test_the_search_tables_are_written_anew(capsys):
    make.published("signboard")
    rows = SearchToken.objects.count()
    SearchToken.objects.all().delete()
    assert main(["catalogue", "index"]) == 0
    assert SearchToken.objects.count() == rows and capsys.readouterr().out == f"indexed\t{rows + 1}\n"


def test_a_file_that_is_not_there_is_said(capsys):
    assert main(["catalogue", "import", "nowhere.json", "--check"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
