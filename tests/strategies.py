"""Hypothesis strategies for everything the shop keeps; parents' ids come in as arguments."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from watchstore.domain.address import Address, Contact
from watchstore.domain.cart import MOST_LINES, MOST_OF_ONE, Cart, CartLine
from watchstore.domain.checkout import Checkout, CheckoutLine
from watchstore.domain.delivery import Delivery
from watchstore.domain.identifiers import (
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
from watchstore.domain.papers import Seller
from watchstore.domain.payment import Payment, PaymentState
from watchstore.domain.piece import Hold, Piece
from watchstore.domain.pricing import PriceSheet
from watchstore.domain.refund import Refund
from watchstore.domain.returning import Return, ReturnState
from watchstore.domain.session import Purpose, Session, Token
from watchstore.domain.tax import Taxation
from watchstore.domain.user import Role, User
from watchstore.domain.vouchers import AmountOff, FreeDelivery, PercentOff, Voucher
from watchstore.domain.watch import Brand, Movement, Publication, Specification, Watch
from watchstore.service_layer.ports import RequestKey

ENDED = (OrderState.SHIPPED, OrderState.DELIVERED)
DISPATCHED = (
    OrderState.DISPATCHING,
    OrderState.PARTLY_SHIPPED,
    OrderState.SHIPPED,
    OrderState.DELIVERED,
)

ids = st.uuids(version=4)
times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
currencies = st.sampled_from(("USD", "EUR", "CHF", "JPY", "KWD")).map(Currency)
versions = st.integers(1, 2**31 - 1)
_printable = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"))
_plain = st.characters(min_codepoint=97, max_codepoint=122)


def texts(longest: int, *, shortest: int = 1) -> st.SearchStrategy[str]:
    """What `plain_text` lets through: printable, blanks folded."""
    folded = st.text(_printable, max_size=longest).map(lambda text: " ".join(text.split()))
    return folded.filter(lambda text: len(text) >= shortest)


def prices(currency: Currency | None = None, *, least: int = 1) -> st.SearchStrategy[Money]:
    """Small enough for twenty lines of ten to stay within 64 bits."""
    chosen = st.just(currency) if currency else currencies
    return st.builds(Money, st.integers(least, 10**15), chosen)


emails = st.builds(
    lambda name, host: Email.parse(f"{name}@{host}.example"),
    st.text(_plain, min_size=1, max_size=40),
    st.text(_plain, min_size=1, max_size=40),
)
slugs = st.lists(st.text(_plain, min_size=1, max_size=12), min_size=1, max_size=8).map(
    lambda words: Slug.parse("-".join(words))
)
references = texts(60).filter(lambda text: bool(Reference(text).bare)).map(Reference)
serials = texts(20).map(SerialNumber.parse)
order_numbers = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=10, max_size=10).map(
    lambda code: OrderNumber(f"WS-{code}")
)
holds = st.builds(Hold, ids.map(HoldId), times)
parcels = st.builds(
    Parcel, texts(60), texts(80), st.lists(ids.map(PieceId), min_size=1, max_size=3).map(tuple)
)
sent = st.lists(parcels, min_size=1, max_size=3).map(tuple)
left_out = st.lists(ids.map(PieceId), max_size=2).map(tuple)
phones = st.just("") | st.from_regex(r"\+[0-9]{5,20}", fullmatch=True)
contacts = st.builds(Contact, emails, texts(120), phones, st.sampled_from(Language))
countries = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
addresses = st.builds(
    Address,
    name=texts(120),
    street=texts(120),
    city=texts(80),
    postcode=texts(16, shortest=0),
    country=countries,
    extra=texts(120, shortest=0),
    region=texts(80, shortest=0),
)
brands = st.builds(
    Brand,
    name=texts(60),
    slug=slugs,
    country=texts(60, shortest=0),
    founded_year=st.none() | st.integers(1500, 2100),
)
users = st.builds(
    User,
    ids.map(UserId),
    emails,
    texts(120),
    hashes,
    times,
    role=st.sampled_from(Role),
    verified_at=st.none() | times,
    disabled_at=st.none() | times,
    language=st.sampled_from(Language),
)


sellers = st.builds(Seller, texts(60), st.lists(texts(60), max_size=4).map(tuple), texts(20))


def _decimals(least: int, most: int) -> st.SearchStrategy[Decimal | None]:
    return st.none() | st.decimals(least, most, places=2)


specifications = st.builds(
    Specification,
    movement=st.none() | st.sampled_from(Movement),
    calibre=texts(80, shortest=0),
    case_material=texts(80, shortest=0),
    diameter_mm=_decimals(10, 80),
    thickness_mm=_decimals(1, 40),
    lug_to_lug_mm=_decimals(10, 90),
    lug_width_mm=_decimals(4, 40),
    dial_colour=texts(80, shortest=0),
    bracelet_material=texts(80, shortest=0),
    crystal=texts(80, shortest=0),
    water_resistance_m=st.none() | st.integers(0, 20_000),
    power_reserve_h=st.none() | st.integers(1, 20_000),
    complications=st.lists(texts(40), max_size=5).map(tuple),
    first_year=st.none() | st.integers(1800, 2100),
)


def sessions(user_id: UserId) -> st.SearchStrategy[Session]:
    lives = st.tuples(times, times).filter(lambda pair: pair[0] < pair[1])
    return lives.flatmap(
        lambda life: st.builds(
            Session,
            ids.map(SessionId),
            st.just(user_id),
            hashes,
            texts(200, shortest=0),
            st.just(life[0]),
            st.just(life[1]),
        )
    )


def tokens(user_id: UserId) -> st.SearchStrategy[Token]:
    return st.builds(
        Token, hashes, st.sampled_from(Purpose), st.just(user_id), times, st.none() | times
    )


def watches(brand: str) -> st.SearchStrategy[Watch]:
    return st.builds(
        Watch,
        ids.map(WatchId),
        st.just(brand),
        texts(80, shortest=0),
        references,
        texts(200),
        slugs,
        times,
        times,
        specification=specifications,
        publication=st.sampled_from(Publication),
        version=versions,
    )


def offers(watch_id: WatchId) -> st.SearchStrategy[Offer]:
    return st.builds(
        Offer,
        ids.map(OfferId),
        st.just(watch_id),
        st.sampled_from(Condition),
        prices(),
        times,
        note=texts(500, shortest=0),
        closed_at=st.none() | times,
        version=versions,
    )


def pieces(offer_id: OfferId) -> st.SearchStrategy[Piece]:
    """On the shelf: free, or held."""
    return st.builds(
        Piece,
        ids.map(PieceId),
        st.just(offer_id),
        times,
        serial=st.none() | serials,
        box=st.booleans(),
        papers=st.booleans(),
        hold=st.none() | holds,
    )


def withdrawn_pieces(offer_id: OfferId) -> st.SearchStrategy[Piece]:
    """Found faulty: nobody's, and not for sale."""
    return st.builds(
        Piece, ids.map(PieceId), st.just(offer_id), times, withdrawn_at=times, box=st.booleans()
    )


