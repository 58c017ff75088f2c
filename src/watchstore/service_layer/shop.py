"""The whole shop as one typed object: every use case on its ports, and every question.

Each use case takes its command and nothing else; what it does is told where it is written.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Self

from watchstore.domain.cart import Cart
from watchstore.domain.identifiers import HoldId, OfferId, PaymentId, PieceId, UserId, WatchId
from watchstore.service_layer import (
    accounts,
    background,
    cataloguing,
    commands,
    fulfilling,
    noticing,
    ordering,
    paying,
    refunding,
    relay,
    returning,
    scheduling,
    shopping,
    signing_in,
    stocking,
    tracking,
    verifying,
)
from watchstore.service_layer.answers import Answer, Receipt, RefundReceipt, ReturnReceipt
from watchstore.service_layer.importing import (
    catalogue_export,
    catalogue_import,
    offers_import,
)
from watchstore.service_layer.importing.report import (
    ImportReport,
    OffersReport,
    Progress,
    unwatched,
)
from watchstore.service_layer.needs import Ports
from watchstore.service_layer.ports import (
    Begin,
    SessionLookup,
)
from watchstore.service_layer.queries import (
    AccountQueries,
    CartQueries,
    CatalogueDocuments,
    CatalogueQueries,
    Difference,
    OfficeQueries,
    OrderQueries,
)
from watchstore.service_layer.signing_in import NewSession

__all__ = ["Ports", "Shop"]


class Shop:
    """A context manager: leaving it closes the storage."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.begin: Begin = ports.storage.begin
        self.catalogue: CatalogueQueries = ports.storage.catalogue
        self.documents: CatalogueDocuments = ports.documents
        self.carts: CartQueries = ports.storage.carts
        self.orders: OrderQueries = ports.storage.orders
        self.accounts: AccountQueries = ports.storage.accounts
        self.office: OfficeQueries = ports.storage.office
        self.sessions: SessionLookup = ports.sessions

    def register(self, command: commands.RegisterAccount) -> None:
        accounts.register(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            hasher=self.ports.hasher,
            limiter=self.ports.limiter,
            common=self.ports.common_passwords,
        )

    def create_staff(self, command: commands.CreateStaff) -> UserId:
        return accounts.create_staff(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            hasher=self.ports.hasher,
            common=self.ports.common_passwords,
        )

    def verify_email(self, command: commands.VerifyEmail) -> None:
        accounts.verify_email(
            command, begin=self.begin, clock=self.ports.clock, limiter=self.ports.limiter
        )

    def request_password_reset(self, command: commands.RequestPasswordReset) -> None:
        accounts.request_password_reset(
            command, begin=self.begin, entropy=self.ports.entropy, limiter=self.ports.limiter
        )

    def reset_password(self, command: commands.ResetPassword) -> None:
        accounts.reset_password(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            hasher=self.ports.hasher,
            limiter=self.ports.limiter,
            sessions=self.ports.sessions,
            common=self.ports.common_passwords,
        )

    def change_password(self, command: commands.ChangePassword) -> None:
        accounts.change_password(
            command,
            begin=self.begin,
            hasher=self.ports.hasher,
            limiter=self.ports.limiter,
            sessions=self.ports.sessions,
            common=self.ports.common_passwords,
        )

    def rename(self, command: commands.Rename) -> None:
        accounts.rename(command, begin=self.begin)

    def sign_in(self, command: commands.SignIn) -> NewSession:
        return signing_in.sign_in(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            hasher=self.ports.hasher,
            limiter=self.ports.limiter,
            sessions=self.ports.sessions,
            lasting=self.ports.session_life,
        )

    def end_sessions(self, command: commands.EndSessions) -> int:
        return signing_in.end_sessions(command, begin=self.begin, sessions=self.ports.sessions)

    def create_watch(self, command: commands.CreateWatch) -> WatchId:
        return cataloguing.create_watch(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def revise_watch(self, command: commands.ReviseWatch) -> int:
        return cataloguing.revise_watch(command, begin=self.begin, clock=self.ports.clock)

    def publish_watch(self, watch_id: WatchId) -> None:
        cataloguing.publish_watch(watch_id, begin=self.begin, clock=self.ports.clock)

    def withdraw_watch(self, watch_id: WatchId) -> None:
        cataloguing.withdraw_watch(watch_id, begin=self.begin, clock=self.ports.clock)

    def open_offer(self, command: commands.OpenOffer) -> OfferId:
        return cataloguing.open_offer(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def reprice_offer(self, command: commands.RepriceOffer) -> int:
        return cataloguing.reprice_offer(command, begin=self.begin)

    def close_offer(self, offer_id: OfferId) -> None:
        cataloguing.close_offer(offer_id, begin=self.begin, clock=self.ports.clock)

    def import_catalogue(
        self, command: commands.ImportCatalogue, *, progress: Progress = unwatched
    ) -> ImportReport:
        return catalogue_import.import_catalogue(
            command,
            begin=self.begin,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
            progress=progress,
        )

    def import_offers(
        self, command: commands.ImportOffers, *, progress: Progress = unwatched
    ) -> OffersReport:
        return offers_import.import_offers(
            command, begin=self.begin, clock=self.ports.clock, progress=progress
        )

    def export_catalogue(self) -> Iterator[bytes]:
        return catalogue_export.export_catalogue(self.office)

    def receive_pieces(self, command: commands.ReceivePieces) -> int:
        return stocking.receive_pieces(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def restock_piece(self, piece_id: PieceId) -> None:
        stocking.restock_piece(piece_id, begin=self.begin)

    def hold_pieces(self, command: commands.HoldPieces) -> Mapping[OfferId, tuple[PieceId, ...]]:
        return stocking.hold_pieces(command, begin=self.begin, clock=self.ports.clock)

    def release_hold(self, hold_id: HoldId) -> int:
        return stocking.release_hold(hold_id, begin=self.begin)

    def put_cart_line(self, command: commands.PutCartLine) -> Cart:
        return shopping.put_cart_line(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def remove_cart_line(self, command: commands.RemoveCartLine) -> Cart | None:
        return shopping.remove_cart_line(command, begin=self.begin, clock=self.ports.clock)

    def place_order(self, command: commands.PlaceOrder) -> Receipt:
        return ordering.place_order(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
        )

    def cancel_order(self, command: commands.CancelOrder) -> Receipt:
        return fulfilling.cancel_order(
            command, begin=self.begin, gateway=self.ports.gateway, clock=self.ports.clock
        )

    def ship_order(self, command: commands.ShipOrder) -> Receipt:
        return fulfilling.ship_order(
            command, begin=self.begin, gateway=self.ports.gateway, clock=self.ports.clock
        )

    def deliver_order(self, command: commands.DeliverOrder) -> Receipt:
        return fulfilling.deliver_order(command, begin=self.begin, clock=self.ports.clock)

    def track_order(self, command: commands.TrackOrder) -> tracking.TrackedOrder:
        return tracking.track_order(command, orders=self.orders, limiter=self.ports.limiter)

    def request_return(self, command: commands.RequestReturn) -> ReturnReceipt:
        return returning.request_return(
            command, begin=self.begin, clock=self.ports.clock, entropy=self.ports.entropy
        )

    def decide_return(self, command: commands.DecideReturn) -> ReturnReceipt:
        return returning.decide_return(command, begin=self.begin, clock=self.ports.clock)

    def inspect_return(self, command: commands.InspectReturn) -> ReturnReceipt:
        return returning.inspect_return(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
        )

    def refund_order(self, command: commands.RefundOrder) -> RefundReceipt:
        return refunding.refund_order(
            command,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
            entropy=self.ports.entropy,
        )

    def take_notice(self, command: commands.TakeNotice) -> None:
        noticing.take_notice(
            command,
            readers=self.ports.notices,
            begin=self.begin,
            gateway=self.ports.gateway,
            clock=self.ports.clock,
        )

    def settle_payment(self, payment_id: PaymentId) -> Answer:
        return paying.settle_payment(
            payment_id, begin=self.begin, gateway=self.ports.gateway, clock=self.ports.clock
        )

    def drain(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Deliver the events that are due, once around; the worker calls this for ever."""
        p = self.ports
        return relay.drain(
            p.storage.deliveries,
            background.consumers(p, self.begin),
            clock=p.clock,
            failed=p.delivery_failed,
            spread=p.spread,
            stopping=stopping,
        )

    def replay_delivery(self, command: commands.ReplayDelivery) -> int:
        return relay.replay(command, deliveries=self.ports.storage.deliveries)

    def do_duties(self) -> int:
        """Do what is due of the schedule; every worker calls this now and then."""
        return scheduling.do_due(
            self.ports.storage.duties,
            background.schedule(self.ports, self.begin),
            report=self.ports.report,
        )

    def verify(self, *, grace: timedelta = verifying.GRACE) -> tuple[Difference, ...]:
        """Every difference between the shop's records, and between them and the gateway's."""
        return verifying.verify(
            checks=self.ports.storage.checks, gateway=self.ports.gateway, grace=grace
        )

    def ping(self) -> None:
        self.ports.storage.ping()

    def close(self) -> None:
        self.ports.storage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
