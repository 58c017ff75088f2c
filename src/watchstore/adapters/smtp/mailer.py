"""Sends mail through an SMTP server; one connection per mail, as the worker sends few."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid
from typing import Final
from urllib.parse import unquote, urlsplit

from watchstore.service_layer.messages import message_of
from watchstore.service_layer.ports import Mail, Unavailable

TIMEOUT: Final = 10.0
_PORTS: Final = {"smtp": 587, "smtps": 465}


class SmtpMailer:
    """`url`: smtp://user:password@host:port, by STARTTLS when offered, or smtps:// for TLS at once.

    A password is never sent in the clear: with one in the URL, TLS is a must.
    """

    def __init__(
        self,
        url: str,
        sender: str,
        *,
        trust: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("the mail server must be given as smtp://host or smtps://host")
        self._tls = parts.scheme == "smtps"
        self._place = parts.hostname, parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = sender
        self._trust = trust or ssl.create_default_context()
        self._timeout = timeout

    def send(self, mail: Mail) -> None:
        message = _message(mail, self._sender)
        try:
            with self._session() as server:
                server.send_message(message)
                _take_leave(server)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"The mail was not sent: {type(error).__name__}.") from error

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        with closing(self._connected()) as server:
            server.ehlo()
            if not self._tls and (self._user or server.has_extn("starttls")):
                server.starttls(context=self._trust)  # raises when it is not offered
            if self._user:
                server.login(self._user, self._password)
            yield server

    def _connected(self) -> smtplib.SMTP:
        host, port = self._place
        if self._tls:
            return smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=self._trust)
        return smtplib.SMTP(host, port, timeout=self._timeout)


def _take_leave(server: smtplib.SMTP) -> None:
    """Whatever becomes of this, the mail was taken: an error would send it a second time."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = message_of(mail)
    message["From"] = sender
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip("> "))
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies
    return message
