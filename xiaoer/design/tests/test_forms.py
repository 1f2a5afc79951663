"""One field template for all forms: label, hint, error and control belong together."""

import datetime as dt

import lxml.html
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from xiaoer.design.fields import IdNumberField, PlaceField, TypedDateField, UploadField, id_number_fault
from xiaoer.design.sample import places


class VisitForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Agree")
    place = PlaceField(places, label="Place", required=False)


def rendered(form: forms.Form) -> lxml.html.HtmlElement:
    with translation.override("en"):
        return lxml.html.fromstring(f"<div>{form}</div>")


def test_the_control_names_its_hint_and_its_error():
    tree = rendered(VisitForm({}))
    (name,) = tree.xpath("//input[@name='name']")
    assert name.get("aria-describedby") == "id_name_helptext id_name_error"
    assert name.get("aria-invalid") == "true"
    assert "Please fill in: Name" in tree.get_element_by_id("id_name_error").text_content()


def test_the_summary_comes_first_and_leads_to_every_field():
    tree = rendered(VisitForm({}))
    assert tree[0].get("class") == "error-summary"
    targets = {href[1:] for href in tree.xpath("//div[@class='error-summary']//a/@href")}
    assert targets == {"id_name", "id_kind", "id_agree"}
    assert targets <= set(tree.xpath("//@id"))


def test_a_form_without_mistakes_has_no_summary():
    assert rendered(VisitForm()).xpath("//div[@class='error-summary']") == []


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    (group,) = rendered(VisitForm()).xpath("//fieldset[.//input[@name='kind']]")
    assert group.find("legend").text_content().strip() == "Kind"


def test_own_words_of_a_field_are_kept():
    form = forms.Form({})
    form.fields["age"] = forms.IntegerField(label="Age", error_messages={"required": "How old are you?"})
    assert "How old are you?" in rendered(form).text_content()


@pytest.mark.parametrize("typed", ["20260305", "2026-3-5", "2026/03/05", "2026年3月5日", "2026.3.5", " 2026 3 5 "])
def test_a_date_may_be_typed_as_people_write_it(typed: str):
    assert TypedDateField().clean(typed) == dt.date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["2026-2-30", "5.3.2026", "tomorrow", "2026-13-1"])
def test_a_date_that_is_none_is_refused(typed: str):
    with pytest.raises(ValidationError):
        TypedDateField().clean(typed)


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("11010519491231002X", ""),
        ("11010519491231002", "1 too few"),
        ("11010519491231002XX", "1 too many"),
        ("1101051949123100AX", "digits only"),
        ("11010519491331002X", "19491331"),
        ("110105194912310021", "does not fit"),
    ],
)
def test_an_identity_number_says_what_is_wrong(number: str, part: str):
    with translation.override("en"):
        fault = id_number_fault(number)
    assert part in fault and bool(fault) == bool(part)


def test_an_identity_number_is_kept_without_spaces_and_in_capitals():
    assert IdNumberField().clean("110105 19491231 002x") == "11010519491231002X"


def test_a_file_too_large_or_of_another_kind_is_refused():
    field = UploadField(accept=(".pdf",), largest_mb=1)
    assert field.clean(SimpleUploadedFile("plan.PDF", b"x"))
    for name, size in (("plan.pdf", 1048577), ("plan.exe", 1)):
        with pytest.raises(ValidationError):
            field.clean(SimpleUploadedFile(name, b"x" * size))


def test_a_place_is_the_deepest_code_chosen():
    chosen = {f"p_{i}": code for i, code in enumerate(["360000000000", "360400000000", "360481000000", "360481001000"])}
    field = PlaceField(places)
    value = field.widget.value_from_datadict(chosen, {}, "p")
    assert value == "360481001000"
    assert field.clean(value) == value


def test_a_place_chosen_half_way_asks_for_the_next_level():
    with pytest.raises(ValidationError, match=r"县|county"):
        PlaceField(places).clean("360400000000")


def test_a_place_outside_its_parent_is_dropped():
    forged = {"p_0": "360000000000", "p_1": "110100000000"}
    assert PlaceField(places).widget.value_from_datadict(forged, {}, "p") == "360000000000"
