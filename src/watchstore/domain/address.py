"""Where things are sent, and how to reach the buyer."""

import re
from dataclasses import dataclass
from typing import Self

from watchstore.domain.errors import InvalidValue
from watchstore.domain.identifiers import Email, plain_text
from watchstore.domain.language import Language

_COUNTRY = re.compile(r"[A-Z]{2}")
_PHONE = re.compile(r"\+?[0-9 ()/.-]{5,30}")


@dataclass(frozen=True, slots=True)
class Contact:
    """`language` is the one that the buyer is written to in."""

    email: Email
    name: str
    phone: str = ""
    language: Language = Language.EN

    @classmethod
    def parse(cls, *, email: str, name: str, phone: str = "", language: str = "en") -> Self:
        number = phone.strip()
        if number and not _PHONE.fullmatch(number):
            raise InvalidValue("phone", "must be a telephone number")
        whom = plain_text(name, "name", longest=120)
        return cls(Email.parse(email), whom, number, Language.parse(language))


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `country` is ISO 3166-1 alpha-2."""

    name: str
    street: str
    city: str
    postcode: str
    country: str
    extra: str = ""
    region: str = ""

    @classmethod
    def parse(  # one argument a line of the label
        cls,
        *,
        name: str,
        street: str,
        city: str,
        postcode: str,
        country: str,
        extra: str = "",
        region: str = "",
    ) -> Self:
        code = country.strip().upper()
        if not _COUNTRY.fullmatch(code):
            raise InvalidValue("country", "must be a two-letter code such as CH")
        return cls(
            plain_text(name, "name", longest=120),
            plain_text(street, "street", longest=120),
            plain_text(city, "city", longest=80),
            plain_text(postcode, "postcode", longest=16, empty=True),
            code,
            plain_text(extra, "extra", longest=120, empty=True),
            plain_text(region, "region", longest=80, empty=True),
        )
