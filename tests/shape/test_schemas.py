"""The description of the API names each shape by its class: two of one name would be described as one."""

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from xiaoer.api import api


def below(schema: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in schema.__subclasses__():
        yield one
        yield from below(one)


def test_no_two_shapes_of_the_api_have_one_name():
    assert api.urls, "loads every part"
    names = Counter(one.__name__ for one in set(below(BaseModel)) if one.__module__.startswith("xiaoer."))
    assert len(names) > 40
    assert [name for name, count in names.items() if count > 1] == []
