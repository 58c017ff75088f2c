"""The command line: run the shop, or one part of it, or work on its catalogue."""

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
from watchstore.entrypoints.calling import (
    clearly,
    container_of,
    located,
    new_container,
    settings_given,
    shop_of,
)
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.import_lines import import_lines
from watchstore.entrypoints.settings import Settings
from watchstore.service_layer.commands import (
    CreateStaff,
    ImportCatalogue,
    ImportOffers,
    ReplayDelivery,
)
from watchstore.service_layer.importing.report import ImportReport, OffersReport, Progress
from watchstore.service_layer.shop import Shop
from watchstore.service_layer.verifying import GRACE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """An online store for watches. Settings are read from the environment: see .env.example."""


@main.command()
@clearly
def run() -> int:
    """Open the whole shop on this machine: database, cache, gateway, web and worker."""
    from watchstore.entrypoints.running import run as run_shop  # noqa: PLC0415

    return run_shop(settings_given())


@main.command()
@clearly
def migrate() -> None:
    """Bring the database's schema up to date."""
    from watchstore.entrypoints.container import migrate as run_migrations  # noqa: PLC0415

    settings = settings_given()
    if not settings.database_url:
        raise StartError("DATABASE_URL is not set")
    run_migrations(settings.database_url)


@main.command()
@clearly
def demo() -> None:
    """Stock an empty shop with the demo's watches, once; make the demo accounts."""
    from watchstore.entrypoints.demo import open_demo  # noqa: PLC0415

    settings = settings_given()
    with shop_of(settings) as shop:
        accounts = open_demo(shop, settings.data)
    for line in accounts:
        click.echo(line)


@main.command()
@clearly
def worker() -> None:
    """Deliver events (mail, payments) until stopped, and keep PUBLISH_TO up to date."""
    from watchstore.entrypoints.traced import traced, tracing_of  # noqa: PLC0415
    from watchstore.entrypoints.worker import run_worker  # noqa: PLC0415

    settings = settings_given()
    port = settings.metrics_port
    metrics = None if port is None else (settings.host, port)
    container = container_of(settings)
    tracing = tracing_of(settings, "watchstore-worker")
    with Shop(traced(container.ports(), tracing)) as shop:
        site = container.site() if settings.publish_to else None
        run_worker(shop, metrics, site, log_level=settings.log_level)


@main.command()
@click.argument("target", required=False)
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of `export`, .json or .csv, instead of the shop.",
)
@clearly
def publish(target: str | None, source: Path | None) -> None:
    """Bring the storefront's pages at TARGET up to date: a folder, or s3://bucket[/prefix].

    Without TARGET it is PUBLISH_TO. Waits while another publisher is at work.
    """
    from watchstore.entrypoints.publishing import once  # noqa: PLC0415

    settings = _publishing_to(target)
    if source is None:
        container = container_of(settings)
        with container.shop() as shop:
            done = once.publish_once(shop, container.site())
    else:
        done = once.publish_file(source, new_container(settings).site())
    click.echo(f"{done.written} written, {done.kept} kept, {done.removed} removed")


def _publishing_to(target: str | None) -> Settings:
    given = {"PUBLISH_TO": target} if target else {}
    settings = settings_given(**given)
    if not settings.publish_to:
        raise StartError("name a TARGET, or set PUBLISH_TO")
    return settings


@main.command("create-staff")
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


@main.command("import")
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


@main.command("export")
@click.argument("file", type=click.File("wb", atomic=True), default="-")
@click.option("--json", "published", is_flag=True, help="What is published: for `publish --from`.")
@clearly
def export_file(file: BinaryIO, published: bool) -> None:
    """Write the catalogue as CSV: what `import` takes back without a change."""
    with shop_of(settings_given()) as shop:
        file.writelines(shop.export_pages() if published else shop.export_catalogue())


@main.command()
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


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@clearly
def backup(file: Path) -> None:
    """Copy all that the database keeps to FILE, and what FILE has to be to FILE.json."""
    from watchstore.entrypoints.backup import back_up  # noqa: PLC0415

    click.echo(f"{back_up(located(settings_given()).database_url, file)} rows saved in {file}.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@clearly
def restore(file: Path) -> None:
    """Fill the empty database that DATABASE_URL names with what `backup` saved in FILE."""
    from watchstore.entrypoints.backup import restore as bring_back  # noqa: PLC0415

    settings = settings_given()
    if not settings.database_url:
        raise StartError("DATABASE_URL is not set")
    click.echo(f"{bring_back(settings.database_url, file)} rows restored.")


@main.group()
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


if __name__ == "__main__":
    main()
