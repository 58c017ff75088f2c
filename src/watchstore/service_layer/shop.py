"""The whole shop as one typed object: every use case bound to its adapters, and every question.

Each use case takes its command and nothing else; see `commands` and the module it comes from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from watchstore.domain.cart import Cart
from watchstore.domain.identifiers import HoldId, OfferId, PaymentId, PieceId, UserId, WatchId
from watchstore.service_layer import commands
from watchstore.service_layer.answers import Answer, Receipt
from watchstore.service_layer.ports import SessionLookup
from watchstore.service_layer.queries import (
    AccountQueries,
    CartQueries,
    CatalogueDocuments,
    CatalogueQueries,
    OfficeQueries,
    OrderQueries,
)
from watchstore.service_layer.signing_in import NewSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    register: Callable[[commands.RegisterAccount], None]
    create_staff: Callable[[commands.CreateStaff], UserId]
    verify_email: Callable[[commands.VerifyEmail], None]
    request_password_reset: Callable[[commands.RequestPasswordReset], None]
    reset_password: Callable[[commands.ResetPassword], None]
    change_password: Callable[[commands.ChangePassword], None]
    rename: Callable[[commands.Rename], None]
    sign_in: Callable[[commands.SignIn], NewSession]
    end_sessions: Callable[[commands.EndSessions], int]

    create_watch: Callable[[commands.CreateWatch], WatchId]
    revise_watch: Callable[[commands.ReviseWatch], int]
    publish_watch: Callable[[WatchId], None]
    withdraw_watch: Callable[[WatchId], None]
    open_offer: Callable[[commands.OpenOffer], OfferId]
    reprice_offer: Callable[[commands.RepriceOffer], int]
    close_offer: Callable[[OfferId], None]
    receive_pieces: Callable[[commands.ReceivePieces], int]
    hold_pieces: Callable[[commands.HoldPieces], Mapping[OfferId, tuple[PieceId, ...]]]
    release_hold: Callable[[HoldId], int]

    put_cart_line: Callable[[commands.PutCartLine], Cart]
    remove_cart_line: Callable[[commands.RemoveCartLine], Cart | None]
    place_order: Callable[[commands.PlaceOrder], Receipt]
    cancel_order: Callable[[commands.CancelOrder], Receipt]
    ship_order: Callable[[commands.ShipOrder], Receipt]
    settle_payment: Callable[[PaymentId], Answer]
    drain: Callable[[], int]

    catalogue: CatalogueQueries
    documents: CatalogueDocuments
    carts: CartQueries
    orders: OrderQueries
    accounts: AccountQueries
    office: OfficeQueries
    sessions: SessionLookup
    ping: Callable[[], None]
    close: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
