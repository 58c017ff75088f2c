"""The tables, with the constraints that PostgreSQL has too."""

import re
from typing import Final
from uuid import UUID

from watchstore.adapters.memory.rows import (
    DeliveryRow,
    DutyRow,
    EditRow,
    EventRow,
    KeyRow,
    NoticeRow,
    PieceRow,
    RedemptionRow,
)
from watchstore.adapters.memory.store import Check, Index, References, Table, Unique
from watchstore.domain.address_book import MOST_ADDRESSES, AddressBook
from watchstore.domain.cart import Cart
from watchstore.domain.checkout import Checkout
from watchstore.domain.identifiers import (
    CartId,
    CheckoutId,
    OfferId,
    OrderId,
    PaymentId,
    PieceId,
    RefundId,
    ReturnId,
    SessionId,
    UserId,
    VoucherId,
    WatchId,
)
from watchstore.domain.offer import Offer
from watchstore.domain.order import Order
from watchstore.domain.papers import Paper, PaperKind, PaperNumber
from watchstore.domain.payment import Payment
from watchstore.domain.refund import Refund
from watchstore.domain.returning import Return, ReturnState
from watchstore.domain.session import Session, Token
from watchstore.domain.user import User
from watchstore.domain.vouchers import Voucher
from watchstore.domain.watch import Brand, Watch
from watchstore.domain.wish_list import MOST_WISHES, WishList

_HASH = re.compile(r"[0-9a-f]{64}")


def _is_hash(text: str | None) -> bool:
    return text is None or _HASH.fullmatch(text) is not None


def _is_paid_back(returned: Return) -> bool:
    """As its state says; without a refund of its own when all was paid back before."""
    accepted = returned.state is ReturnState.ACCEPTED
    inspected = returned.restocked is not None
    if inspected != (accepted or returned.state is ReturnState.REFUNDED):
        return False
    return inspected if returned.refund_id else not accepted