def owned_pieces(offer_id: OfferId, order_id: OrderId) -> st.SearchStrategy[Piece]:
    """In an order: paid for, or not yet."""
    return st.builds(
        Piece,
        ids.map(PieceId),
        st.just(offer_id),
        times,
        serial=st.none() | serials,
        order_id=st.just(order_id),
        sold_at=st.none() | times,
    )


@st.composite
def carts(draw: Any, offer_ids: Sequence[OfferId] = (), *, owner: UserId | None = None) -> Cart:
    """An account's cart when `owner` is given, else a guest's."""
    currency = draw(currencies)
    most = min(MOST_LINES, len(offer_ids))
    chosen = draw(st.permutations(offer_ids))[: draw(st.integers(0, most))]
    quantities = st.integers(1, MOST_OF_ONE)
    lines = tuple(
        CartLine(offer_id, draw(quantities), draw(prices(currency, least=0))) for offer_id in chosen
    )
    secret = None if owner else draw(hashes)
    return Cart(CartId(draw(ids)), draw(times), owner, secret, lines, draw(versions))


@st.composite
def order_lines(draw: Any, offer: Offer, currency: Currency) -> OrderLine:
    return OrderLine(
        offer.id,
        offer.watch_id,
        draw(texts(60)),
        draw(texts(60)),
        draw(texts(200)),
        offer.condition,
        draw(prices(currency)),
        tuple(draw(st.lists(ids.map(PieceId), min_size=1, max_size=10, unique=True))),
    )


voucher_codes = st.from_regex(r"[A-Z0-9][A-Z0-9-]{2,31}", fullmatch=True).map(VoucherCode)
taxations = st.builds(
    Taxation,
    st.none() | countries,
    st.decimals(0, 99, places=2),
    st.booleans(),
)


@st.composite
def sheets(draw: Any, items: Money) -> PriceSheet:
    """A discount names its voucher."""
    discount = Money(draw(st.integers(0, items.amount - 1)), items.currency)
    voucher = draw(voucher_codes)
    return PriceSheet(
        items,
        draw(prices(items.currency, least=0)),
        discount,
        draw(prices(items.currency, least=0)),
        draw(taxations),
        voucher if discount else draw(st.none() | st.just(voucher)),
    )


@st.composite
def vouchers(draw: Any) -> Voucher:
    """Amounts are in its currency; a voucher for any currency has none."""
    currency = draw(st.none() | currencies)
    benefits = st.builds(PercentOff, st.integers(1, 99)) | st.just(FreeDelivery())
    if currency:
        benefits |= st.builds(AmountOff, prices(currency))
    starts, ends = draw(st.tuples(times, times).filter(lambda pair: pair[0] < pair[1]))
    return Voucher(
        VoucherId(draw(ids)),
        draw(voucher_codes),
        draw(benefits),
        starts,
        draw(st.none() | st.just(ends)),
        currency,
        draw(st.none() | prices(currency, least=0)) if currency else None,
        draw(versions),
        draw(versions),
        draw(st.none() | times),
    )


