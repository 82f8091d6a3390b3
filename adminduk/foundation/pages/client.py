"""What a browser tells about itself: where it comes from and what it is. For limits and messages, never logged."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from adminduk.foundation.pages.words import t

_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"))
_MORE_BROWSERS = (("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"))
_MORE_SYSTEMS = (("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))


def network_of(request: HttpRequest) -> str:
    """The client's address for counting tries; of IPv6 the network, for a household has many addresses in it.

    Production stands behind a proxy of the office, which adds the address it saw at the end; what a client wrote there
    itself stands before it and counts for nothing.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.IS_PRODUCTION:
        seen = request.headers.get("X-Forwarded-For", seen).rpartition(",")[2].strip() or seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def device_of(request: HttpRequest) -> str:
    """Such as "Firefox di Android": enough to recognise one's own device, too little to recognise anybody by."""
    told = request.headers.get("User-Agent", "")[:300]
    browser = next((name for mark, name in _BROWSERS + _MORE_BROWSERS if mark in told), "")
    system = next((name for mark, name in _SYSTEMS + _MORE_SYSTEMS if mark in told), "")
    if browser and system:
        return str(t("{browser} di {system}", "{browser} on {system}", browser=browser, system=system))
    return browser or system or str(t("perangkat yang tidak dikenal", "an unknown device"))
