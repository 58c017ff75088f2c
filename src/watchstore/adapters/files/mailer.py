"""Writes mail to a folder, for a shop without a mail server: any mail program opens the files."""

import os
import secrets
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from watchstore.service_layer.messages import message_of
from watchstore.service_layer.ports import Mail, Unavailable


class FileMailer:
    """One .eml per mail; sorted by name they are sorted by time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, mail: Mail) -> None:
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}.eml"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(self._folder / name, bytes(_message(mail, now)))
        except OSError as error:
            raise Unavailable(f"The mail was not written: {error.strerror}.") from error


def _write_whole(path: Path, content: bytes) -> None:
    """Who watches the folder for *.eml sees whole mails only; they hold secrets, so 0600."""
    draft = path.with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
    draft.rename(path)


def _message(mail: Mail, now: datetime) -> EmailMessage:
    message = message_of(mail)
    message["Date"] = format_datetime(now)
    message["X-Unsent"] = "1"  # mail programs open it as a draft, which needs no sender
    return message
