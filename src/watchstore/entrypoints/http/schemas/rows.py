"""Answer schemas made from the read side's flat rows, so that the two cannot drift apart.

Rows keep amounts next to a currency; answers show them as one value: `{"amount", "currency"}`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from marshmallow import Schema, fields
from marshmallow.utils import get_value

from watchstore.service_layer.answers import Receipt
from watchstore.service_layer.queries import CheckoutView, OrderCard, OrderView, VoucherRow

_PLAIN: Final[Mapping[type, type[fields.Field[Any]]]] = {
    str: fields.Str,
    int: fields.Int,
    float: fields.Float,
    bool: fields.Bool,
}
_MONEY: Final = {
    "amount": "price",
    "seen_amount": "seen_price",
    "items_amount": "items_price",
    "delivery_amount": "delivery_price",
    "discount_amount": "discount",
    "tax_amount": "tax",
    "net_amount": "net",
    "line_amount": "total",
    "minimum_amount": "minimum",
    "subtotal": "subtotal",
    "refunded_amount": "refunded",
}
_TOTALS: Final = {**_MONEY, "amount": "total"}
_TAKEN_OFF: Final = {**_MONEY, "amount": "amount"}
_CHARGED: Final = (Receipt, OrderCard, OrderView, CheckoutView)


class MoneyAnswer(Schema):
    """Whole minor units of one ISO 4217 currency."""

    amount = fields.Int(required=True)
    currency = fields.Str(required=True)


class _MoneyField(fields.Nested):
    def _serialize(  # type: ignore[override]  # `nested_obj` is what Nested calls it
        self, nested_obj: Any, attr: str | None, obj: Any, **kwargs: Any
    ) -> Any:
        del attr, kwargs
        currency = get_value(obj, "currency")
        if currency is None or nested_obj is None:
            return None
        return {"amount": nested_obj, "currency": currency}


@cache
def schema_of(row: type, **more: Callable[[], fields.Field[Any]]) -> type[Schema]:
    """The schema of a row; `more` adds members that the row has not, and to its name."""
    members: dict[str, Any] = dict(_members(row))
    members.update({name: make() for name, make in more.items()})
    name = row.__name__ + "".join(each.capitalize() for each in more)
    made: type[Schema] = Schema.from_dict(members, name=name)
    return made


def page_of(row: type, name: str) -> type[Schema]:
    """A list answer: `items`, the cursor of the next page or null, and how many there are."""
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(schema_of(row)), required=True),
        "next": fields.Str(required=True, allow_none=True),
        "total": fields.Int(required=True),
    }
    made: type[Schema] = Schema.from_dict(members, name=name)
    return made


def one_page(rows: Sequence[Any]) -> dict[str, Any]:
    """The list answer that has all there is."""
    return {"items": rows, "next": None, "total": len(rows)}


def _members(row: type) -> Iterator[tuple[str, fields.Field[Any]]]:
    hints = get_type_hints(row)
    money = _names_of_amounts(row) if "currency" in hints else {}
    nullable = "currency" in hints and hints["currency"] is not str
    for name in (item.name for item in fields_of(row)):
        if name in money:
            yield (
                money[name],
                _MoneyField(MoneyAnswer, attribute=name, required=True, allow_none=nullable),
            )
        elif name != "currency":
            yield name, _field(hints[name])


def _names_of_amounts(row: type) -> Mapping[str, str]:
    if row is VoucherRow:
        return _TAKEN_OFF
    return _TOTALS if row in _CHARGED else _MONEY


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
