"""Puts records straight into a storage, with whatever they refer to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from tests.harness.language import ADDRESS, CONTACT

from watchstore.domain import (
    Brand,
    Cart,
    CartId,
    Condition,
    Currency,
    Delivery,
    Email,
    Hold,
    HoldId,
    Money,
    Offer,
    OfferId,
    Order,
    OrderId,
    OrderLine,
    OrderNumber,
    Payment,
    PaymentId,
    Piece,
    PieceId,
    PriceSheet,
    Publication,
    Reference,
    SerialNumber,
    Session,
    SessionId,
    Slug,
    User,
    UserId,
    Watch,
    WatchId,
)
from watchstore.service_layer.ports import RequestKey, UnitOfWork
from watchstore.service_layer.ports.storage import Storage
from watchstore.service_layer.secrets import secret_hash

NOW: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PRICE: Final = Money(580_000, Currency("USD"))
BRAND: Final = Brand.named("Grand Seiko")


def a_user(**more: Any) -> User:
    user = User(UserId(uuid4()), Email(f"{uuid4().hex}@example.com"), "Ada", "hash", NOW)
    return replace(user, verified_at=NOW, **more)


def a_session(user: User, **more: Any) -> Session:
    started = datetime.now(UTC)
    secret = secret_hash(uuid4().hex)
    ends = started + timedelta(days=1)
    session = Session(SessionId(uuid4()), user.id, secret, "Firefox", started, ends)
    return replace(session, **more)


def a_watch(**more: Any) -> Watch:
    name = f"REF{uuid4().hex[:12]}"
    watch = Watch(
        WatchId(uuid4()),
        BRAND.name,
        "Heritage",
        Reference(name),
        "Snowflake",
        Slug.of(BRAND.name, name),
        NOW,
        NOW,
        publication=Publication.PUBLISHED,
    )
    return replace(watch, **more)


def an_offer(watch: Watch, **more: Any) -> Offer:
    return replace(Offer(OfferId(uuid4()), watch.id, Condition.NEW, PRICE, NOW), **more)


def a_piece(offer: Offer, **more: Any) -> Piece:
    return replace(Piece(PieceId(uuid4()), offer.id, NOW), **more)


def a_cart(**more: Any) -> Cart:
    return Cart(CartId(uuid4()), NOW, **more)


def an_order(offer: Offer, *pieces: PieceId, **more: Any) -> Order:
    taken = pieces or (PieceId(uuid4()),)
    line = OrderLine(
        offer.id, offer.watch_id, BRAND.name, "R", "Snowflake", offer.condition, offer.price, taken
    )
    order = Order(
        OrderId(uuid4()),
        OrderNumber("WS-" + uuid4().hex[:10].upper()),
        CONTACT,
        ADDRESS,
        Delivery.STANDARD,
        (line,),
        PriceSheet.plain(offer.price * len(taken), Money.zero(offer.price.currency)),
        NOW,
    )
    return replace(order, **more).placed()


def a_payment(order: Order, **more: Any) -> Payment:
    payment = Payment(PaymentId(uuid4()), order.id, order.prices.total, "tok_accepted", NOW)
    return replace(payment, **more)


def a_hold(*, minutes: float = 60) -> Hold:
    """By the real clock, which is the storage's: no minutes left is a hold that is over."""
    return Hold(HoldId(uuid4()), datetime.now(UTC) + timedelta(minutes=minutes))


def a_request_key(**more: Any) -> RequestKey:
    return replace(RequestKey("guest", uuid4().hex, "fingerprint"), **more)


def keep_user(storage: Storage, **more: Any) -> User:
    user = a_user(**more)
    with storage.begin() as uow:
        assert uow.users.add(user)
        uow.commit()
    return user


def put_offer(uow: UnitOfWork, *, watch: Watch | None = None, **more: Any) -> Offer:
    if watch is None:
        watch = a_watch()
        uow.watches.keep_brand(BRAND)
        uow.watches.add(watch)
    offer = an_offer(watch, **more)
    uow.offers.add(offer)
    return offer


def keep_offer(storage: Storage, pieces: int = 0, **more: Any) -> tuple[Offer, list[PieceId]]:
    """An offer of a published watch, and the ids of its pieces in their order."""
    with storage.begin() as uow:
        offer = put_offer(uow, **more)
        stock = [a_piece(offer) for _ in range(pieces)]
        uow.pieces.add(stock)
        uow.commit()
    return offer, sorted(piece.id for piece in stock)


def keep_order(storage: Storage, offer: Offer, *pieces: PieceId, **more: Any) -> Order:
    order = an_order(offer, *pieces, **more)
    with storage.begin() as uow:
        uow.orders.add(order)
        uow.payments.add(a_payment(order))
        if pieces:
            uow.pieces.assign(pieces, order.id)
        uow.commit()
    return order


def keep_hold(storage: Storage, *pieces: PieceId, minutes: float = 60) -> Hold:
    hold = a_hold(minutes=minutes)
    with storage.begin() as uow:
        uow.pieces.hold(pieces, hold)
        uow.commit()
    return hold


def a_serial(text: str) -> SerialNumber:
    return SerialNumber.parse(text)
