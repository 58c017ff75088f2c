"""Demo accounts with random passwords, made once and kept in the data folder."""

import json
import secrets
from pathlib import Path

from watchstore.domain.errors import Duplicate
from watchstore.domain.identifiers import Email
from watchstore.domain.user import Role
from watchstore.service_layer.commands import CreateStaff
from watchstore.service_layer.shop import Shop


def demo_accounts(shop: Shop, data: Path) -> list[str]:
    """One line per account, for the operator's screen; the file is readable by its owner only."""
    file = data / "demo-accounts.json"
    passwords = json.loads(file.read_text()) if file.exists() else _new_passwords(file)
    for role in Role:
        _make(shop, role, passwords[role])
    return [f"{role:<9} {role}@watchstore.example  {passwords[role]}" for role in Role]


def _new_passwords(file: Path) -> dict[str, str]:
    passwords = {str(role): secrets.token_urlsafe(12) for role in Role}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(passwords, indent=2) + "\n")
    return passwords


def _make(shop: Shop, role: Role, password: str) -> None:
    email = Email.parse(f"{role}@watchstore.example")
    try:
        shop.create_staff(CreateStaff(email, f"Demo {role}", role, password))
    except Duplicate:
        return  # made by an earlier start
