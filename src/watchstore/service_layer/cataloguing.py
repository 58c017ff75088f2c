"""The catalogue: make, revise, publish and withdraw watches; open, reprice and close offers."""

from watchstore.domain.errors import StaleVersion
from watchstore.domain.events import (
    Event,
    OfferClosed,
    OfferOpened,
    OfferRepriced,
    WatchCreated,
    WatchPublished,
    WatchRevised,
    WatchWithdrawn,
)
from watchstore.domain.identifiers import OfferId, Slug, WatchId, plain_text
from watchstore.domain.offer import Offer
from watchstore.domain.watch import Watch
from watchstore.service_layer.commands import CreateWatch, OpenOffer, RepriceOffer, ReviseWatch
from watchstore.service_layer.ports import Begin, Clock, Entropy, UnitOfWork
from watchstore.service_layer.remembering import earlier_creation, remember_creation
from watchstore.service_layer.retrying import retried


@retried
def create_watch(command: CreateWatch, *, begin: Begin, clock: Clock, entropy: Entropy) -> WatchId:
    """Add a reference to the catalogue; raises Duplicate when the brand has it already."""
    with begin() as uow:
        if earlier := earlier_creation(uow, command.key):
            return WatchId(earlier)
        watch = new_watch(command, clock=clock, entropy=entropy)
        uow.watches.keep_brand(command.brand)
        uow.watches.add(watch)
        uow.outbox.append(watch.id, *_creation_events(watch, published=command.publish))
        remember_creation(uow, command.key, watch.id)
        uow.commit()
    return watch.id


def new_watch(command: CreateWatch, *, clock: Clock, entropy: Entropy) -> Watch:
    now = clock.now()
    watch = Watch(
        WatchId(entropy.new_id()),
        command.brand.name,
        plain_text(command.collection, "collection", longest=80, empty=True),
        command.reference,
        plain_text(command.name, "name", longest=200),
        Slug.of(command.brand.name, command.collection, command.reference.printed),
        now,
        now,
        command.specification,
    )
    return watch.publish(now) if command.publish else watch


def _creation_events(watch: Watch, *, published: bool) -> tuple[Event, ...]:
    created = WatchCreated(str(watch.id))
    return (created, WatchPublished(str(watch.id))) if published else (created,)


@retried
def revise_watch(command: ReviseWatch, *, begin: Begin, clock: Clock) -> int:
    """Replace the facts of a watch; returns its version."""
    with begin() as uow:
        watch = uow.watches.get(command.watch_id)
        _same_version(watch.version, command.version)
        revised = watch.revise(
            clock.now(),
            collection=plain_text(command.collection, "collection", longest=80, empty=True),
            name=plain_text(command.name, "name", longest=200),
            specification=command.specification,
        )
        if revised != watch:
            uow.watches.save(revised)
            uow.outbox.append(watch.id, WatchRevised(str(watch.id)))
            uow.commit()
    return revised.version


@retried
def publish_watch(watch_id: WatchId, *, begin: Begin, clock: Clock) -> None:
    with begin() as uow:
        uow.watches.save(uow.watches.get(watch_id).publish(clock.now()))
        uow.outbox.append(watch_id, WatchPublished(str(watch_id)))
        uow.commit()


@retried
def withdraw_watch(watch_id: WatchId, *, begin: Begin, clock: Clock) -> None:
    with begin() as uow:
        uow.watches.save(uow.watches.get(watch_id).withdraw(clock.now()))
        uow.outbox.append(watch_id, WatchWithdrawn(str(watch_id)))
        uow.commit()


@retried
def open_offer(command: OpenOffer, *, begin: Begin, clock: Clock, entropy: Entropy) -> OfferId:
    with begin() as uow:
        if earlier := earlier_creation(uow, command.key):
            return OfferId(earlier)
        watch = uow.watches.get(command.watch_id)
        offer = Offer(
            OfferId(entropy.new_id()),
            watch.id,
            command.condition,
            command.price,
            clock.now(),
            plain_text(command.note, "note", longest=500, empty=True),
        )
        add_offer(uow, offer)
        remember_creation(uow, command.key, offer.id)
        uow.commit()
    return offer.id


def add_offer(uow: UnitOfWork, offer: Offer) -> None:
    uow.offers.add(offer)
    price = offer.price
    uow.outbox.append(offer.id, OfferOpened(str(offer.id), price.amount, price.currency.code))


@retried
def reprice_offer(command: RepriceOffer, *, begin: Begin) -> int:
    """Change a price from now on; orders keep theirs. Returns the offer's version."""
    with begin() as uow:
        offer = uow.offers.get(command.offer_id)
        _same_version(offer.version, command.version)
        repriced = offer.reprice(command.price)
        if repriced != offer:
            price = repriced.price
            uow.offers.save(repriced)
            uow.outbox.append(
                offer.id, OfferRepriced(str(offer.id), price.amount, price.currency.code)
            )
            uow.commit()
    return repriced.version


@retried
def close_offer(offer_id: OfferId, *, begin: Begin, clock: Clock) -> None:
    with begin() as uow:
        uow.offers.save(uow.offers.get(offer_id).close(clock.now()))
        uow.outbox.append(offer_id, OfferClosed(str(offer_id)))
        uow.commit()


def _same_version(actual: int, expected: int | None) -> None:
    if expected not in (None, actual):
        raise StaleVersion("It was changed since you read it.", version=actual)
