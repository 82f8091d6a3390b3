"""A region's changes laid over a national definition; what the law forbids or the definition keeps is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from adminduk.catalogue.reference import CodedReasonEntry, ForbiddenEntry, Reference
from adminduk.catalogue.region_schema import Change, Region, RegionFile
from adminduk.catalogue.release import Release
from adminduk.catalogue.release_body import KeptReason, ReleaseBody, SettledValue
from adminduk.catalogue.schema import Service

_AMOUNT: Final = re.compile(r"\b(rp|idr)\.? ?[0-9]|[0-9](\.000)*( ribu| juta)? ?rupiah\b", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z0-9_.\-]+")
_WORD_BREAKS: Final = re.compile(r"[^a-z0-9]+")


def make_release(service: Service, region: Region, *, reference: Reference, on: date | None = None) -> Release:
    """The definition as it holds in the region: changes whose date has come by `on` (None: all of them)."""
    changes = [
        change
        for change in region.changes
        if service.id in change.services and (on is None or change.since <= on.isoformat())
    ]
    return Release.of(
        ReleaseBody(
            region=region.code.text,
            region_name=region.name,
            service=_without_examples(service),
            settings=_settle(service, changes, reference),
            region_facts={"region_delivery": region.offers_delivery(on), "region_register": region.register},
            legal_bases={key: reference.legal_bases[key].title for key in sorted(legal_bases_of(service))},
            rule_texts={use.rule: reference.rule_reasons[use.rule] for use in service.rules},
            refusal_reasons=_kept(service.refusal_reasons, reference.refusal_reasons, reference),
            correction_reasons=_kept(service.correction_reasons, reference.correction_reasons, reference),
        )
    )


def legal_bases_of(service: Service) -> set[str]:
    """The keys of all regulations that the service names."""
    return {
        *service.legal_basis,
        *(document.legal_basis for document in service.documents),
        *(use.legal_basis for use in service.rules),
    }


def refusals_of_changes(region: RegionFile, services: Mapping[str, Service]) -> Iterator[tuple[str, str]]:
    """Path and reason of every change that the national definitions do not allow."""
    seen: set[tuple[str, str, str]] = set()
    for index, change in enumerate(region.changes):
        where = f"$.changes[{index}]"
        try:
            date.fromisoformat(change.since)
        except ValueError:
            yield f"{where}.from", f"{change.since!r} is no date"
        for service_id in change.services:
            reason = _refusal_of_change(change, services.get(service_id), service_id)
            if reason:
                yield f"{where}.{'key' if service_id in services else 'services'}", reason
            if (service_id, change.key, change.since) in seen:
                yield f"{where}.key", f"{change.key!r} of {service_id} is changed twice from {change.since}"
            seen.add((service_id, change.key, change.since))


def _refusal_of_change(change: Change, service: Service | None, service_id: str) -> str | None:
    if service is None:
        return f"unknown service {service_id!r}"
    setting = service.settings.get(change.key)
    if setting is None:
        changeable = ", ".join(sorted(key for key, value in service.settings.items() if value.overridable))
        return f"{service_id} has no setting {change.key!r}; a region may change: {changeable}"
    if not setting.overridable:
        return f"{change.key!r} of {service_id} is not overridable: it is the same in every region"
    refusal = setting.refusal_of(change.value)
    return f"{change.key!r} of {service_id} {refusal}" if refusal else None


def refusals_by_law(
    data: Any, forbidden: tuple[ForbiddenEntry, ...], reference: Reference
) -> Iterator[tuple[str, str]]:
    """Path and reason of every key, or key named as text, that asks for what the law forbids.

    Texts are searched for amounts of money; a courier's charge is told under delivery.terms without an amount.
    """
    for where, written, is_key in _walk(data, "$"):
        if not is_key and _AMOUNT.search(written):
            yield where, "names an amount of money: population documents are free of charge"
        if not (is_key or _NAME.fullmatch(written)):
            continue
        words = set(_WORD_BREAKS.split(written.lower()))
        for entry in forbidden:
            if any(set(phrase.split()) <= words for phrase in entry.words):
                yield where, f"{entry.reason} ({reference.legal_bases[entry.legal_basis].title})"


def _walk(data: Any, where: str) -> Iterator[tuple[str, str, bool]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield f"{where}.{key}", key, True
            yield from _walk(value, f"{where}.{key}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _walk(value, f"{where}[{index}]")
    elif isinstance(data, str):
        yield where, data, False


def _settle(service: Service, changes: list[Change], reference: Reference) -> dict[str, SettledValue]:
    national = reference.legal_bases[service.legal_basis[0]].title
    settled = {
        key: SettledValue(value=setting.default, level="national", legal_basis=national, since="")
        for key, setting in service.settings.items()
    }
    for change in sorted(changes, key=lambda each: each.since):
        if change.value != service.settings[change.key].default:
            settled[change.key] = SettledValue(
                value=change.value, level="region", legal_basis=change.legal_basis, since=change.since
            )
        else:
            settled[change.key] = SettledValue(value=change.value, level="national", legal_basis=national, since="")
    return settled


def _kept(
    codes: tuple[str, ...], entries: Mapping[str, CodedReasonEntry], reference: Reference
) -> tuple[KeptReason, ...]:
    return tuple(
        KeptReason(
            code=code,
            label=entries[code].label,
            advice=entries[code].advice,
            legal_basis=reference.legal_bases[entries[code].legal_basis].title,
            applies_to=entries[code].applies_to,
        )
        for code in codes
    )


def _without_examples(service: Service) -> Service:
    """Examples prove the definition when it loads; a case does not need them."""
    return msgspec.structs.replace(service, examples=())
