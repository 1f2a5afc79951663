"""Questions that the ORM puts into SQL once a process: for the doors that every request passes.

Building a queryset and putting it into SQL takes several times as long as asking the database by primary key. Where the
shape of a question never changes, only its values, it is built once, with places for the values:

    BY_NUMBER = Prepared(lambda: Case.objects.filter(number=Given("number", CharField())).values_list("id", "state"))
    for identity, state in BY_NUMBER.rows(number=number): ...
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """The place of a value in a prepared question. field: what it is compared with, which says how it is stored."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def stored(self, values: dict[str, Any], connection: Any) -> Any:
        """Return its value among these as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection, prepared=False)


class Prepared:
    """A question of fixed shape. ask: builds it, of values_list, when first needed; known: values of each time."""

    def __init__(self, ask: Callable[[], QuerySet[Any, Any]], **known: Any) -> None:
        self.ask, self.known = ask, known
        self.compiled: dict[str, tuple[str, list[Any], dict[int, Any]]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Return what values_list would give for these values too. KeyError for a value that is lacking."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, places, converters = self.compiled.get(connection.vendor) or self._compile(connection)
        given = [place.stored(values, connection) if isinstance(place, Given) else place for place in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            found = cursor.fetchall()
        return [_converted(row, converters, connection) for row in found] if converters else found

    def _compile(self, connection: Any) -> tuple[str, list[Any], dict[int, Any]]:
        compiler = self.ask().query.get_compiler(connection=connection)
        sql, places = compiler.as_sql()
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        known = [
            place.stored(self.known, connection) if isinstance(place, Given) and place.name in self.known else place
            for place in places
        ]
        self.compiled[connection.vendor] = made = sql, known, converters
        return made


class PreparedList:
    """A question about several values of one kind, prepared once for each number of them: for short lists.

    ask: builds it from the places of the values, which are compared with a field.
    """

    def __init__(self, ask: Callable[[list[Any]], QuerySet[Any, Any]], field: "Field[Any, Any]") -> None:
        self.ask, self.field = ask, field
        self.by_number: dict[int, Prepared] = {}

    def rows(self, values: Collection[Any], **others: Any) -> list[tuple[Any, ...]]:
        """Return what values_list would give for these values; nothing for none."""
        if not values:
            return []
        question = self.by_number.get(len(values)) or self._prepare(len(values))
        return question.rows(**{f"value_{place}": value for place, value in enumerate(values)}, **others)

    def _prepare(self, number: int) -> Prepared:
        places = [Given(f"value_{place}", self.field) for place in range(number)]
        self.by_number[number] = made = Prepared(lambda: self.ask(places))
        return made


class PreparedUnion:
    """Questions about lists of values, asked as one: they have the same columns, and nobody minds whose a row is."""

    def __init__(self, *parts: PreparedList) -> None:
        self.parts = parts

    def about(self, *lists: Collection[Any], **others: Any) -> Prepared:
        """Return the questions about these values, a list for each, for asking often; one about none is left out.

        ValueError when all lists are empty.
        """
        known = {
            f"value_{part}_{place}": value for part, values in enumerate(lists) for place, value in enumerate(values)
        }
        if not known:
            raise ValueError("nothing is asked about")

        def ask() -> QuerySet[Any, Any]:
            first, *more = [
                part.ask([Given(f"value_{place}_{value}", part.field) for value in range(len(values))])
                for place, (part, values) in enumerate(zip(self.parts, lists, strict=True))
                if values
            ]
            return first.union(*more, all=True) if more else first

        return Prepared(ask, **known, **others)


def _converted(row: tuple[Any, ...], converters: dict[int, Any], connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for place, (convert, expression) in converters.items():
        for one in convert:
            values[place] = one(values[place], expression, connection)
    return tuple(values)
