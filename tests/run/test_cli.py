"""The command line on a database of its own: what it does, says and returns."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from watchstore.domain.user import Role
from watchstore.entrypoints.cli import main
from watchstore.entrypoints.demo.loading import FOLDER

MESSY = str(FOLDER / "messy.csv")


class Terminal:
    def __init__(self, database_url: str, folder: Path) -> None:
        self._environ = {"DATABASE_URL": database_url, "DATA": str(folder), "REDIS_URL": ""}

    def run(self, *words: str, **settings: object) -> Result:
        given = {name.upper(): str(value) for name, value in settings.items()}
        return CliRunner().invoke(main, words, env=self._environ | given)


@pytest.fixture(scope="module")
def terminal(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(database_url, tmp_path_factory.mktemp("data"))


def test_migrating_twice_is_fine(terminal: Terminal) -> None:
    assert terminal.run("migrate").exit_code == 0
    assert terminal.run("migrate").exit_code == 0


def test_an_import_takes_the_good_rows_and_names_the_others(terminal: Terminal) -> None:
    rehearsed = terminal.run("import", MESSY, "--currency", "USD", "--dry-run")
    done = terminal.run("import", MESSY, "--currency", "USD", "--publish")
    assert rehearsed.stdout == done.stdout
    assert done.exit_code == 1
    counts, *faults = done.stdout.splitlines()
    assert counts.split(", ")[3] == "15 refused"
    assert len(faults) == 15
    assert all(fault.startswith("line ") for fault in faults)
    assert done.stderr == "messy.csv\n"  # the bar itself needs a terminal


def test_what_is_exported_is_imported_without_a_change(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    assert terminal.run("export", str(file)).exit_code == 0
    again = terminal.run("import", str(file))
    created, revised, unchanged, *_ = again.stdout.split(", ")
    assert (created, revised) == ("0 created", "0 revised")
    assert unchanged != "0 unchanged"
    assert again.exit_code == 0


def test_a_member_of_staff_is_made_once(terminal: Terminal) -> None:
    words = ("create-staff", "clerk@example.com", "--name", "C", "--password", "well kept time")
    assert terminal.run(*words).exit_code == 0
    again = terminal.run(*words)
    assert again.exit_code == 2
    assert again.stderr == "watchstore: clerk@example.com has an account already.\n"


def test_a_bad_password_is_told_in_one_line(terminal: Terminal) -> None:
    refused = terminal.run("create-staff", "d@example.com", "--name", "D", "--password", "12345678")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("watchstore: password: ")
    assert len(refused.stderr.splitlines()) == 1


def test_the_demo_is_loaded_once_and_its_accounts_keep_their_passwords(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("opened")
    (data / "demo-loaded").touch()
    first, again = (terminal.run("demo", data=data) for _ in range(2))
    assert first.exit_code == again.exit_code == 0
    assert first.stdout == again.stdout
    assert [line.split()[1] for line in first.stdout.splitlines()] == [
        f"{role}@watchstore.example" for role in Role
    ]


def test_a_demo_without_its_database_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    refused = terminal.run("demo", data=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/x")
    assert refused.exit_code == 2
    assert len(refused.stderr.splitlines()) == 1
    assert not (tmp_path / "demo-loaded").exists()


def test_without_a_database_it_says_what_to_set(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["export"], env={"DATABASE_URL": "", "DATA": str(tmp_path)})
    assert refused.exit_code == 2
    assert refused.stderr.startswith("watchstore: DATABASE_URL is not set")
