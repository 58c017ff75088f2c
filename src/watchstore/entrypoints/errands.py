"""The commands that work in a shop: its staff, catalogue, records and undelivered events."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import click

from watchstore.domain.identifiers import Email
from watchstore.domain.user import Role
from watchstore.entrypoints.calling import clearly, settings_given, shop_of
from watchstore.entrypoints.import_lines import import_lines
from watchstore.service_layer.commands import (
    CreateStaff,
    ImportCatalogue,
    ImportOffers,
    ReplayDelivery,
)
from watchstore.service_layer.importing.report import ImportReport, OffersReport, Progress
from watchstore.service_layer.verifying import GRACE


@click.command("create-staff")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([str(role) for role in Role]), default="clerk")
@click.password_option()
@clearly
def create_staff(email: str, name: str, role: str, password: str) -> None:
    """Make a verified account with a role."""
    with shop_of(settings_given()) as shop:
        shop.create_staff(CreateStaff(Email.parse(email), name, Role(role), password))
    click.echo(f"{email} can sign in as {role}.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report what would be done, and do nothing.")
@click.option("--publish", is_flag=True, help="Publish new watches at once.")
@click.option("--currency", help="For prices that name none, such as USD.")
@click.option("--offers", is_flag=True, help="Each row is one piece for sale.")
@clearly
def import_file(
    file: Path,
    dry_run: bool,
    publish: bool,
    currency: str | None,
    offers: bool,
) -> int:
    """Take a CSV file into the catalogue. Good rows are taken, bad ones reported by line."""
    data = file.read_bytes()
    with shop_of(settings_given()) as shop, _progress(file.name) as progress:
        report: ImportReport | OffersReport
        if offers:
            wares = ImportOffers(data, dry_run=dry_run, default_currency=currency)
            report = shop.import_offers(wares, progress=progress)
        else:
            facts = ImportCatalogue(
                data, dry_run=dry_run, default_currency=currency, publish=publish
            )
            report = shop.import_catalogue(facts, progress=progress)
    for line in import_lines(report):
        click.echo(line)
    return 1 if report.faults else 0


@click.command("export")
@click.argument("file", type=click.File("wb", atomic=True), default="-")
@click.option("--json", "published", is_flag=True, help="What is published: for `publish --from`.")
@clearly
def export_file(file: BinaryIO, published: bool) -> None:
    """Write the catalogue as CSV: what `import` takes back without a change."""
    with shop_of(settings_given()) as shop:
        file.writelines(shop.export_pages() if published else shop.export_catalogue())


@click.command()
@click.option(
    "--grace",
    type=click.FloatRange(min=0),
    default=GRACE.total_seconds(),
    show_default=True,
    help="Seconds that a payment or a delivery may be under way.",
)
@clearly
def verify(grace: float) -> int:
    """Prove that stock, orders, payments, events and the gateway's ledger agree."""
    with shop_of(settings_given()) as shop:
        differences = shop.verify(grace=timedelta(seconds=grace))
    for one in differences:
        click.echo(f"{one.rule}  {one.id}  {one.detail}")
    click.echo(f"{len(differences)} differences" if differences else "Everything agrees.")
    return 1 if differences else 0


@click.group()
def outbox() -> None:
    """What the worker could not deliver."""


@outbox.command("list")
@clearly
def list_dead_letters() -> None:
    """List the dead letters, each of which holds up what comes after it."""
    with shop_of(settings_given()) as shop:
        letters = shop.office.dead_letters()
    for letter in letters:
        click.echo(
            f"{letter.event_id}  {letter.consumer}  {letter.event}  {letter.parked_at}"
            f"  {letter.attempts} attempts  {letter.error}"
        )


@outbox.command()
@click.argument("event_id", metavar="ID", type=click.UUID)
@click.option("--consumer", help="Only for this one of those that gave it up.")
@clearly
def replay(event_id: UUID, consumer: str | None) -> None:
    """Deliver a dead letter again; what waits behind it follows."""
    with shop_of(settings_given()) as shop:
        replayed = shop.replay_delivery(ReplayDelivery(event_id, consumer))
    click.echo(f"{replayed} on its way again.")


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A bar on standard error, so that the report itself can be piped."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance
