"""Mail as files in a folder."""

from watchstore.adapters.files.mailer import FileMailer

__all__ = ["FileMailer"]
