"""Read definitions/ whole, check everything, and refuse what does not hold together with file, line and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from adminduk.catalogue.catalogue import Catalogue
from adminduk.catalogue.checks import defects_of_service
from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.examples import defects_of_examples
from adminduk.catalogue.messages import MessageFile
from adminduk.catalogue.outputs import Output, read_output
from adminduk.catalogue.overlay import refusals_by_law, refusals_of_changes
from adminduk.catalogue.papers.loading import load_papers
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.sources import defects_of_sources
from adminduk.catalogue.reference import Reference, read_date, read_reference
from adminduk.catalogue.region_directory import RegionDirectory
from adminduk.catalogue.region_schema import Holiday, Region, RegionFile, parse_hours
from adminduk.catalogue.schema import Choice, Group, Question, Service
from adminduk.catalogue.working_time import WorkingCalendar
from adminduk.catalogue.yaml_reader import Lines, convert, line_of, read_struct, read_yaml
from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import RegionCode

_KINDS = ("services", "regions", "messages", "papers", "outputs")


def load_catalogue(path: Path, extra: Sequence[Path] = (), *, with_examples: bool = True) -> Catalogue:
    """Read the definitions under `path`, and more from `extra`: folders of the same layout, or single service files.

    An extra file adds; it cannot replace a service, region or message that is there. Without `with_examples` regions
    that are marked `is_example` are checked but have not joined: no invented office in a real portal. Raises
    DefinitionError.
    """
    reference = read_reference(path / "reference")
    directory = RegionDirectory(path / "reference" / "wilayah.csv")
    messages: dict[str, MessageFile] = {}
    for file in _files("messages", path, extra):
        message = _read_message(file)
        _refuse_second(file, message.event, messages)
        messages[message.event] = message
    papers = load_papers(_files("papers", path, extra), directory)
    outputs: dict[str, Output] = {}
    for file in _files("outputs", path, extra):
        output = read_output(file)
        _refuse_second(file, output.id, outputs)
        outputs[output.id] = output
    services: dict[str, Service] = {}
    for file in _files("services", path, extra):
        service = _read_service(file, reference, frozenset(messages), papers)
        _refuse_second(file, service.id, services)
        services[service.id] = service
    regions = _unjoined(directory, reference)
    joined: dict[str, Region] = {}
    for file in _files("regions", path, extra):
        region = _read_region(file, services, regions, reference)
        if region.is_example and not with_examples:
            continue
        _refuse_second(file, region.code.text, joined)
        joined[region.code.text] = region
    return Catalogue(
        services=services,
        regions=regions | joined,
        messages=messages,
        reference=reference,
        directory=directory,
        papers=papers,
        outputs=outputs,
    )


def _files(kind: str, path: Path, extra: Sequence[Path]) -> Iterator[Path]:
    for place in (path, *extra):
        if not place.exists():
            raise DefinitionError(place, 0, "does not exist")
        if place.is_dir():
            yield from sorted((place / kind).glob("*.yaml"))
        elif place.parent.name == kind or (kind == "services" and place.parent.name not in _KINDS):
            yield place


def _refuse_second(file: Path, name: str, known: Iterable[str]) -> None:
    if name in known:
        raise DefinitionError(file, 1, f"{name!r} is defined twice")


def _raise_first(file: Path, lines: Lines, defects: Iterable[tuple[str, str]]) -> None:
    for where, reason in defects:
        raise DefinitionError(file, line_of(lines, where), reason)


def _read_message(file: Path) -> MessageFile:
    message, lines = read_struct(file, MessageFile)
    _raise_first(file, lines, message.defects())
    if message.event != file.stem:
        raise DefinitionError(file, line_of(lines, "$.event"), f"the file of {message.event!r} has another name")
    return message


def _read_service(file: Path, reference: Reference, events: frozenset[str], papers: Papers) -> Service:
    data, lines = read_yaml(file)
    _raise_first(file, lines, refusals_by_law(data, reference.forbidden, reference))
    service = convert(data, Service, path=file, lines=lines)
    service = _with_code_lists(service, reference, file, lines)
    _raise_first(file, lines, defects_of_service(service, reference=reference, events=events))
    _raise_first(file, lines, defects_of_sources(service, papers))
    _raise_first(file, lines, defects_of_examples(service, reference=reference))
    if service.id != file.stem:
        raise DefinitionError(file, line_of(lines, "$.id"), f"the file of {service.id!r} has another name")
    return service


def _with_code_lists(service: Service, reference: Reference, file: Path, lines: Lines) -> Service:
    """Put the choices of code lists into the questions, so that a release holds them."""

    def filled(question: Question, where: str) -> Question:
        if question.code_list is None:
            return question
        entries = reference.code_lists.get(question.code_list)
        if entries is None or question.choices:
            reason = f"unknown code list {question.code_list!r}" if entries is None else "has choices and a code_list"
            raise DefinitionError(file, line_of(lines, f"{where}.code_list"), reason)
        choices = tuple(Choice(value=entry.value, label=entry.label) for entry in entries)
        return msgspec.structs.replace(question, choices=choices)

    def group_filled(group: Group, where: str) -> Group:
        questions = tuple(filled(q, f"{where}.questions[{i}]") for i, q in enumerate(group.questions))
        return msgspec.structs.replace(group, questions=questions)

    return msgspec.structs.replace(
        service, groups=tuple(group_filled(group, f"$.groups[{i}]") for i, group in enumerate(service.groups))
    )


def _unjoined(directory: RegionDirectory, reference: Reference) -> dict[str, Region]:
    """Every kabupaten/kota of the list, as one that has not joined."""
    regions: dict[str, Region] = {}
    for place in directory.regions.values():
        province = place.code[:2]
        if province not in reference.time_zones:
            raise DefinitionError(Path("provinces.yaml"), 0, f"lacks the time zone of province {province}")
        regions[place.code] = Region(
            code=RegionCode(place.code),
            name=place.name,
            province=directory.provinces[province].name,
            time_zone=reference.time_zones[province],
            joined=False,
            holidays=reference.holidays,
        )
    return regions


def _read_region(file: Path, services: dict[str, Service], known: dict[str, Region], reference: Reference) -> Region:
    data, lines = read_yaml(file)
    _raise_first(file, lines, refusals_by_law(data, reference.forbidden, reference))
    read = convert(data, RegionFile, path=file, lines=lines)
    _raise_first(file, lines, refusals_of_changes(read, services))
    try:
        code = RegionCode.parse(read.region)
    except DomainError:
        raise DefinitionError(file, line_of(lines, "$.region"), f"{read.region!r} is no region code") from None
    if code.text not in known or file.stem != code.text:
        reason = f"{read.region!r} is no kabupaten/kota, or the file is not called {read.region}.yaml"
        raise DefinitionError(file, line_of(lines, "$.region"), reason)
    national, hours = known[code.text], parse_hours(read.hours)
    try:
        WorkingCalendar(hours=hours, time_zone=national.time_zone)
    except ValueError as error:
        raise DefinitionError(file, line_of(lines, "$.hours"), str(error)) from None
    return Region(
        code=code,
        name=national.name,
        province=national.province,
        time_zone=national.time_zone,
        joined=read.joined,
        is_example=read.is_example,
        register=read.register,
        recording_statuses=read.recording_statuses,
        office=read.office,
        contacts=read.contacts,
        hours=hours,
        holidays=_holidays(read, national, file, lines),
        delivery=read.delivery,
        sites=read.sites,
        changes=read.changes,
    )


def _holidays(read: RegionFile, national: Region, file: Path, lines: Lines) -> tuple[Holiday, ...]:
    own = [
        Holiday(read_date(each.day, path=file, line=line_of(lines, f"$.holidays[{index}].day")), each.name, False)
        for index, each in enumerate(read.holidays)
    ]
    days = {holiday.day: holiday for holiday in (*own, *national.holidays)}
    return tuple(days[day] for day in sorted(days))
