"""E-mail through an SMTP server."""

from adminduk.gateways.mail.compose import BadMail, compose
from adminduk.gateways.mail.smtp import SmtpMailSender, from_environment

__all__ = ["BadMail", "SmtpMailSender", "compose", "from_environment"]
