"""A tiny language for tests of the shop: `an_offer(house, pieces=10)`, `buy(house, offer)`."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.harness.shop import PUBLIC_URL, House

from watchstore.domain import (
    Address,
    Brand,
    CheckoutId,
    Condition,
    Contact,
    Email,
    HoldId,
    Money,
    OfferId,
    OrderNumber,
    Parcel,
    Payment,
    PercentOff,
    Reference,
    ReturnId,
    ReturnState,
    Role,
    SerialNumber,
    UserId,
    VoucherCode,
    WatchId,
)
from watchstore.domain.errors import DomainError
from watchstore.service_layer import commands
from watchstore.service_layer.answers import LeftOutReceipt, Receipt, RefundReceipt, ReturnReceipt
from watchstore.service_layer.commands import (
    ChangeCheckout,
    CheckoutChanges,
    CreateVoucher,
    OrderCheckout,
    Shopper,
    StartCheckout,
    Wanted,
)
from watchstore.service_layer.ports import RequestKey
from watchstore.service_layer.queries import CheckoutView, OrderView
from watchstore.service_layer.secrets import secret_hash
from watchstore.service_layer.signing_in import NewSession

PASSWORD = "correct horse battery"
CONTACT = Contact.parse(email="ada@example.com", name="Ada Buyer")
ADDRESS = Address.parse(
    name="Ada Buyer", street="Rue du Lac 1", city="Genève", postcode="1204", country="CH"
)
PARCEL = Parcel("DHL", "JD0001")
GUEST = Shopper(guest_hash=secret_hash("guest cookie"))


def a_watch(
    house: House, reference: str = "SBGA211", *, brand: str = "Grand Seiko", publish: bool = True
) -> WatchId:
    command = commands.CreateWatch(
        Brand.named(brand), "Heritage", Reference.parse(reference), "Snowflake", publish=publish
    )
    return house.rival.create_watch(command)


def an_offer(
    house: House,
    pieces: int = 1,
    *,
    price: str = "5800",
    currency: str = "USD",
    watch: WatchId | None = None,
    condition: Condition = Condition.NEW,
) -> OfferId:
    """An open offer with so many pieces, of a new watch unless one is given."""
    watch = watch or a_watch(house, f"REF {house.entropy.new_id().hex[:12]}")
    command = commands.OpenOffer(watch, condition, Money.of(price, currency))
    offer = house.rival.open_offer(command)
    if pieces:
        received = tuple(commands.NewPiece() for _ in range(pieces))
        house.rival.receive_pieces(commands.ReceivePieces(offer, received))
    return offer


def receive(house: House, offer: OfferId, *serials: str, **more: Any) -> int:
    """One piece without a serial number unless some are given."""
    pieces = tuple(commands.NewPiece(SerialNumber.parse(serial)) for serial in serials)
    command = commands.ReceivePieces(offer, pieces or (commands.NewPiece(),), **more)
    return house.shop.receive_pieces(command)


def hold(house: House, offer: OfferId, quantity: int = 1, *, seconds: float = 600) -> HoldId:
    hold_id = HoldId(house.entropy.new_id())
    lasting = timedelta(seconds=seconds)
    house.shop.hold_pieces(commands.HoldPieces(hold_id, (Wanted(offer, quantity),), lasting))
    return hold_id


def a_customer(house: House, email: str = "ada@example.com") -> UserId:
    """Registered and verified, by the mailed link."""
    register(house, email)
    house.rival.verify_email(commands.VerifyEmail(mailed_secret(house, email)))
    return user_id(house, email)


def a_clerk(house: House, email: str = "clerk@example.com") -> UserId:
    return house.rival.create_staff(
        commands.CreateStaff(Email.parse(email), "Clerk", Role.CLERK, PASSWORD)
    )


def register(house: House, email: str, password: str = PASSWORD) -> None:
    house.shop.register(commands.RegisterAccount(Email.parse(email), "Ada Buyer", password))
    drain_all(house)


def sign_in(
    house: House, email: str = "ada@example.com", password: str = PASSWORD, **more: Any
) -> NewSession:
    return house.shop.sign_in(commands.SignIn(Email.parse(email), password, **more))


def user_id(house: House, email: str) -> UserId:
    with house.storage.begin() as uow:
        user = uow.users.find(Email.parse(email))
    assert user is not None
    return user.id


def mailed_secret(house: House, email: str) -> str:
    """The secret in the latest mail to an address that has a link with one."""
    for mail in reversed(house.mailer.sent):
        link = re.search(re.escape(PUBLIC_URL) + r"/[\w/]+#(\S+)", mail.text)
        if link and mail.to.address == email:
            return link[1]
    raise AssertionError(f"no link was mailed to {email}")


def subjects(house: House) -> list[str]:
    return [mail.subject for mail in house.mailer.sent]


def drain_all(house: House) -> int:
    """Deliver until nothing is due; returns how many deliveries were tried."""
    tried = 0
    while delivered := house.rival.drain():
        tried += delivered
    return tried


def order_of(*lines: tuple[OfferId, int], **more: Any) -> commands.PlaceOrder:
    wanted = tuple(Wanted(offer, quantity) for offer, quantity in lines)
    settings = {"contact": CONTACT, "address": ADDRESS, "card": "tok_accepted"}
    return commands.PlaceOrder(wanted, **{**settings, "shopper": GUEST, **more})


def buy(house: House, offer: OfferId, quantity: int = 1, **more: Any) -> Receipt:
    return house.shop.place_order(order_of((offer, quantity), **more))


def fill_cart(house: House, *lines: tuple[OfferId, int], shopper: Shopper = GUEST) -> None:
    for offer, quantity in lines:
        house.rival.put_cart_line(commands.PutCartLine(shopper, offer, quantity))


def start(
    house: House, *lines: tuple[OfferId, int], shopper: Shopper = GUEST, **more: Any
) -> CheckoutView:
    """A checkout of a cart with these lines."""
    fill_cart(house, *lines, shopper=shopper)
    return house.shop.start_checkout(StartCheckout(shopper, **more))


def change(
    house: House, checkout: CheckoutView, shopper: Shopper = GUEST, **changes: Any
) -> CheckoutView:
    return house.shop.change_checkout(
        ChangeCheckout(checkout_id(checkout), shopper, CheckoutChanges(**changes))
    )


def order(
    house: House,
    checkout: CheckoutView,
    shopper: Shopper = GUEST,
    *,
    card: str = "tok_accepted",
    **more: Any,
) -> Receipt:
    return house.shop.order_checkout(OrderCheckout(checkout_id(checkout), shopper, card, **more))


def checkout_id(checkout: CheckoutView) -> CheckoutId:
    return CheckoutId(UUID(checkout.id))


def reprice(house: House, offer: OfferId, price: str) -> None:
    house.rival.reprice_offer(commands.RepriceOffer(offer, Money.of(price, "USD")))


def a_voucher(house: House, code: str = "TEN", **more: Any) -> VoucherCode:
    """Ten percent off unless said otherwise."""
    voucher = VoucherCode.parse(code)
    terms = {"benefit": PercentOff(10), **more}
    house.rival.create_voucher(CreateVoucher(voucher, **terms))
    return voucher


def ship(house: House, receipt: Receipt, *lines: Wanted) -> Receipt:
    number = OrderNumber(receipt.number)
    return house.shop.ship_order(commands.ShipOrder(number, PARCEL, by="clerk", lines=lines))


def leave_out(house: House, receipt: Receipt, **more: Any) -> LeftOutReceipt:
    command = commands.LeaveOutRest(OrderNumber(receipt.number), **{"by": "manager", **more})
    return house.shop.leave_out_rest(command)


def cancel(house: House, receipt: Receipt, **more: Any) -> Receipt:
    return house.shop.cancel_order(commands.CancelOrder(OrderNumber(receipt.number), **more))


def deliver(house: House, receipt: Receipt) -> Receipt:
    return house.shop.deliver_order(commands.DeliverOrder(OrderNumber(receipt.number), by="clerk"))


def send_back(house: House, receipt: Receipt, *lines: Wanted, **more: Any) -> ReturnId:
    """A return that the buyer asked for."""
    settings = {"shopper": GUEST, "reason": "too large", **more}
    command = commands.RequestReturn(OrderNumber(receipt.number), lines, **settings)
    return ReturnId(UUID(house.shop.request_return(command).id))


def decide(house: House, receipt: Receipt, return_id: ReturnId, state: str, note: str = "") -> str:
    number = OrderNumber(receipt.number)
    command = commands.DecideReturn(number, return_id, ReturnState(state), "clerk", note)
    return house.shop.decide_return(command).state


def inspect(house: House, receipt: Receipt, return_id: ReturnId, **more: Any) -> ReturnReceipt:
    settings = {"accepted": True, "by": "manager", **more}
    command = commands.InspectReturn(OrderNumber(receipt.number), return_id, **settings)
    return house.shop.inspect_return(command)


def refund(house: House, receipt: Receipt, **more: Any) -> RefundReceipt:
    command = commands.RefundOrder(OrderNumber(receipt.number), by="manager", **more)
    return house.shop.refund_order(command)


def view(house: House, receipt: Receipt) -> OrderView:
    found = house.shop.orders.order(OrderNumber(receipt.number), None)
    assert found is not None
    return found


def payment_of(house: House, receipt: Receipt) -> Payment:
    with house.storage.begin() as uow:
        order = uow.orders.find(OrderNumber(receipt.number))
        assert order is not None
        return uow.payments.of_order(order.id)


def only_order(house: House) -> OrderView:
    (card,) = house.shop.orders.orders().items
    found = house.shop.orders.order(OrderNumber(card.number), None)
    assert found is not None
    return found


def states(house: House, offer: OfferId) -> list[str]:
    return sorted(piece.state for piece in house.shop.office.pieces(offer))


def ledger(house: House) -> list[str]:
    return [entry.kind.value for entry in house.gateway.entries]


def a_key(key: str = "key-1", *, body: str = "body", actor: str = "guest") -> RequestKey:
    return RequestKey(actor, key, body)


def told(call: Any, *args: Any) -> object:
    """The answer, or the refusal as (code, details)."""
    try:
        return call(*args)
    except DomainError as refusal:
        return refusal.code, refusal.message, refusal.details
