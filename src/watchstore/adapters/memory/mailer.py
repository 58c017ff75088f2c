"""Keeps what would have been sent."""

from watchstore.service_layer.ports import Mail


class MemoryMailer:
    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)
