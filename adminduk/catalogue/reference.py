"""The shape of definitions/reference/*.yaml and how they are read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final, Literal

import msgspec

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.papers.types import Cause
from adminduk.catalogue.picture_causes import PictureCause, read_picture_causes
from adminduk.catalogue.problems import read_problems
from adminduk.catalogue.recording_statuses import (
    RecordingStation,
    RecordingStatuses,
    read_recording_station,
    read_recording_statuses,
)
from adminduk.catalogue.region_schema import Contact, Holiday, TimeZone
from adminduk.catalogue.retention import Retention, read_retention
from adminduk.catalogue.survey import Survey, read_survey
from adminduk.catalogue.text import Text
from adminduk.catalogue.yaml_reader import line_of, read_struct

Biometrics = Literal["stored", "missing", "failed", "duplicate", "in_progress", "unknown"]
Card = Literal["none", "in_progress", "ready", "printed", "issued", "unknown"]
Grade = Literal["A", "B", "C"]

# An article number is printed only where the text of the article itself was read (grade A).
_ARTICLE: Final = re.compile(r"\b(pasal|psl|ps|ayat)\b\.?\s*[0-9(]", re.IGNORECASE)


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Frozen, and a typing mistake in a key is an error."""


class LegalBasis(_Part, frozen=True, kw_only=True):
    """A regulation by title. `grade` says how well the source is known: A read itself, B named, C not recorded."""

    title: str
    grade: Grade


class _LegalBases(_Part, frozen=True, kw_only=True):
    legal_bases: dict[str, LegalBasis]


class CardStatus(_Part, frozen=True, kw_only=True):
    """What a status of the national record means for us, and in plain words for the person."""

    biometrics: Biometrics
    card: Card
    label: Text


class _CardStatuses(_Part, frozen=True, kw_only=True):
    statuses: dict[str, CardStatus]
    prefixes: dict[str, CardStatus]
    unknown: CardStatus


class CodedReasonEntry(_Part, frozen=True, kw_only=True):
    """A reason that an officer may choose. `legal_basis` is a key of legal_bases.yaml."""

    label: Text
    advice: Text
    legal_basis: str
    applies_to: tuple[Literal["documents", "questions"], ...] = ("documents", "questions")


class _Reasons(_Part, frozen=True, kw_only=True):
    reasons: dict[str, CodedReasonEntry]


class _RuleReasons(_Part, frozen=True, kw_only=True):
    rules: dict[str, dict[str, Text]]


class CodeListEntry(_Part, frozen=True, kw_only=True):
    """One value of a code list, as the card prints it."""

    value: str
    label: Text


class _CodeLists(_Part, frozen=True, kw_only=True):
    lists: dict[str, tuple[CodeListEntry, ...]]


class _HolidayEntry(_Part, frozen=True, kw_only=True):
    day: str
    name: str


class _HolidayYear(_Part, frozen=True, kw_only=True):
    year: int
    is_provisional: bool
    source: str
    days: tuple[_HolidayEntry, ...]


class _Holidays(_Part, frozen=True, kw_only=True):
    years: tuple[_HolidayYear, ...]


class _Provinces(_Part, frozen=True, kw_only=True):
    time_zones: dict[str, TimeZone]


class _SpokenNames(_Part, frozen=True, kw_only=True):
    names: dict[str, tuple[str, ...]]


class _NationalContacts(_Part, frozen=True, kw_only=True):
    contacts: tuple[Contact, ...]


class _ReportOutcomes(_Part, frozen=True, kw_only=True):
    outcomes: dict[str, Text]


CourierSays = Literal["tracking", "fail", "deliver", "return"]


class _CourierStatuses(_Part, frozen=True, kw_only=True):
    statuses: dict[str, CourierSays]


class ForbiddenEntry(_Part, frozen=True, kw_only=True):
    """Something that the law forbids to ask for. `words`: what keys and texts of a region's file must not say."""

    words: tuple[str, ...]
    reason: str
    legal_basis: str


