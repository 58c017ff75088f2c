"""What the shop IS: pure Python, standard library only, no I/O, no clock, no randomness."""

from watchstore.domain.address import Address, Contact
from watchstore.domain.address_book import AddressBook, KeptAddress
from watchstore.domain.cart import Cart, CartLine, MergeReport
from watchstore.domain.checkout import Checkout, CheckoutLine, CheckoutState
from watchstore.domain.delivery import Delivery, Zone
from watchstore.domain.errors import DomainError
from watchstore.domain.identifiers import (
    AddressId,
    CartId,
    CheckoutId,
    Email,
    HoldId,
    OfferId,
    OrderId,
    OrderNumber,
    PaymentId,
    PieceId,
    Reference,
    RefundId,
    ReturnId,
    SerialNumber,
    SessionId,
    Slug,
    UserId,
    VoucherCode,
    VoucherId,
    WatchId,
)
from watchstore.domain.language import Language
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition, Offer
from watchstore.domain.order import Entry, Order, OrderLine, OrderState, Parcel
from watchstore.domain.papers import Paper, PaperKind, PaperNumber, Seller
from watchstore.domain.payment import Operation, Payment, PaymentState
from watchstore.domain.piece import Hold, Piece, PieceState
from watchstore.domain.pricing import PriceSheet, price
from watchstore.domain.refund import Refund, RefundState
from watchstore.domain.returning import Return, ReturnState
from watchstore.domain.session import Purpose, Session, Token
from watchstore.domain.tax import Destination, Taxation, TaxPolicy
from watchstore.domain.terms import Terms
from watchstore.domain.user import Permission, Role, User
from watchstore.domain.vouchers import AmountOff, FreeDelivery, PercentOff, Voucher
from watchstore.domain.watch import Brand, Movement, Publication, Specification, Watch
from watchstore.domain.wish_list import WishList

__all__ = [
    "Address",
    "AddressBook",
    "AddressId",
    "AmountOff",
    "Brand",
    "Cart",
    "CartId",
    "CartLine",
    "Checkout",
    "CheckoutId",
    "CheckoutLine",
    "CheckoutState",
    "Condition",
    "Contact",
    "Currency",
    "Delivery",
    "Destination",
    "DomainError",
    "Email",
    "Entry",
    "FreeDelivery",
    "Hold",
    "HoldId",
    "KeptAddress",
    "Language",
    "MergeReport",
    "Money",
    "Movement",
    "Offer",
    "OfferId",
    "Operation",
    "Order",
    "OrderId",
    "OrderLine",
    "OrderNumber",
    "OrderState",
    "Paper",
    "PaperKind",
    "PaperNumber",
    "Parcel",
    "Payment",
    "PaymentId",
    "PaymentState",
    "PercentOff",
    "Permission",
    "Piece",
    "PieceId",
    "PieceState",
    "PriceSheet",
    "Publication",
    "Purpose",
    "Reference",
    "Refund",
    "RefundId",
    "RefundState",
    "Return",
    "ReturnId",
    "ReturnState",
    "Role",
    "Seller",
    "SerialNumber",
    "Session",
    "SessionId",
    "Slug",
    "Specification",
    "TaxPolicy",
    "Taxation",
    "Terms",
    "Token",
    "User",
    "UserId",
    "Voucher",
    "VoucherCode",
    "VoucherId",
    "Watch",
    "WatchId",
    "WishList",
    "Zone",
    "price",
]
