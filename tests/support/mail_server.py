"""A mail server for tests: takes what it is sent, with or without TLS, and remembers it."""

import ssl
import subprocess
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Self


@dataclass
class Script:
    """How the server behaves, and what it saw."""

    tls: ssl.SSLContext | None = None
    at_once: bool = False
    offers_tls: bool = False
    password: str | None = None
    refuses: str = ""
    mute: Event | None = None
    mails: list[bytes] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class Conversation(StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        self.script = self.server.script
        self.secure = False
        if self.script.mute:
            self.script.mute.wait(30)
            return
        if self.script.at_once and not self._secure():
            return
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            self.script.said.append(line)
            if not self._answer(line.split(" ")[0].upper(), line):
                return

    def _answer(self, verb: str, line: str) -> bool:
        if self.script.refuses == verb == "QUIT":
            return False
        if self.script.refuses == verb:
            self._say("451 not now")
        elif verb == "EHLO":
            self._greet()
        elif verb == "STARTTLS" and self.script.offers_tls:
            self._say("220 go ahead")
            return self._secure()
        elif verb == "AUTH":
            _, user, password = b64decode(line.split(" ")[2]).decode().split("\0")
            right = f"{user}:{password}" == self.script.password
            self._say("235 welcome" if right else "535 who?")
        elif verb == "DATA":
            self._take()
        elif verb in {"MAIL", "RCPT", "RSET"}:
            self._say("250 fine")
        elif verb == "QUIT":
            self._say("221 bye")
        else:
            self._say("502 what?")
        return verb != "QUIT"

    def _greet(self) -> None:
        offers = ["AUTH PLAIN"] if self.script.password else []
        if self.script.offers_tls and not self.secure:
            offers.append("STARTTLS")
        lines = ["mail.test", *offers]
        for line in lines[:-1]:
            self._say(f"250-{line}")
        self._say(f"250 {lines[-1]}")

    def _take(self) -> None:
        self._say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.script.mails.append(b"".join(line.removeprefix(b".") for line in lines))
        self.script.secured.append(self.secure)
        self._say("250 taken")

    def _secure(self) -> bool:
        assert self.script.tls
        try:
            self.connection = self.script.tls.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            return False
        self.rfile = self.connection.makefile("rb")
        self.secure = True
        return True

    def _say(self, line: str) -> None:
        self.connection.sendall(f"{line}\r\n".encode())

    def finish(self) -> None:
        self.rfile.close()
        self.connection.close()


class MailServer(ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.script = script
        self.place = f"localhost:{self.server_address[1]}"
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.script.mute:
            self.script.mute.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server called localhost shows, and what a client needs to trust it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert),
        ],
        check=True,
        capture_output=True,
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))