class _Forbidden(_Part, frozen=True, kw_only=True):
    forbidden: tuple[ForbiddenEntry, ...]


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """All reference lists, read and checked."""

    legal_bases: dict[str, LegalBasis]
    statuses: dict[str, CardStatus]
    status_prefixes: dict[str, CardStatus]
    unknown_status: CardStatus
    recording_statuses: RecordingStatuses
    recording_station: RecordingStation
    refusal_reasons: dict[str, CodedReasonEntry]
    correction_reasons: dict[str, CodedReasonEntry]
    rule_reasons: dict[str, dict[str, Text]]
    code_lists: dict[str, tuple[CodeListEntry, ...]]
    holidays: tuple[Holiday, ...]
    time_zones: dict[str, TimeZone]
    spoken_names: dict[str, tuple[str, ...]]
    national_contacts: tuple[Contact, ...]
    forbidden: tuple[ForbiddenEntry, ...]
    problems: dict[str, Text]
    picture_causes: dict[Cause, PictureCause]
    retention: dict[str, Retention]
    report_outcomes: dict[str, Text]
    survey: Survey
    courier_statuses: dict[str, CourierSays]

    def card_status(self, raw: str) -> CardStatus:
        """What the register's EKTP_STATUS means. A text that we do not know breaks nothing: everything unknown."""
        key = "_".join(raw.upper().split())
        if key in self.statuses:
            return self.statuses[key]
        for prefix, status in self.status_prefixes.items():
            if key.startswith(prefix):
                return status
        return self.unknown_status


def read_reference(folder: Path) -> Reference:
    """Read definitions/reference. Raises DefinitionError."""
    legal_bases = _read_legal_bases(folder / "legal_bases.yaml")
    statuses, _ = read_struct(folder / "card_statuses.yaml", _CardStatuses)
    return Reference(
        legal_bases=legal_bases,
        statuses=statuses.statuses,
        status_prefixes=statuses.prefixes,
        unknown_status=statuses.unknown,
        recording_statuses=read_recording_statuses(folder / "recording_statuses.yaml"),
        recording_station=read_recording_station(folder / "recording_station.yaml"),
        refusal_reasons=_read_reasons(folder / "refusal_reasons.yaml", legal_bases),
        correction_reasons=_read_reasons(folder / "correction_reasons.yaml", legal_bases),
        rule_reasons=read_struct(folder / "rule_reasons.yaml", _RuleReasons)[0].rules,
        code_lists=read_struct(folder / "code_lists.yaml", _CodeLists)[0].lists,
        holidays=_read_holidays(folder / "holidays.yaml"),
        time_zones=read_struct(folder / "provinces.yaml", _Provinces)[0].time_zones,
        spoken_names=read_struct(folder / "spoken_names.yaml", _SpokenNames)[0].names,
        national_contacts=read_struct(folder / "contacts.yaml", _NationalContacts)[0].contacts,
        forbidden=read_struct(folder / "forbidden.yaml", _Forbidden)[0].forbidden,
        problems=read_problems(folder / "problems.yaml"),
        picture_causes=read_picture_causes(folder / "picture_causes.yaml"),
        retention=read_retention(folder / "retention.yaml"),
        report_outcomes=read_struct(folder / "report_outcomes.yaml", _ReportOutcomes)[0].outcomes,
        survey=read_survey(folder / "survey.yaml"),
        courier_statuses=read_struct(folder / "courier_statuses.yaml", _CourierStatuses)[0].statuses,
    )


def _read_legal_bases(path: Path) -> dict[str, LegalBasis]:
    read, lines = read_struct(path, _LegalBases)
    for key, basis in read.legal_bases.items():
        if basis.grade != "A" and _ARTICLE.search(basis.title):
            where = line_of(lines, f"$.legal_bases.{key}.title")
            raise DefinitionError(path, where, "names an article although its source is not of grade A: only the title")
    return read.legal_bases


def _read_reasons(path: Path, legal_bases: dict[str, LegalBasis]) -> dict[str, CodedReasonEntry]:
    read, lines = read_struct(path, _Reasons)
    for code, reason in read.reasons.items():
        if reason.legal_basis not in legal_bases:
            where = line_of(lines, f"$.reasons.{code}.legal_basis")
            raise DefinitionError(path, where, f"unknown legal basis {reason.legal_basis!r}")
    return read.reasons


def _read_holidays(path: Path) -> tuple[Holiday, ...]:
    read, lines = read_struct(path, _Holidays)
    holidays = []
    for index, year in enumerate(read.years):
        for place, entry in enumerate(year.days):
            line = line_of(lines, f"$.years[{index}].days[{place}].day")
            day = read_date(entry.day, path=path, line=line)
            if day.year != year.year:
                raise DefinitionError(path, line, f"{entry.day} is not in {year.year}")
            holidays.append(Holiday(day, entry.name, is_national=True, is_provisional=year.is_provisional))
    return tuple(sorted(holidays, key=lambda holiday: holiday.day))


def read_date(text: str, *, path: Path, line: int) -> date:
    """An ISO date. Raises DefinitionError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DefinitionError(path, line, f"{text!r} is not a date written as 2026-12-31") from None
