"""Every refusal the shop can give, each with a stable code.

DomainError
├── InvalidValue            invalid_value         the input itself is wrong; names the field
├── NotFound                not_found             no such thing, or not yours
├── Conflict                conflict              true now, may be otherwise later
│   ├── IllegalTransition   illegal_transition
│   ├── StaleVersion        stale_version         somebody changed it since you read it
│   ├── Duplicate           duplicate
│   ├── NotForSale          not_for_sale
│   ├── SoldOut             sold_out              every piece is sold
│   ├── AllReserved         all_reserved          some may come back: try again later
│   ├── HoldExpired         hold_expired
│   ├── HoldLimit           hold_limit            too many pieces for one buyer
│   ├── MixedCurrency       mixed_currency
│   ├── CartLimit           cart_limit
│   ├── AddressLimit        address_limit         the address book is full
│   ├── PriceChanged        price_changed
│   ├── VoucherRefused      voucher_refused       `reason` says why
│   ├── NotInOrder          not_in_order          fewer such pieces left than are wanted
│   ├── ReturnWindowClosed  return_window_closed
│   ├── RefundTooLarge      refund_too_large      more than was taken and not given back
│   ├── InProgress          in_progress           the same request is being worked on
│   └── KeyReused           idempotency_key_reused
├── CheckoutIncomplete      checkout_incomplete   `missing` names what an order still needs
├── PaymentDeclined         payment_declined
├── AccessRefused           access_refused
│   ├── NotSignedIn         not_signed_in
│   ├── SignInRefused       sign_in_refused       never says which part was wrong
│   └── NotPermitted        not_permitted
├── InvalidSignature        invalid_signature     of a webhook; never says what is wrong
├── InvalidToken            invalid_token         unknown, used or expired; never says which
└── TooManyAttempts         too_many_attempts
"""

from typing import ClassVar


class DomainError(Exception):
    """A refusal. `details` are plain JSON values that a caller may act on."""

    code: ClassVar[str] = "refused"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class InvalidValue(DomainError):
    code = "invalid_value"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}", field=field)
        self.field = field
        self.reason = message


class NotFound(DomainError):
    code = "not_found"


class Conflict(DomainError):
    code = "conflict"


class IllegalTransition(Conflict):
    code = "illegal_transition"


class StaleVersion(Conflict):
    code = "stale_version"


class Duplicate(Conflict):
    code = "duplicate"


class NotForSale(Conflict):
    code = "not_for_sale"


class SoldOut(Conflict):
    code = "sold_out"


class AllReserved(Conflict):
    code = "all_reserved"


class HoldExpired(Conflict):
    code = "hold_expired"


class HoldLimit(Conflict):
    code = "hold_limit"


class MixedCurrency(Conflict):
    code = "mixed_currency"


class CartLimit(Conflict):
    code = "cart_limit"


class AddressLimit(Conflict):
    code = "address_limit"


class PriceChanged(Conflict):
    code = "price_changed"


class VoucherRefused(Conflict):
    code = "voucher_refused"


class NotInOrder(Conflict):
    code = "not_in_order"


class ReturnWindowClosed(Conflict):
    code = "return_window_closed"


class RefundTooLarge(Conflict):
    code = "refund_too_large"


class InProgress(Conflict):
    code = "in_progress"


class KeyReused(Conflict):
    code = "idempotency_key_reused"


class CheckoutIncomplete(DomainError):
    code = "checkout_incomplete"


class PaymentDeclined(DomainError):
    code = "payment_declined"


class AccessRefused(DomainError):
    code = "access_refused"


class NotSignedIn(AccessRefused):
    code = "not_signed_in"


class SignInRefused(AccessRefused):
    code = "sign_in_refused"


class NotPermitted(AccessRefused):
    code = "not_permitted"


class InvalidSignature(DomainError):
    code = "invalid_signature"


class InvalidToken(DomainError):
    code = "invalid_token"


class TooManyAttempts(DomainError):
    code = "too_many_attempts"

    def __init__(self, retry_after: int) -> None:
        super().__init__("Too many attempts; try again later.", retry_after=retry_after)
        self.retry_after = retry_after
