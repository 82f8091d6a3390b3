"""The page of a kabupaten/kota, joined or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from adminduk.catalogue.region_schema import Contact, Region
from adminduk.catalogue.schema import Service
from adminduk.catalogue.types import Provenance
from adminduk.channels.citizen_web.home_views import remember_region
from adminduk.foundation import clock
from adminduk.foundation.pages import render
from adminduk.foundation.pages.access import public
from adminduk.kernel.identifiers import RegionCode
from adminduk.readmodels.region_page import office_now
from adminduk.usecases.outside import catalogue


@dataclass(frozen=True, slots=True)
class RegionalRule:
    """Something that this region sets otherwise than the national definition, and on what ground."""

    key: str
    label: str
    value: bool | int
    provenance: Provenance
    services: tuple[Service, ...]

    @property
    def is_switch(self) -> bool:
        return isinstance(self.value, bool)


@public
def region_page(request: HttpRequest, code: RegionCode) -> HttpResponse:
    """What the region offers, or how to reach it."""
    region = catalogue().region(code)
    if not region.joined:
        response = render(
            request,
            "citizen/region_not_joined.html",
            region=region,
            contacts=shown_contacts(region.contacts),
            national=shown_contacts(catalogue().national_contacts),
        )
    else:
        now = clock.now()
        today = now.astimezone(ZoneInfo(region.time_zone)).date()
        response = render(
            request,
            "citizen/region.html",
            region=region,
            office=office_now(region, at=now),
            now=now,
            services=catalogue().services,
            rules=_regional_rules(region, today, request.language),  # type: ignore[attr-defined]
            offers_delivery=region.offers_delivery(today),
            contacts=shown_contacts(region.contacts),
            national=shown_contacts(catalogue().national_contacts),
        )
    return remember_region(request, response, code)


def _regional_rules(region: Region, today: date, lang: str) -> tuple[RegionalRule, ...]:
    """One entry for each key, value and ground, with the services that it holds for."""
    services: dict[tuple[str, str, bool | int, Provenance], list[Service]] = defaultdict(list)
    for service in catalogue().services:
        release = catalogue().release(service.id, region.code, today)
        for key, provenance in release.provenance.items():
            if provenance.level == "region" and not key.startswith("document."):
                services[key, release.setting_label(key, lang), release.setting(key), provenance].append(service)
    return tuple(
        RegionalRule(key, label, value, provenance, tuple(holds_for))
        for (key, label, value, provenance), holds_for in services.items()
    )


def shown_contacts(contacts: tuple[Contact, ...]) -> tuple[tuple[Contact, str], ...]:
    """Each contact with what a click does ("" for none: addresses, and numbers that are examples)."""
    return tuple((contact, _link_of(contact)) for contact in contacts)


def _link_of(contact: Contact) -> str:
    digits = "".join(char for char in contact.value if char in "+0123456789")
    if contact.is_example and contact.kind != "situs":
        return ""
    match contact.kind:
        case "telepon" | "sms":
            return f"{'tel' if contact.kind == 'telepon' else 'sms'}:{digits}"
        case "whatsapp":
            return f"https://wa.me/62{digits[1:]}" if digits.startswith("0") else f"https://wa.me/{digits.lstrip('+')}"
        case "email":
            return f"mailto:{contact.value}"
        case "situs":
            return contact.value if contact.value.startswith("https://") else f"https://{contact.value}"
        case _:
            return ""
