"""Where the revisions of these tests begin: behind the last real one, whichever that is."""

from pathlib import Path

from alembic.script import ScriptDirectory

from watchstore.adapters.postgres import migrations


def real_head() -> str:
    """The newest revision of the shop itself."""
    head = ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()
    if head is None:
        raise AssertionError("the shop has no migrations")
    return head
