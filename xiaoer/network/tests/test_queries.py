"""Reading the five levels."""

import pytest

from xiaoer.network import queries

from . import make


@pytest.mark.django_db
def test_a_region_has_its_children_and_all_that_lies_below():
    make.regions()
    assert [row.code for row in queries.children(make.CITY)] == [make.COUNTY, make.OTHER_COUNTY]
    assert [row.name for row in queries.descendants(make.COUNTY)] == ["瑞昌市", "码头镇", "码头社区"]
    assert [row.name for row in queries.children("")] == ["江西省"]
    assert not queries.descendants("999999000000").exists()


@pytest.mark.django_db
def test_the_name_of_a_region_says_all_that_stand_above_it():
    make.regions()
    assert queries.region_name(make.TOWN) == "江西省九江市瑞昌市码头镇"


@pytest.mark.django_db
def test_organs_of_a_region_are_found_alone_or_with_those_below():
    county = make.organ()
    town = make.organ("码头镇人民政府", region_code=make.TOWN, kind="town")
    other = make.organ("共青城市行政审批局", region_code=make.OTHER_COUNTY)
    assert list(queries.organs_in(make.COUNTY)) == [county]
    assert list(queries.organs_in(make.COUNTY, deep=True)) == [county, town]
    assert set(queries.organs_in(make.CITY, deep=True)) == {county, town, other}
    assert queries.organ_by_uscc(county.uscc) == county and queries.organ(county.id) == county


@pytest.mark.django_db
def test_an_organ_below_another_carries_its_path():
    above = make.organ()
    below = make.organ("瑞昌市行政审批局码头分局", parent=above)
    assert below.path == f"{above.id}/{below.id}/" and below.parent_id == above.id


@pytest.mark.django_db
def test_halls_of_a_city_are_those_of_its_counties_too():
    hall = make.hall(make.organ())
    window = make.window(hall)
    assert list(queries.halls_in(make.CITY)) == [hall]
    assert list(queries.windows_of(hall.id)) == [window]
