"""What the shop writes to people: a letter for each event that is worth a mail."""

from watchstore.service_layer.mailing.sending import send_mail

__all__ = ["send_mail"]
