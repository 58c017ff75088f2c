"""What an account keeps for itself: addresses, watches to come back to, its returns."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request

from watchstore.domain.errors import NotFound
from watchstore.domain.identifiers import AddressId, UserId
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, PREFIX, Area
from watchstore.entrypoints.http.idempotency import actor_of, optional_key
from watchstore.entrypoints.http.permissions import SIGNED_IN
from watchstore.entrypoints.http.schemas import personal
from watchstore.entrypoints.http.schemas.buying import address_at
from watchstore.entrypoints.http.schemas.rows import one_page
from watchstore.entrypoints.http.sessions import signed_in
from watchstore.service_layer.commands import (
    AddWishes,
    ChangeAddress,
    KeepAddress,
    RemoveAddress,
    RemoveWish,
    Shopper,
)
from watchstore.service_layer.queries import AddressRow
from watchstore.service_layer.shop import Shop


def personal_area(shop: Shop) -> Area:
    area = Area("personal", "What an account keeps: addresses, wishes, returns.")
    _addresses(area, shop)
    _changing_addresses(area, shop)
    _wishes(area, shop)
    _returns(area, shop)
    return area


def _addresses(area: Area, shop: Shop) -> None:
    @area.on("GET", "/account/addresses", access=SIGNED_IN, answer=personal.AddressesAnswer)
    def addresses() -> dict[str, Any]:
        """The account's addresses, the default first."""
        return one_page(shop.accounts.addresses(_me()))

    @area.on(
        "POST",
        "/account/addresses",
        access=SIGNED_IN,
        body=personal.KeptAddressBody,
        answer=personal.AddressAnswer,
        status=201,
        refuses=(409,),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def keep_address(body: dict[str, Any]) -> tuple[AddressRow, int, dict[str, str]]:
        """Keep another address; the first one is the default."""
        me = _me()
        key = optional_key(request, actor_of(Shopper(user_id=me)))
        first = body.pop("default")
        kept = shop.keep_address(KeepAddress(me, address_at(body), first, key))
        return _row(shop, me, kept), 201, {"Location": f"{PREFIX}/account/addresses/{kept}"}


def _changing_addresses(area: Area, shop: Shop) -> None:
    @area.on(
        "PUT",
        "/account/addresses/<uuid:address_id>",
        access=SIGNED_IN,
        body=personal.KeptAddressBody,
        answer=personal.AddressAnswer,
        refuses=(404,),
    )
    def change_address(body: dict[str, Any], address_id: UUID) -> AddressRow:
        """Replace an address."""
        me, named = _me(), AddressId(address_id)
        first = body.pop("default")
        shop.change_address(ChangeAddress(me, named, address_at(body), first))
        return _row(shop, me, named)

    @area.on(
        "DELETE",
        "/account/addresses/<uuid:address_id>",
        access=SIGNED_IN,
        status=204,
        refuses=(404,),
    )
    def remove_address(address_id: UUID) -> None:
        """Forget an address; of the others the next becomes the default."""
        shop.remove_address(RemoveAddress(_me(), AddressId(address_id)))


def _wishes(area: Area, shop: Shop) -> None:
    @area.on("GET", "/account/wishlist", access=SIGNED_IN, answer=personal.WishesAnswer)
    def wishes() -> dict[str, Any]:
        """The watches to come back to, newest first."""
        return _listed(shop)

    @area.on(
        "POST",
        "/account/wishlist",
        access=SIGNED_IN,
        body=personal.WishesBody,
        answer=personal.WishesAnswer,
    )
    def add_wishes(body: Mapping[str, list[str]]) -> dict[str, Any]:
        """Merge watches into the list; again is the same as once."""
        shop.add_wishes(AddWishes(_me(), tuple(body["slugs"])))
        return _listed(shop, body["slugs"])

    @area.on("DELETE", "/account/wishlist/<slug>", access=SIGNED_IN, status=204)
    def remove_wish(slug: str) -> None:
        """Take a watch off the list."""
        shop.remove_wish(RemoveWish(_me(), slug))


def _returns(area: Area, shop: Shop) -> None:
    @area.on("GET", "/account/returns", access=SIGNED_IN, answer=personal.AccountReturnsAnswer)
    def returns() -> dict[str, Any]:
        """The returns of all orders of the account, newest first."""
        return one_page(shop.accounts.returns(_me()))


def _me() -> UserId:
    return signed_in().user.id


def _row(shop: Shop, me: UserId, address_id: AddressId) -> AddressRow:
    for row in shop.accounts.addresses(me):
        if row.id == str(address_id):
            return row
    raise NotFound("There is no such address.")  # removed meanwhile


def _listed(shop: Shop, wanted: list[str] | None = None) -> dict[str, Any]:
    rows = shop.accounts.wishes(_me())
    there = {row.slug for row in rows}
    left_out = [slug for slug in wanted or () if slug not in there]
    return {**one_page(rows), "left_out": left_out}
