"""Snapshots from and to JSON, files, and the schema."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoer.catalogue import rules
from xiaoer.catalogue.rules import codec, files
from xiaoer.catalogue.tests import make
from xiaoer.kernel.refusal import SENTENCES

LEAST = {"format": "xiaoer/service/1", "code": "draft-1", "name": "事项", "organ_name": "某局"}
DEMO_FILES = sorted(make.DEMO.glob("*.json"))


def faults_of(document: object) -> list[tuple[str, str]]:
    found = files.read_file(json.dumps(document))
    return [(fault.path, fault.key.removeprefix("catalogue.")) for fault in found.faults]


@pytest.mark.parametrize("path", DEMO_FILES, ids=lambda path: path.stem)
def test_what_is_read_is_written_again_byte_for_byte(path):
    source = path.read_text()
    assert codec.text(codec.written(codec.read(codec.parse(source)))) == source


@pytest.mark.parametrize("path", DEMO_FILES, ids=lambda path: path.stem)
def test_the_demonstration_has_nothing_that_publishing_refuses(path):
    snapshot = codec.read(codec.parse(path.read_text()))
    if isinstance(snapshot, rules.ServiceSnapshot):
        assert rules.service_faults(snapshot) == []
    else:
        members = [make.said(name) for name in make.MEMBERS]
        assert rules.bundle_faults(snapshot, {member.code: member for member in members}) == []


def test_the_schema_in_the_docs_is_the_one_that_the_code_makes():
    kept = (make.DEMO.parents[3] / "docs" / "reference" / "catalogue.schema.json").read_text()
    assert kept == codec.text(files.schema()), "run: ./run xiaoer catalogue schema --to docs/reference/…"


@pytest.mark.parametrize("path", DEMO_FILES, ids=lambda path: path.stem)
def test_the_demonstration_fits_the_schema_and_a_wrong_name_does_not(path):
    schema = jsonschema.Draft202012Validator(files.schema())
    document = json.loads(path.read_text())
    assert schema.is_valid(document)
    assert not schema.is_valid({**document, "nmae": "x"})


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": ""}, ("/name", "format.empty")),
        ({"code": "123"}, ("/code", "format.wrong_pattern")),
        ({"nmae": "x"}, ("/nmae", "format.unknown_name")),
        ({"kind": "quick"}, ("/kind", "format.not_one_of")),
        ({"visits": "0"}, ("/visits", "format.wrong_type")),
        ({"visits": -1}, ("/visits", "format.out_of_range")),
        ({"visits": True}, ("/visits", "format.wrong_type")),
        ({"materials": [{"key": "a", "name": "甲"}, {"key": "b"}]}, ("/materials/1/name", "format.missing")),
        ({"name": "甲\0"}, ("/name", "format.character")),
        ({"name": "\ud800"}, ("/name", "format.character")),
        ({"plan": {"days": 2**53}}, ("/plan/days", "format.number")),
        ({"plan": {"a/b": "\0"}}, ("/plan/a~1b", "format.character")),
        ({"plan": {"\0": 1}}, ("/plan", "format.character")),
        ({"format": "xiaoer/service/2"}, ("/format", "format.unknown_format")),
        ({"format": ["x"]}, ("/format", "format.unknown_format")),
    ],
)
def test_every_fault_has_its_place(changed, fault):
    assert faults_of({**LEAST, **changed}) == [fault]


def test_all_faults_of_a_file_are_told_with_the_place_of_their_document():
    document = {"format": "xiaoer/catalogue/1", "services": [LEAST, {**LEAST, "name": 3}, {**LEAST, "code": "draft-1"}],
                "bundles": [LEAST], "other": 1}  # fmt: skip
    assert sorted(faults_of(document)) == [
        ("/bundles/0/format", "format.unknown_format"),
        ("/other", "format.unknown_name"),
        ("/services/1/name", "format.wrong_type"),
        ("/services/2", "duplicate_code"),
    ]


@pytest.mark.parametrize(
    "source", ["", "[1]", "3", "null", '"x"', "{", '{"a":1,"a":2}', "[" * 20000, '{"format":NaN}', "{}", "9" * 5000]
)
def test_what_is_no_catalogue_is_a_fault_and_no_crash(source):
    assert files.read_file(source).faults


def test_every_fault_has_its_sentence_in_both_languages():
    for key in codec.KINDS.values():
        assert all(SENTENCES[key])


def test_the_digest_changes_with_what_is_said_and_not_with_how_it_is_written():
    first = make.said("food_licence")
    again = rules.read(json.loads(json.dumps(rules.written(first), sort_keys=True)))
    assert rules.digest(again) == rules.digest(first)
    assert rules.digest(make.said("food_licence", visits=1)) != rules.digest(first)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*LEAST, "materials", "facts", "limits", "plan", "fees"]), JSON))
def test_no_document_whatever_crashes_the_reader(changed):
    found = files.read_file(json.dumps({**LEAST, **changed}))
    assert bool(found.faults) != bool(found.snapshots)
    for fault in found.faults:
        assert rules.fault_sentence(fault, language="zh") and rules.fault_sentence(fault, language="en")
