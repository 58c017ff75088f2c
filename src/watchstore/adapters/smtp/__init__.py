"""Mail through an SMTP server."""

from watchstore.adapters.smtp.mailer import SmtpMailer

__all__ = ["SmtpMailer"]
