"""The languages that the shop writes in."""

from enum import StrEnum

from watchstore.domain.errors import InvalidValue


class Language(StrEnum):
    EN = "en"
    DE = "de"

    @classmethod
    def parse(cls, value: str) -> "Language":
        try:
            return cls(value)
        except ValueError:
            known = ", ".join(cls)
            raise InvalidValue("language", f"must be one of {known}") from None
