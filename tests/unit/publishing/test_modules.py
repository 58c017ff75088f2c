"""Scripts are bundled by nobody: what one imports, another must export."""

import re

from watchstore.entrypoints.publishing import FRONTEND

SCRIPTS = FRONTEND / "js"
DEFINED = re.compile(r"export (?:async )?(?:const|let|function|class) (\w+)")
IMPORTED = re.compile(r'import \{([^}]*)\} from "\./([\w.-]+)"')


def test_what_is_imported_is_exported() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")}
    exported = {name: set(DEFINED.findall(text)) for name, text in texts.items()}
    wanted = [
        (importer, exporter, name.strip().partition(" as ")[0])
        for importer, text in texts.items()
        for names, exporter in IMPORTED.findall(text)
        for name in names.split(",")
    ]
    assert len(wanted) > 100
    assert [each for each in wanted if each[2] not in exported.get(each[1], set())] == []
