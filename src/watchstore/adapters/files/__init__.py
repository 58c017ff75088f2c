"""Mail and pages as files in a folder."""

from watchstore.adapters.files.mailer import FileMailer
from watchstore.adapters.files.pages import FolderPages

__all__ = ["FileMailer", "FolderPages"]
