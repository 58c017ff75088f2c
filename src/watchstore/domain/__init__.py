"""What the shop IS: pure Python, standard library only, no I/O, no clock, no randomness."""

from watchstore.domain.address import Address, Contact
from watchstore.domain.cart import Cart, CartLine, MergeReport
from watchstore.domain.errors import DomainError
from watchstore.domain.identifiers import (
    CartId,
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
    WatchId,
)
from watchstore.domain.money import Currency, Money
from watchstore.domain.offer import Condition, Offer
from watchstore.domain.order import Entry, Order, OrderLine, OrderState, Parcel
from watchstore.domain.payment import Operation, Payment, PaymentState
from watchstore.domain.piece import Hold, Piece, PieceState
from watchstore.domain.pricing import Delivery, PriceSheet, price
from watchstore.domain.refund import Refund, RefundState
from watchstore.domain.returning import Return, ReturnState
from watchstore.domain.session import Purpose, Session, Token
from watchstore.domain.user import Permission, Role, User
from watchstore.domain.watch import Brand, Movement, Publication, Specification, Watch

__all__ = [
    "Address",
    "Brand",
    "Cart",
    "CartId",
    "CartLine",
    "Condition",
    "Contact",
    "Currency",
    "Delivery",
    "DomainError",
    "Email",
    "Entry",
    "Hold",
    "HoldId",
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
    "Parcel",
    "Payment",
    "PaymentId",
    "PaymentState",
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
    "SerialNumber",
    "Session",
    "SessionId",
    "Slug",
    "Specification",
    "Token",
    "User",
    "UserId",
    "Watch",
    "WatchId",
    "price",
]
