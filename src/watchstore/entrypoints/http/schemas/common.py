"""Parts that several bodies share. Unknown fields are refused; whole numbers are strict."""

from typing import Any, Final

from marshmallow import RAISE, Schema, fields, validate

from watchstore.domain.language import Language
from watchstore.domain.money import LARGEST, Currency, Money


class Closed(Schema):
    """A body that takes what it names and nothing else (mass assignment)."""

    class Meta:
        unknown = RAISE


def text(longest: int, *, shortest: int = 1, **options: Any) -> fields.Str:
    options.setdefault("required", True)
    return fields.Str(validate=validate.Length(min=shortest, max=longest), **options)


def optional_text(longest: int) -> fields.Str:
    return text(longest, shortest=0, required=False, load_default="")


def whole(least: int, most: int, **options: Any) -> fields.Int:
    options.setdefault("required", True)
    return fields.Int(strict=True, validate=validate.Range(least, most), **options)


class StrictBool(fields.Bool):
    """true or false, not 1 or "yes"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return bool(super()._deserialize(value, attr, data, **kwargs))


class Amount(Closed):
    """Whole minor units of one ISO 4217 currency."""

    amount = whole(0, LARGEST)
    currency = text(3, shortest=3)


def language(**options: Any) -> fields.Str:
    return fields.Str(validate=validate.OneOf(list(map(str, Language))), **options)


class CreatedAnswer(Schema):
    id = fields.UUID(required=True)


class PageQuery(Closed):
    cursor = fields.Str(load_default=None, validate=validate.Regexp(r"[!-~]{1,300}\Z"))
    limit = fields.Int(load_default=20, validate=validate.Range(1, 100))


PASSWORD: Final = 256


def money(given: dict[str, Any]) -> Money:
    return Money(given["amount"], Currency.parse(given["currency"]))
