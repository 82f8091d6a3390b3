"""The stand-ins as processes."""

from tests.processes import (
    card_printer_process,
    mail_process,
    recording_process,
    register_process,
    shared_card_printer,
    shared_mail,
    shared_recording,
    shared_register,
    shared_sms,
    sms_process,
)

__all__ = [
    "card_printer_process",
    "mail_process",
    "recording_process",
    "register_process",
    "shared_card_printer",
    "shared_mail",
    "shared_recording",
    "shared_register",
    "shared_sms",
    "sms_process",
]
