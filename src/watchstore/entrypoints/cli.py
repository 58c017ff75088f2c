"""The command line: run the shop or one part of it, keep its database, and all errands in it."""

from pathlib import Path

import click

from watchstore.entrypoints.calling import (
    clearly,
    container_of,
    located,
    new_container,
    settings_given,
    shop_of,
)
from watchstore.entrypoints.errands import create_staff, export_file, import_file, outbox, verify
from watchstore.entrypoints.errors import StartError
from watchstore.entrypoints.settings import Settings
from watchstore.service_layer.shop import Shop


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


for errand in (create_staff, import_file, export_file, verify, outbox):
    main.add_command(errand)


if __name__ == "__main__":
    main()
