"""The back office's catalogue: watches and their offers, drafts included."""

from typing import Any
from uuid import UUID

from flask import request

from watchstore.domain.identifiers import OfferId, Reference, Slug, WatchId, plain_text
from watchstore.domain.offer import Condition
from watchstore.domain.user import Permission
from watchstore.domain.watch import Brand
from watchstore.entrypoints.http.area import IDEMPOTENCY_KEY, IF_MATCH, PREFIX, Area
from watchstore.entrypoints.http.bodies import within
from watchstore.entrypoints.http.conditional import expected_version, quoted
from watchstore.entrypoints.http.permissions import staff
from watchstore.entrypoints.http.questions import known_slug, no_watch
from watchstore.entrypoints.http.schemas import office
from watchstore.entrypoints.http.schemas.common import CreatedAnswer, money
from watchstore.entrypoints.http.staff import staff_key
from watchstore.service_layer.commands import CreateWatch, OpenOffer, RepriceOffer, ReviseWatch
from watchstore.service_layer.queries import OfficeWatchPage, WatchPassport
from watchstore.service_layer.shop import Shop

_EDIT = staff(Permission.EDIT_CATALOGUE)
_SEE = staff(Permission.EDIT_CATALOGUE, Permission.EDIT_STOCK)


def office_catalogue_area(shop: Shop) -> Area:
    area = Area("office catalogue", "Watches and offers, for staff.")
    _watches_to_see(area, shop)
    _watches_to_edit(area, shop)
    _publication(area, shop)
    _new_offers(area, shop)
    _open_offers(area, shop)
    return area


def _watches_to_see(area: Area, shop: Shop) -> None:
    @area.on(
        "GET",
        "/office/watches",
        access=_SEE,
        query=office.WatchesQuery,
        answer=office.WatchesAnswer,
    )
    def office_watches(query: dict[str, Any]) -> OfficeWatchPage:
        """Every watch, drafts included."""
        text = plain_text(query.pop("q"), "q", longest=120, empty=True)
        return shop.office.watches(text=text, **query)

    @area.on(
        "GET",
        "/office/watches/<slug>",
        access=_SEE,
        answer=office.WatchAnswer,
        refuses=(404,),
    )
    def office_watch(slug: str) -> tuple[WatchPassport, dict[str, str]]:
        """One watch; its version is its ETag."""
        return _tagged(_passport(shop, slug))


def _watches_to_edit(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/watches",
        access=_EDIT,
        body=office.WatchBody,
        answer=office.NewWatchAnswer,
        status=201,
        refuses=(409,),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def create_watch(body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        """Add a watch."""
        command = _creation(body)
        watch_id = shop.create_watch(command)
        slug = Slug.of(command.brand.name, command.collection, command.reference.printed)
        location = f"{PREFIX}/office/watches/{slug}"
        return {"id": watch_id, "slug": slug.text}, {"Location": location}

    @area.on(
        "PATCH",
        "/office/watches/<slug>",
        access=_EDIT,
        body=office.WatchChanges,
        answer=office.WatchAnswer,
        refuses=(404, 412),
        parameters=(IF_MATCH,),
    )
    def revise_watch(body: dict[str, Any], slug: str) -> tuple[WatchPassport, dict[str, str]]:
        """Change some facts of a watch."""
        shop.revise_watch(_revision(body, _passport(shop, slug)))
        return _tagged(_passport(shop, slug))


def _publication(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/watches/<slug>/publish",
        access=_EDIT,
        status=204,
        refuses=(404, 409),
    )
    def publish_watch(slug: str) -> None:
        """Show a watch to the public."""
        shop.publish_watch(_watch_id(_passport(shop, slug)))

    @area.on(
        "POST",
        "/office/watches/<slug>/withdraw",
        access=_EDIT,
        status=204,
        refuses=(404, 409),
    )
    def withdraw_watch(slug: str) -> None:
        """Show it no longer."""
        shop.withdraw_watch(_watch_id(_passport(shop, slug)))


def _new_offers(area: Area, shop: Shop) -> None:
    @area.on(
        "POST",
        "/office/watches/<slug>/offers",
        access=_EDIT,
        body=office.OfferBody,
        answer=CreatedAnswer,
        status=201,
        refuses=(404, 409),
        parameters=(IDEMPOTENCY_KEY,),
    )
    def open_offer(body: dict[str, Any], slug: str) -> dict[str, Any]:
        """Offer a watch in one condition at one price."""
        with within("price"):
            price = money(body["price"])
        watch_id = _watch_id(_passport(shop, slug))
        condition = Condition(body["condition"])
        command = OpenOffer(watch_id, condition, price, body["note"], staff_key(request))
        return {"id": shop.open_offer(command)}


def _open_offers(area: Area, shop: Shop) -> None:
    @area.on(
        "PATCH",
        "/office/offers/<uuid:offer_id>",
        access=_EDIT,
        body=office.PriceBody,
        answer=office.VersionAnswer,
        refuses=(404, 409, 412),
        parameters=(IF_MATCH,),
    )
    def reprice_offer(
        body: dict[str, Any], offer_id: UUID
    ) -> tuple[dict[str, int], dict[str, str]]:
        """Change the price; orders keep theirs."""
        with within("price"):
            price = money(body["price"])
        command = RepriceOffer(OfferId(offer_id), price, expected_version(request))
        version = shop.reprice_offer(command)
        return {"version": version}, {"ETag": quoted(version)}

    @area.on(
        "POST",
        "/office/offers/<uuid:offer_id>/close",
        access=_EDIT,
        status=204,
        refuses=(404, 409),
    )
    def close_offer(offer_id: UUID) -> None:
        """Offer it no longer."""
        shop.close_offer(OfferId(offer_id))


def _passport(shop: Shop, slug: str) -> WatchPassport:
    found = shop.office.watch(known_slug(slug).text)
    if found is None:
        raise no_watch()
    return found


def _watch_id(passport: WatchPassport) -> WatchId:
    return WatchId(UUID(passport.id))


def _tagged(passport: WatchPassport) -> tuple[WatchPassport, dict[str, str]]:
    return passport, {"ETag": quoted(passport.version)}


def _creation(body: dict[str, Any]) -> CreateWatch:
    with within("specification"):
        specification = office.specification(body["specification"])
    return CreateWatch(
        Brand.named(body["brand"]),
        body["collection"],
        Reference.parse(body["reference"]),
        body["name"],
        specification,
        body["publish"],
        staff_key(request),
    )


def _revision(body: dict[str, Any], seen: WatchPassport) -> ReviseWatch:
    """What is left out keeps the value just read; the version makes sure that it still holds."""
    with within("specification"):
        specification = office.specification(office.known_facts(seen) | body["specification"])
    version = expected_version(request)
    return ReviseWatch(
        _watch_id(seen),
        body.get("collection", seen.collection),
        body.get("name", seen.name),
        specification,
        seen.version if version is None else version,
    )
