"""What an officer says against the machine: this picture can be read after all, that value was read wrongly.

His word changes nothing for the citizen and decides nothing. It is counted when the case is decided, so that an office
knows how often the machine is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from adminduk.catalogue.papers.types import ReadField, ReadPaper
from adminduk.foundation.idempotency import once
from adminduk.kernel.actor import Actor
from adminduk.kernel.errors import DomainError, NotFound
from adminduk.modules.applications.types import Case
from adminduk.modules.documents import queries as documents
from adminduk.modules.documents import readings, words
from adminduk.modules.documents.types import Said, StoredPage, Word
from adminduk.usecases.case_record import record
from adminduk.usecases.review import held_case

LONGEST_VALUE = 200
UNREADABLE = "unreadable"  # the coded reason of a correction


def say(actor: Actor, application_id: UUID, *, word: Word, key: str, at: datetime) -> None:
    """Keep the word of the officer who holds the case; twice is harmless.

    Raises NotFound for a page or value that is not there; DomainError: not_holding, words_long (limit), and
    word_misplaced for a verdict that the machine did not give.
    """

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        page = documents.get_page(word.page_id, application_id=case.id)
        words.say(page, _checked(word, page), officer_id=actor.id, at=at)
        record("case.correct_reading", case, actor=actor, at=at, reason=word.said)
        return ""

    once(actor, key, act)


def take_back(actor: Actor, application_id: UUID, *, page_id: UUID, subject: str, key: str, at: datetime) -> None:
    """The machine was right after all. Raises NotFound, DomainError("not_holding")."""

    def act() -> str:
        case = held_case(actor, application_id, at=at)
        words.take_back(documents.get_page(page_id, application_id=case.id), subject)
        record("case.correct_reading", case, actor=actor, at=at, reason="taken_back")
        return ""

    once(actor, key, act)


def follow_corrections(case: Case, asked: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """A document asked for again because it cannot be read: its pictures that the machine took were taken wrongly.

    `asked`: the coded reason by requirement. Nothing follows where the machine refused a page, or the officer has said
    himself which of them cannot be read.
    """
    unreadable = {requirement for requirement, reason in asked.items() if reason == UNREADABLE}
    pages = documents.list_pages(case.id, region_id=case.region_id) if unreadable else ()
    said = {word.page_id for word in words.list_of_application(case.id, region_id=case.region_id)} if pages else set()
    for requirement in unreadable:
        of_paper = [page for page in pages if page.requirement == requirement and page.verdict is not None]
        if any(page.is_refused or page.id in said for page in of_paper):
            continue
        for page in of_paper:
            word = Word(page.id, words.PICTURE, Said.UNREADABLE)
            words.say(page, word, officer_id=actor.id, at=at, is_implied=True)


def value_at(paper: ReadPaper, subject: str) -> ReadField | None:
    """The value read as `subject`: a field's name, or "anggota.<number from 1>.<field>"."""
    name, _, rest = subject.partition(".")
    if name != words.MEMBERS or not rest:
        return paper.fields.get(subject)
    number, _, column = rest.partition(".")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(paper.members):
        return None
    return paper.members[int(number) - 1].fields.get(column)


def _checked(word: Word, page: StoredPage) -> Word:
    if word.subject == words.PICTURE:
        expected = Said.READABLE if page.is_refused else Said.UNREADABLE
        if page.verdict is None or word.said is not expected:
            raise DomainError("word_misplaced")
        return Word(word.page_id, word.subject, word.said)
    reading = readings.list_of_application(page.application_id, region_id=page.region_id).get(page.id)
    if reading is None or reading.paper is None or value_at(reading.paper, word.subject) is None:
        raise NotFound("reading")
    if word.said is not Said.MISREAD:
        raise DomainError("word_misplaced")
    value = " ".join(word.value.split())
    if len(value) > LONGEST_VALUE:
        raise DomainError("words_long", limit=LONGEST_VALUE)
    return Word(word.page_id, word.subject, word.said, value)
