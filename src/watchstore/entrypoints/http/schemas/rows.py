"""Answer schemas made from the read side's flat rows, so that the two cannot drift apart."""

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from marshmallow import Schema, fields

_PLAIN: Final[Mapping[type, type[fields.Field[Any]]]] = {
    str: fields.Str,
    int: fields.Int,
    float: fields.Float,
    bool: fields.Bool,
}


@cache
def schema_of(row: type, **more: Callable[[], fields.Field[Any]]) -> type[Schema]:
    """The schema of a row; `more` adds members that the row has not."""
    hints = get_type_hints(row)
    members: dict[str, Any] = {item.name: _field(hints[item.name]) for item in fields_of(row)}
    members.update({name: make() for name, make in more.items()})
    made: type[Schema] = Schema.from_dict(members, name=row.__name__)
    return made


def _field(hint: Any, *, nullable: bool = False) -> fields.Field[Any]:
    options: dict[str, Any] = {"required": True, "allow_none": nullable}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (inner,) = (one for one in arguments if one is not type(None))
        return _field(inner, nullable=True)
    if origin is tuple:
        return fields.List(_field(arguments[0]), **options)
    if origin is not None and issubclass(origin, Mapping):
        return fields.Dict(keys=_field(arguments[0]), values=_field(arguments[1]), **options)
    if is_dataclass(hint):
        return fields.Nested(schema_of(hint), **options)  # type: ignore[arg-type]
    return _PLAIN[hint](**options)


def page_of(row: type, name: str) -> type[Schema]:
    """A list answer: `items`, the cursor of the next page or null, and how many there are."""
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(schema_of(row)), required=True),
        "next": fields.Str(required=True, allow_none=True),
        "total": fields.Int(required=True),
    }
    made: type[Schema] = Schema.from_dict(members, name=name)
    return made
