"""What use cases reach outside the database: ports, filled by the gateways that settings name.

One object per process and port. Call them before or after a transaction, never inside one.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from adminduk.catalogue.catalogue import Catalogue
from adminduk.modules.accounts.ports import PopulationRegister
from adminduk.modules.audit.ports import CheckpointLog
from adminduk.modules.documents.ports import DocumentReader, DocumentRewriter, DocumentStorage
from adminduk.modules.notifications.ports import MailSender, SmsSender
from adminduk.modules.printing.ports import CardPrinter
from adminduk.modules.recordings.ports import RecordingStatuses

# Objects are made one after the other: two threads that read the definitions at the same moment crash msgspec 0.22.
_making = threading.RLock()


@cache
def _object(setting: str) -> Any:
    return import_string(getattr(settings, setting))()


def _made(setting: str) -> Any:
    """The object that the factory named in `setting` makes, once for the process."""
    with _making:
        return _object(setting)


def catalogue() -> Catalogue:
    """All definitions, loaded once. Raises DefinitionError when they do not hold together."""
    return cast(Catalogue, _made("CATALOGUE"))


def register() -> PopulationRegister:
    """The population register, by region over HTTP or by an officer's comparison."""
    return cast(PopulationRegister, _made("POPULATION_REGISTER"))


def mail() -> MailSender:
    """The mail server."""
    return cast(MailSender, _made("MAIL_SENDER"))


def sms() -> SmsSender:
    """The SMS gateway."""
    return cast(SmsSender, _made("SMS_SENDER"))


def recording_centre() -> RecordingStatuses:
    """The national side of recording, over HTTP."""
    return cast(RecordingStatuses, _made("RECORDING_CENTRE"))


def recording_file() -> RecordingStatuses:
    """Lists of statuses as files."""
    return cast(RecordingStatuses, _made("RECORDING_FILE"))


def recording_typed() -> RecordingStatuses:
    """Statuses that somebody types."""
    return cast(RecordingStatuses, _made("RECORDING_TYPED"))


def card_printer() -> CardPrinter:
    """The gateway of the office's card printers."""
    return cast(CardPrinter, _made("CARD_PRINTER"))


def storage() -> DocumentStorage:
    """Where encrypted pictures lie."""
    return cast(DocumentStorage, _made("DOCUMENT_STORAGE"))


def rewriter() -> DocumentRewriter:
    """What makes a stranger's file harmless."""
    return cast(DocumentRewriter, _made("DOCUMENT_REWRITER"))


def reader() -> DocumentReader:
    """What reads the text on pages; only the worker of the queue "pictures" calls it."""
    return cast(DocumentReader, _made("DOCUMENT_READER"))


def reads_documents() -> bool:
    """Whether pages are read at all: not where it is switched off or the models are not installed."""
    return cast(bool, _made("READS_DOCUMENTS"))


def checkpoints() -> CheckpointLog:
    """Where the audit trail's signed checkpoints stand."""
    return cast(CheckpointLog, _made("CHECKPOINT_LOG"))


def forget() -> None:
    """Make all of them anew at their next use (tests that change settings)."""
    _object.cache_clear()
