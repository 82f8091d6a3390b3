"""Every page that can be reached without signing in: found by following links, looked at one by one."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.browser import defects_of, get, read, weight

FIRST_ROUND_TRIP = 10_000
ANSWERS = {
    "ktp_el_hilang": "pernah_punya=pernah&data_berubah=ada&surat_polisi=belum&kk_di_sini=daerah_lain",
    "ktp_el_rusak": "pernah_punya=ktp_lama&kartu_ada=ada&data_berubah=tidak&kk_di_sini=di_sini",
    "ktp_el_baru": "usia=usia_16&pernah_kawin=belum&punya_kartu=belum&pernah_direkam=belum&kk_di_sini=di_sini",
}
SEEDS = [
    "/",
    "/daerah?q=semarang",
    "/daerah?q=zzz",
    "/d/32.01/",
    *(f"/d/{region}/{service}/syarat?{given}" for region in ("33.74", "91.71") for service, given in ANSWERS.items()),
    "/d/51.71/ktp_el_baru/syarat?usia=usia_16&ditanya=usia,punya_kartu",
]


def reachable(client: Client) -> dict[str, int]:
    """Every path that links lead to from SEEDS, with its status."""
    waiting, seen = list(SEEDS), {}
    while waiting:
        path = waiting.pop()
        response = get(client, path)
        seen[path] = response.status_code
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            for link in read(response).all("a"):
                target = urljoin(path, link["href"]).partition("#")[0]
                if not urlsplit(target).netloc and target.startswith("/") and target not in seen:
                    waiting.append(target) if not _is_left_out(target) else None
    return seen


def _is_left_out(path: str) -> bool:
    return path.startswith(("/static/", "/petugas/", "/demo/"))


def test_no_link_of_a_public_page_is_dead(visitor: Client) -> None:
    seen = reachable(visitor)
    assert len(seen) > 20
    assert {path: status for path, status in seen.items() if status not in (200, 302, 303, 422)} == {}


PAGES = [
    *SEEDS,
    "/d/33.74/",
    "/d/51.71/ktp_el_rusak/",
    "/bantuan",
    "/privasi",
    "/masuk/?daerah=33.74",
    "/s/",
    "/tidak-ada",
]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_whole_and_clean(visitor: Client, path: str, language: str) -> None:
    visitor.cookies["bahasa"] = language
    response = get(visitor, path)
    document = read(response)
    assert weight(response) <= FIRST_ROUND_TRIP
    assert defects_of(document) == []
    assert document.all("html")[0]["lang"] == language
    assert [heading for heading in document.elements if heading.tag == "h1"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_or_inlines_scripts(visitor: Client, path: str) -> None:
    scripts = read(get(visitor, path)).all("script")
    assert all(script.get("src", "").startswith("/static/") and script.get("type") == "module" for script in scripts)


@pytest.mark.parametrize("path", PAGES)
def test_every_form_that_changes_something_is_protected(visitor: Client, path: str) -> None:
    """Language and display are the exception: they change a cookie, and carry no token."""
    document = read(get(visitor, path))
    free = {reverse("citizen:language"), reverse("citizen:theme")}
    posts = [form for form in document.all("form") if form.get("method") == "post" and form["action"] not in free]
    names = [field.get("name") for field in document.all("input")]
    assert names.count("csrfmiddlewaretoken") == len(posts)