USERS: Final = Table[UserId, User](
    "user", unique=(Unique("user_email_key", lambda user: user.email),)
)
SESSIONS: Final = Table[SessionId, Session](
    "session",
    unique=(Unique("session_secret_hash_key", lambda session: session.secret_hash),),
    references=(References("session_user_id_fkey", lambda session: session.user_id, "user"),),
    checks=(
        Check("session_secret_hash_check", lambda session: _is_hash(session.secret_hash)),
        Check("session_life_check", lambda session: session.started_at < session.expires_at),
    ),
)
TOKENS: Final = Table[str, Token](
    "token",
    references=(References("token_user_id_fkey", lambda token: token.user_id, "user"),),
    checks=(Check("token_secret_hash_check", lambda token: _is_hash(token.secret_hash)),),
)
ADDRESS_BOOKS: Final = Table[UserId, AddressBook](
    "address_book",
    references=(References("address_book_owner_fkey", lambda book: book.owner, "user"),),
    checks=(Check("address_book_entries_check", lambda book: len(book.entries) <= MOST_ADDRESSES),),
)
WISH_LISTS: Final = Table[UserId, WishList](
    "wish_list",
    references=(References("wish_list_owner_fkey", lambda wishes: wishes.owner, "user"),),
    checks=(Check("wish_list_watches_check", lambda wishes: len(wishes.watches) <= MOST_WISHES),),
)
BRANDS: Final = Table[str, Brand](
    "brand", unique=(Unique("brand_slug_key", lambda brand: brand.slug),)
)
WATCHES: Final = Table[WatchId, Watch](
    "watch",
    unique=(
        Unique("watch_brand_reference_key", lambda watch: (watch.brand, watch.reference.bare)),
        Unique("watch_slug_key", lambda watch: watch.slug),
    ),
    references=(References("watch_brand_fkey", lambda watch: watch.brand, "brand"),),
)
OFFERS: Final = Table[OfferId, Offer](
    "offer", references=(References("offer_watch_id_fkey", lambda offer: offer.watch_id, "watch"),)
)
PIECES: Final = Table[PieceId, PieceRow](
    "piece",
    unique=(
        Unique(
            "piece_serial_key",
            lambda row: (row.brand, row.piece.serial) if row.piece.serial else None,
        ),
    ),
    references=(
        References("piece_offer_id_fkey", lambda row: row.piece.offer_id, "offer"),
        References("piece_order_id_fkey", lambda row: row.piece.order_id, "order"),
    ),
    indexes=(
        Index("piece_hold_id_idx", lambda row: row.piece.hold.id if row.piece.hold else None),
    ),
)
CARTS: Final = Table[CartId, Cart](
    "cart",
    unique=(
        Unique("cart_secret_hash_key", lambda cart: cart.secret_hash),
        Unique("cart_owner_key", lambda cart: cart.owner),
    ),
    references=(References("cart_owner_fkey", lambda cart: cart.owner, "user"),),
    checks=(
        Check("cart_owned_check", lambda cart: (cart.owner is None) != (cart.secret_hash is None)),
        Check("cart_secret_hash_check", lambda cart: _is_hash(cart.secret_hash)),
    ),
)
ORDERS: Final = Table[OrderId, Order](
    "order",
    unique=(
        Unique("order_number_key", lambda order: order.number),
        Unique("order_hold_id_key", lambda order: order.hold_id),
    ),
    references=(References("order_buyer_fkey", lambda order: order.buyer, "user"),),
    checks=(
        Check("order_guest_hash_check", lambda order: _is_hash(order.guest_hash)),
        Check("order_left_out_check", lambda order: not order.left_out or order.may_come_back),
    ),
)
PAYMENTS: Final = Table[PaymentId, Payment](
    "payment",
    unique=(
        Unique("payment_order_id_key", lambda payment: payment.order_id),
        Unique("payment_reference_key", lambda payment: payment.reference),
    ),
    references=(References("payment_order_id_fkey", lambda payment: payment.order_id, "order"),),
)
CHECKOUTS: Final = Table[CheckoutId, Checkout](
    "checkout",
    unique=(
        Unique("checkout_live_owner_key", lambda row: None if row.order_number else row.owner),
        Unique("checkout_live_guest_key", lambda row: None if row.order_number else row.guest_hash),
        Unique("checkout_order_number_key", lambda row: row.order_number),
    ),
    references=(References("checkout_owner_fkey", lambda row: row.owner, "user"),),
    checks=(
        Check("checkout_owned_check", lambda row: (row.owner is None) != (row.guest_hash is None)),
        Check("checkout_guest_hash_check", lambda row: _is_hash(row.guest_hash)),
    ),
)
VOUCHERS: Final = Table[VoucherId, Voucher](
    "voucher", unique=(Unique("voucher_code_key", lambda voucher: voucher.code),)
)
REDEMPTIONS: Final = Table[tuple[VoucherId, int], RedemptionRow](
    "redemption",
    unique=(
        Unique("redemption_turn_key", lambda row: (row.voucher_id, row.customer, row.turn)),
        Unique("redemption_order_id_key", lambda row: row.order_id),
    ),
    references=(
        References("redemption_voucher_id_fkey", lambda row: row.voucher_id, "voucher"),
        References("redemption_order_id_fkey", lambda row: row.order_id, "order"),
    ),
    checks=(
        Check("redemption_slot_check", lambda row: 1 <= row.slot <= row.uses),
        Check("redemption_turn_check", lambda row: 1 <= row.turn <= row.uses_per_customer),
    ),
)
REFUNDS: Final = Table[RefundId, Refund](
    "refund",
    references=(
        References("refund_order_id_fkey", lambda refund: refund.order_id, "order"),
        References("refund_payment_id_fkey", lambda refund: refund.payment_id, "payment"),
    ),
)
RETURNS: Final = Table[ReturnId, Return](
    "return",
    unique=(Unique("return_refund_id_key", lambda returned: returned.refund_id),),
    references=(
        References("return_order_id_fkey", lambda returned: returned.order_id, "order"),
        References("return_refund_id_fkey", lambda returned: returned.refund_id, "refund"),
    ),
    checks=(Check("return_paid_back_check", _is_paid_back),),
)
REQUEST_KEYS: Final = Table[tuple[str, str], KeyRow](
    "request_key", unique=(Unique("request_key_order_id_key", lambda row: row.order_id),)
)
NOTICES: Final = Table[tuple[str, str], NoticeRow]("notice")
EVENTS: Final = Table[UUID, EventRow](
    "outbox",
    unique=(Unique("outbox_number_key", lambda row: (row.aggregate, row.number)),),
    indexes=(Index("outbox_aggregate_idx", lambda row: row.aggregate),),
)
DELIVERIES: Final = Table[tuple[UUID, str], DeliveryRow](
    "delivery",
    references=(References("delivery_event_id_fkey", lambda row: row.event_id, "outbox"),),
    indexes=(Index("delivery_open_idx", lambda row: row.delivered_at is None),),
)
DUTIES: Final = Table[str, DutyRow]("duty")
PAPERS: Final = Table[PaperNumber, Paper](
    "paper",
    unique=(
        Unique(
            "paper_invoiced_order_key", lambda paper: None if paper.refund_id else paper.order_id
        ),
        Unique("paper_refund_id_key", lambda paper: paper.refund_id),
    ),
    references=(
        References("paper_order_id_fkey", lambda paper: paper.order_id, "order"),
        References("paper_refund_id_fkey", lambda paper: paper.refund_id, "refund"),
    ),
)
PAPER_COUNTERS: Final = Table[tuple[PaperKind, int], int]("paper_counter")
# One row, `catalogue`: how often the catalogue was edited.
COUNTERS: Final = Table[str, int]("counter")
EDITS: Final = Table[WatchId, EditRow]("catalogue_edit")

TABLES: Final = (
    USERS,
    SESSIONS,
    TOKENS,
    ADDRESS_BOOKS,
    WISH_LISTS,
    BRANDS,
    WATCHES,
    OFFERS,
    PIECES,
    CARTS,
    ORDERS,
    PAYMENTS,
    CHECKOUTS,
    VOUCHERS,
    REDEMPTIONS,
    REFUNDS,
    RETURNS,
    PAPERS,
    PAPER_COUNTERS,
    REQUEST_KEYS,
    NOTICES,
    EVENTS,
    DELIVERIES,
    DUTIES,
    COUNTERS,
    EDITS,
)
