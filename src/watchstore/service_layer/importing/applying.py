"""Rows of a catalogue file -> watches made or revised, in one transaction that is not ours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from watchstore.domain.errors import Duplicate, IllegalTransition, InvalidValue
from watchstore.domain.events import (
    Event,
    WatchCreated,
    WatchPublished,
    WatchRevised,
    WatchWithdrawn,
)
from watchstore.domain.identifiers import Slug, WatchId
from watchstore.domain.watch import Brand, Publication, Specification, Watch
from watchstore.service_layer.importing.catalogue_rows import CatalogueRow
from watchstore.service_layer.importing.tally import CatalogueTally
from watchstore.service_layer.ports import Entropy, UnitOfWork

Applied = list[tuple[CatalogueRow, Watch]]


class Applying:
    def __init__(
        self,
        uow: UnitOfWork,
        tally: CatalogueTally,
        *,
        now: datetime,
        entropy: Entropy,
        publish: bool,
    ) -> None:
        self._uow = uow
        self._tally = tally
        self._now = now
        self._entropy = entropy
        self._new_state = Publication.PUBLISHED if publish else Publication.DRAFT

    def apply(self, rows: Sequence[CatalogueRow]) -> Applied:
        """The rows that were taken, each with its watch as it is now."""
        found = self._uow.watches.find_many([(row.brand.name, row.reference) for row in rows])
        known = {(watch.brand, watch.reference.bare): watch for watch in found}
        new = [row for row in rows if row.identity not in known]
        revised = [
            (row, watch)
            for row in rows
            if row.identity in known and (watch := self._revise(row, known[row.identity]))
        ]
        return self._create(new) + revised

    def _create(self, rows: Sequence[CatalogueRow]) -> Applied:
        made = [(row, watch) for row in rows if (watch := self._made(row))]
        if not made:
            return []
        self._keep_brands([row.brand for row, _ in made])
        added = self._add(made)
        for _, watch in added:
            self._uow.outbox.append(watch.id, *_events_of_new(watch))
        self._tally.created += len(added)
        return added

    def _made(self, row: CatalogueRow) -> Watch | None:
        if not row.name:
            self._tally.refuse(row.fault("name", "a new reference needs a name"))
            return None
        try:
            draft = self._draft(row)
        except InvalidValue as wrong:
            self._tally.refuse(row.fault("reference", str(wrong)))
            return None
        state = row.publication or self._new_state
        if state is Publication.WITHDRAWN:
            return draft.publish(self._now).withdraw(self._now)
        return _brought_to(draft, state, self._now)

    def _draft(self, row: CatalogueRow) -> Watch:
        return Watch(
            WatchId(self._entropy.new_id()),
            row.brand.name,
            row.collection,
            row.reference,
            row.name,
            Slug.of(row.brand.name, row.collection, row.reference.printed),
            self._now,
            self._now,
            Specification(**row.facts),
        )

    def _keep_brands(self, brands: Sequence[Brand]) -> None:
        for brand in sorted(set(brands), key=lambda brand: brand.name):
            self._uow.watches.keep_brand(brand)

    def _add(self, made: Applied) -> Applied:
        try:
            with self._uow.savepoint():
                self._uow.watches.add_many([watch for _, watch in made])
        except Duplicate:
            return [each for each in made if self._add_alone(*each)]
        return made

    def _add_alone(self, row: CatalogueRow, watch: Watch) -> bool:
        try:
            with self._uow.savepoint():
                self._uow.watches.add(watch)
        except Duplicate:
            self._tally.refuse(
                row.fault(
                    "reference", f"it, or its address {watch.slug}, is in the catalogue already"
                )
            )
            return False
        return True

    def _revise(self, row: CatalogueRow, watch: Watch) -> Watch | None:
        facts = watch.revise(
            self._now,
            collection=row.collection or watch.collection,
            name=row.name or watch.name,
            specification=replace(watch.specification, **row.facts),
        )
        try:
            revised = _brought_to(facts, row.publication or watch.publication, self._now)
        except IllegalTransition as refusal:
            self._tally.refuse(row.fault("publication", refusal.message))
            return None
        if revised == watch:
            self._tally.unchanged += 1
            return watch
        self._save(watch, facts, revised)
        return revised

    def _save(self, before: Watch, facts: Watch, revised: Watch) -> None:
        self._uow.watches.save(revised)
        new_facts = (WatchRevised(str(before.id)),) if facts != before else ()
        self._uow.outbox.append(before.id, *new_facts, *_transitions(before, revised))
        self._tally.revised += 1


def _brought_to(watch: Watch, state: Publication, at: datetime) -> Watch:
    if state is watch.publication:
        return watch
    if state is Publication.PUBLISHED:
        return watch.publish(at)
    if state is Publication.WITHDRAWN:
        return watch.withdraw(at)
    raise IllegalTransition("A watch that was published cannot become a draft again.")


def _events_of_new(watch: Watch) -> tuple[Event, ...]:
    identity = str(watch.id)
    told = (WatchCreated(identity), WatchPublished(identity), WatchWithdrawn(identity))
    return told[: 1 + [*Publication].index(watch.publication)]


def _transitions(before: Watch, after: Watch) -> tuple[Event, ...]:
    if before.publication is after.publication:
        return ()
    published = after.publication is Publication.PUBLISHED
    return ((WatchPublished if published else WatchWithdrawn)(str(after.id)),)