@st.composite
def checkouts(draw: Any, offers: Sequence[Offer], *, owner: UserId | None = None) -> Checkout:
    """An account's when `owner` is given, else a guest's."""
    currency = draw(currencies)
    chosen = draw(st.lists(st.sampled_from(offers), min_size=1, max_size=3))
    lines = tuple(
        CheckoutLine(
            offer.id,
            draw(texts(60)),
            draw(texts(60)),
            draw(texts(200)),
            offer.condition,
            draw(st.integers(1, MOST_OF_ONE)),
            draw(prices(currency)),
            draw(prices(currency)),
        )
        for offer in chosen
    )
    number = draw(st.none() | order_numbers)
    return Checkout(
        CheckoutId(draw(ids)),
        lines,
        *sorted(draw(st.tuples(times, times, times))),
        owner=owner,
        guest_hash=None if owner else draw(hashes),
        contact=draw(st.none() | contacts),
        address=draw(st.none() | addresses),
        delivery=draw(st.sampled_from(Delivery)),
        voucher=draw(st.none() | voucher_codes),
        order_number=number,
        settled=number is not None and draw(st.booleans()),
    )


@st.composite
def orders(
    draw: Any,
    offers: Sequence[Offer],
    *,
    buyer: UserId | None = None,
    state: OrderState | None = None,
) -> Order:
    """Of one line or more, one currency; the pieces named need not exist."""
    currency = draw(currencies)
    chosen = draw(st.lists(st.sampled_from(offers), min_size=1, max_size=3))
    lines = tuple(draw(order_lines(offer, currency)) for offer in chosen)
    items = sum((line.unit_price * line.quantity for line in lines), Money.zero(currency))
    delivery = draw(st.sampled_from(Delivery))
    address = draw(addresses)
    reached = state or draw(st.sampled_from(OrderState))
    entries = st.builds(
        Entry, times, st.sampled_from(OrderState), texts(120), texts(200, shortest=0)
    )
    return Order(
        OrderId(draw(ids)),
        draw(order_numbers),
        draw(contacts),
        None if delivery is Delivery.PICK_UP and draw(st.booleans()) else address,
        delivery,
        lines,
        draw(sheets(items)),
        draw(times),
        buyer=buyer,
        guest_hash=None if buyer else draw(st.none() | hashes),
        hold_id=draw(st.none() | ids.map(HoldId)),
        state=reached,
        parcels=draw(sent) if reached in DISPATCHED else (),
        timeline=tuple(draw(st.lists(entries, max_size=4))),
        left_out=draw(left_out) if reached in ENDED else (),
    )


@st.composite
def payments(draw: Any, order_id: OrderId) -> Payment:
    """What is past authorising has the gateway's reference."""
    state = draw(st.sampled_from(PaymentState))
    reference = st.uuids().map(lambda name: f"gw_{name.hex}")
    unanswered = state is PaymentState.AUTHORISING
    amount = draw(prices())
    captured = amount.amount if state is PaymentState.CAPTURED else 0
    return Payment(
        PaymentId(draw(ids)),
        order_id,
        amount,
        draw(texts(80)),
        draw(times),
        state,
        None if unanswered else draw(reference),
        None if unanswered else draw(st.none() | texts(200)),
        draw(st.integers(0, captured)),
        0 if unanswered else draw(st.integers(0, 2**31 - 1)),
    )


def refunds(payment: Payment) -> st.SearchStrategy[Refund]:
    return st.builds(
        Refund,
        ids.map(RefundId),
        st.just(payment.order_id),
        st.just(payment.id),
        prices(payment.amount.currency),
        times,
        texts(120),
        texts(200, shortest=0),
        st.lists(ids.map(PieceId), max_size=3, unique=True).map(tuple),
    )


def returns(order_id: OrderId) -> st.SearchStrategy[Return]:
    return st.builds(
        Return,
        ids.map(ReturnId),
        st.just(order_id),
        st.lists(ids.map(PieceId), min_size=1, max_size=3, unique=True).map(tuple),
        texts(200, shortest=0),
        times,
        state=st.sampled_from([ReturnState.REQUESTED, ReturnState.APPROVED, ReturnState.RECEIVED]),
        note=texts(200, shortest=0),
    )


request_keys = st.builds(RequestKey, texts(100), texts(255), hashes)
answers = st.dictionaries(
    texts(20), st.none() | st.booleans() | st.integers(-(2**63), 2**63) | texts(40), max_size=5
)
aggregates: st.SearchStrategy[UUID] = ids
