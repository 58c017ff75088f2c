"""The back office's stock: physical watches on the shelf."""

from typing import Any
from uuid import UUID

from flask import request

from watchstore.domain.identifiers import OfferId, PieceId
from watchstore.domain.user import Permission
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, Area
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.schemas import office
from watchstore.entrypoints.http.schemas.rows import one_page
from watchstore.entrypoints.http.staff import staff_key
from watchstore.service_layer.commands import ReceivePieces
from watchstore.service_layer.shop import Shop

_STOCK = staff(Permission.EDIT_STOCK)


def office_stock_area(shop: Shop) -> Area:
    area = Area("office stock", "Physical watches, for staff.")
    _looking(area, shop)
    _shelving(area, shop)
    return area


def _looking(area: Area, shop: Shop) -> None:
    @area.on("GET", "/office/stock", access=_STOCK, answer=office.StockAnswer)
    def stock() -> dict[str, Any]:
        """Every open offer with its pieces by state."""
        return one_page(shop.office.stock())

    @area.on(
        "GET",
        "/office/offers/<uuid:offer_id>/pieces",
        access=_STOCK,
        answer=office.PiecesAnswer,
        refuses=(404,),
    )
    def pieces(offer_id: UUID) -> dict[str, Any]:
        """The pieces of an offer, with serial numbers."""
        return one_page(shop.office.pieces(OfferId(offer_id)))


def _shelving(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/offers/<uuid:offer_id>/pieces",
        access=_STOCK,
        body=office.PiecesBody,
        answer=office.ReceivedAnswer,
        status=201,
        refuses=(404, 409),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def receive(body: dict[str, Any], offer_id: UUID) -> dict[str, int]:
        """Put pieces on the shelf."""
        new = tuple(office.new_piece(piece) for piece in body["pieces"])
        command = ReceivePieces(OfferId(offer_id), new, staff_key(request))
        return {"received": shop.receive_pieces(command)}

    @area.on(
        "POST",
        "/office/pieces/<uuid:piece_id>/restock",
        access=_STOCK,
        status=204,
        refuses=(404, 409),
    )
    def restock(piece_id: UUID) -> None:
        """Put a piece that was withdrawn from sale back on the shelf."""
        shop.restock_piece(PieceId(piece_id))
