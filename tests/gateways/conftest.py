"""The stand-ins as processes."""

from tests.processes import (
    mail_process,
    register_process,
    shared_mail,
    shared_register,
    shared_sms,
    sms_process,
)

__all__ = ["mail_process", "register_process", "shared_mail", "shared_register", "shared_sms", "sms_process"]
