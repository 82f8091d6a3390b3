"""Where the levels meet: gateways are made, jobs are registered, the catalogue is loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from procrastinate import App

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.loading import load_catalogue
from adminduk.foundation import jobs
from adminduk.gateways import card_printer as card_printer_gateway
from adminduk.gateways import checkpoints, population, rewriter
from adminduk.gateways import mail as mail_gateway
from adminduk.gateways import recording as recording_gateway
from adminduk.gateways import sms as sms_gateway
from adminduk.gateways import storage as storage_gateway
from adminduk.kernel.identifiers import RegionCode
from adminduk.modules.accounts.ports import PopulationRegister
from adminduk.modules.audit.ports import CheckpointLog
from adminduk.modules.documents.ports import DocumentReader, DocumentRewriter, DocumentStorage
from adminduk.modules.notifications.ports import MailSender, SmsSender
from adminduk.modules.printing.ports import CardPrinter
from adminduk.modules.recordings.ports import RecordingStatuses
from adminduk.usecases import outside

# What reading takes besides Adminduk: the package that carries the models, and the one that runs them.
_READING_NEEDS = ("rapidocr", "onnxruntime")
JOB_MODULES = (
    "adminduk.usecases.appoint_moves",
    "adminduk.usecases.appoint_unanswered",
    "adminduk.usecases.check_documents",
    "adminduk.usecases.deliver",
    "adminduk.usecases.draws",
    "adminduk.usecases.fulfil",
    "adminduk.usecases.recording_again",
    "adminduk.usecases.recording_ask",
    "adminduk.usecases.print_cards",
    "adminduk.usecases.print_trouble",
    "adminduk.usecases.print_watch",
    "adminduk.usecases.uncollected",
    "adminduk.usecases.upkeep_audit",
    "adminduk.usecases.upkeep_counters",
    "adminduk.usecases.upkeep_endings",
    "adminduk.usecases.upkeep_match",
    "adminduk.usecases.upkeep_plumbing",
    "adminduk.usecases.upkeep_retention",
    "adminduk.usecases.upkeep_storage",
)


def catalogue() -> Catalogue:
    """All definitions of this process; production knows no invented office."""
    environment = settings.ENVIRONMENT
    return load_catalogue(
        environment.definitions_dir, environment.extra_definitions, with_examples=not settings.IS_PRODUCTION
    )


def problem_text(code: str, lang: str, params: Mapping[str, str | int]) -> str:
    """The sentence that a page shows for a refusal."""
    return outside.catalogue().problem_text(code, lang, params)


def population_register() -> PopulationRegister:
    """The warehouse for regions with access to it, comparison by hand for the others."""
    environment = settings.ENVIRONMENT

    def has_access(region: RegionCode) -> bool:
        return outside.catalogue().region(region).register == "api"

    warehouse = population.from_environment(url=environment.register_url, login=environment.register_login)
    return population.RegisterByRegion(has_access=has_access, warehouse=warehouse, manual=population.ManualRegister())


def mail_sender() -> MailSender:
    """The office's mail server."""
    environment = settings.ENVIRONMENT
    return mail_gateway.from_environment(
        url=environment.smtp_url, sender=environment.mail_from, ca_file=environment.smtp_ca_file
    )


def sms_sender() -> SmsSender:
    """The office's SMS gateway."""
    return sms_gateway.from_environment(url=settings.ENVIRONMENT.sms_url, token=settings.ENVIRONMENT.sms_token)


def recording_centre() -> RecordingStatuses:
    """Who answers about recordings over HTTP, for regions that have such access."""
    environment = settings.ENVIRONMENT
    return recording_gateway.from_environment(url=environment.recording_url, token=environment.recording_token)


def recording_file() -> RecordingStatuses:
    """Lists out of the national application, as files."""
    return recording_gateway.FileStatuses()


def recording_typed() -> RecordingStatuses:
    """Statuses that somebody types."""
    return recording_gateway.TypedStatuses()


def card_printer() -> CardPrinter:
    """The gateway of the office's card printers."""
    environment = settings.ENVIRONMENT
    return card_printer_gateway.from_environment(url=environment.card_printer_url, token=environment.card_printer_token)


def document_storage() -> DocumentStorage:
    """Files under the data folder."""
    return storage_gateway.from_environment(settings.ENVIRONMENT)


def checkpoint_log() -> CheckpointLog:
    """Files under the data folder."""
    return checkpoints.from_environment(settings.ENVIRONMENT)


def document_rewriter() -> DocumentRewriter:
    """One zygote for this process."""
    return rewriter.from_environment(settings.ENVIRONMENT.signature_anchors)


def document_reader() -> DocumentReader:
    """One reading process for this process, started with the first page."""
    from adminduk.gateways import reader  # not above: numpy and OpenCV have no business in a web process

    return reader.from_environment(threads=settings.ENVIRONMENT.reader_threads)


def reads_documents() -> bool:
    """Whether a worker may be expected to read pages."""
    return settings.ENVIRONMENT.reads_documents and all(find_spec(name) is not None for name in _READING_NEEDS)


def on_jobs_ready(app: App) -> None:
    """Called by procrastinate when Django is ready: register every job of the product."""
    for module in JOB_MODULES:
        import_module(module)
    upkeep_regions = import_module("adminduk.usecases.upkeep_regions")  # not before models are ready
    jobs.configure(upkeep_regions.list_regions)
    app.add_tasks_from(jobs.blueprint, namespace=jobs.NAMESPACE)
