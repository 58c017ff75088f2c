"""Names and numbers that identify things: parsed once, trusted after."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NewType, Self
from uuid import UUID

from watchstore.domain.errors import InvalidValue

AddressId = NewType("AddressId", UUID)
UserId = NewType("UserId", UUID)
WatchId = NewType("WatchId", UUID)
OfferId = NewType("OfferId", UUID)
PieceId = NewType("PieceId", UUID)
CartId = NewType("CartId", UUID)
HoldId = NewType("HoldId", UUID)
OrderId = NewType("OrderId", UUID)
PaymentId = NewType("PaymentId", UUID)
RefundId = NewType("RefundId", UUID)
ReturnId = NewType("ReturnId", UUID)
SessionId = NewType("SessionId", UUID)
CheckoutId = NewType("CheckoutId", UUID)
VoucherId = NewType("VoucherId", UUID)

_EMAIL = re.compile(r"[^@\s\x00-\x1f<>()\[\],;:\\\"]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ORDER_NUMBER = re.compile(r"WS-[0-9A-HJKMNP-TV-Z]{10}")
_VOUCHER_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,31}")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d"})


def plain_text(value: str, field: str, *, longest: int, empty: bool = False) -> str:
    """`value` with its blanks folded; raises InvalidValue when empty, too long or unprintable."""
    text = " ".join(value.split())
    if not text and not empty:
        raise InvalidValue(field, "must not be empty")
    if len(text) > longest:
        raise InvalidValue(field, f"must have at most {longest} characters")
    if any(unicodedata.category(char) in _UNPRINTABLE for char in text):
        raise InvalidValue(field, "must not hold control characters")
    return text


def ascii_fold(value: str) -> str:
    """Lower case without accents: `Glashütte` -> `glashutte`."""
    decomposed = unicodedata.normalize("NFKD", value.casefold().translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@dataclass(frozen=True, slots=True)
class Reference:
    """A maker's reference as printed; `bare` (letters and digits) is what identifies it."""

    printed: str

    @classmethod
    def parse(cls, value: str) -> Self:
        reference = cls(plain_text(value, "reference", longest=60))
        if not reference.bare:
            raise InvalidValue("reference", "must hold letters or digits")
        return reference

    @property
    def bare(self) -> str:
        return "".join(char for char in ascii_fold(self.printed) if char.isalnum()).upper()

    def __str__(self) -> str:
        return self.printed


@dataclass(frozen=True, slots=True)
class Slug:
    """The part of an address that names a watch or a brand."""

    text: str

    @classmethod
    def parse(cls, value: str) -> Self:
        if len(value) > 160 or not _SLUG.fullmatch(value):
            raise InvalidValue("slug", "must be lower-case words joined by hyphens")
        return cls(value)

    @classmethod
    def of(cls, *parts: str) -> Self:
        words = re.findall(r"[a-z0-9]+", ascii_fold(" ".join(parts).replace("&", " and ")))
        return cls.parse("-".join(words)[:160].strip("-"))

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Email:
    """A mail address in lower case: two that differ by case are one account."""

    address: str

    @classmethod
    def parse(cls, value: str) -> Self:
        address = value.strip().lower()
        if len(address) > 254 or not _EMAIL.fullmatch(address):
            raise InvalidValue("email", "must be an e-mail address")
        return cls(address)

    def __str__(self) -> str:
        return self.address


@dataclass(frozen=True, slots=True)
class SerialNumber:
    """The number engraved on one physical watch; `masked` is fit for the public."""

    text: str

    @classmethod
    def parse(cls, value: str) -> Self:
        return cls(plain_text(value, "serial", longest=40).upper())

    @property
    def masked(self) -> str:
        shown = self.text[-3:] if len(self.text) > 6 else ""
        return "•" * (len(self.text) - len(shown)) + shown

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class OrderNumber:
    """What a buyer reads out on the phone: `WS-` and ten characters of Crockford's base 32."""

    text: str

    @classmethod
    def parse(cls, value: str) -> Self:
        text = value.strip().upper()
        if not _ORDER_NUMBER.fullmatch(text):
            raise InvalidValue("order_number", "must look like WS-7K3M9Q2XAB")
        return cls(text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class VoucherCode:
    """What a buyer types in; capitals and small letters are the same."""

    text: str

    @classmethod
    def parse(cls, value: str) -> Self:
        text = value.strip().upper()
        if not _VOUCHER_CODE.fullmatch(text):
            raise InvalidValue("voucher", "must be 3 to 32 letters, digits and hyphens")
        return cls(text)

    def __str__(self) -> str:
        return self.text
