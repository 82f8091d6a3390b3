"""What every answer says to browsers; packing; languages; logs."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path

import pytest
from django.test import Client

from adminduk.config.middleware.language import wanted
from adminduk.foundation.logs import JsonFormatter
from adminduk.foundation.pages import statics
from tests.pages.browser import BROTLI, get, read


def test_the_policy_allows_no_inline_code(visitor: Client) -> None:
    policy = get(visitor, "/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert f"'{statics.style_hash()}'" in policy


@pytest.mark.parametrize("path", ["/", "/masuk/?daerah=33.74", "/tidak-ada", "/permohonan/", "/static/tidak-ada.css"])
def test_headers_of_every_answer(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Content-Security-Policy" in response
    assert "no-store" in response["Cache-Control"] or response["Cache-Control"] == "private, no-cache"


def test_a_page_about_somebody_is_stored_nowhere(visitor: Client) -> None:
    assert visitor.get("/permohonan/")["Cache-Control"] == "no-store"
    assert visitor.post("/daerah", {"nik6": "337401"})["Cache-Control"] == "no-store"


def test_the_first_page_carries_its_style_the_next_links_it(visitor: Client) -> None:
    first, second = get(visitor, "/"), get(visitor, "/bantuan")
    assert read(first).all("style")
    assert not read(second).all("style")
    sheets = [link["href"] for link in read(second).all("link") if link["rel"] == "stylesheet"]
    assert sheets == [statics.url_of("citizen.css")]
    served = visitor.get(sheets[0], headers=BROTLI)
    assert served.status_code == 200
    assert "immutable" in served["Cache-Control"]
    assert served["Content-Encoding"] == "br"


def test_a_changed_sheet_is_inlined_again(visitor: Client) -> None:
    visitor.cookies["gaya"] = "00000000"
    assert read(get(visitor, "/")).all("style")


def test_the_collected_sheet_is_one_small_file(collected_statics: Path) -> None:
    css = statics.sheet()
    assert "@import" not in css
    assert "/*" not in css
    assert len(css) <= 14_500
    assert len(next(collected_statics.glob("citizen.*.css.br")).read_bytes()) <= 3_600


def test_packing_by_what_the_browser_takes(visitor: Client) -> None:
    assert visitor.get("/", headers={"accept-encoding": "br"})["Content-Encoding"] == "br"
    packed = visitor.get("/", headers={"accept-encoding": "gzip"})
    assert b"</html>" in gzip.decompress(packed.content)
    assert "Content-Encoding" not in visitor.get("/")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "id"),
        ("in-ID,in;q=0.9,en-US;q=0.8", "id"),
        ("id", "id"),
        ("en-GB,en;q=0.9,id;q=0.8", "en"),
        ("fr,en;q=0.5,id;q=0.7", "id"),
        ("nl;q=x,en", "en"),
        ("ms-MY", "id"),
        ("de", "id"),
    ],
)
def test_language_by_the_browsers_wish(header: str, language: str) -> None:
    assert wanted(header) == language


def test_language_and_display_by_choice(visitor: Client) -> None:
    answer = visitor.post("/bahasa", {"bahasa": "en", "next": "/bantuan"})
    assert (answer.status_code, answer["Location"]) == (303, "/bantuan")
    visitor.post("/tampilan", {"tampilan": "gelap", "next": "/"})
    html = read(get(visitor, "/bantuan")).all("html")[0]
    assert html == {"lang": "en", "data-theme": "gelap"}


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)", "\\\\x", ""])
def test_nobody_is_led_elsewhere(visitor: Client, elsewhere: str) -> None:
    assert visitor.post("/bahasa", {"bahasa": "en", "next": elsewhere})["Location"] == "/"


def test_a_request_is_logged_by_its_route_only(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="adminduk.request"):
        response = visitor.get("/d/33.74/ktp_el_baru/?nik=3374011708900001")
    line = json.loads(JsonFormatter().format(next(r for r in caplog.records if r.name == "adminduk.request")))
    assert line["route"] == "d/<region:code>/<slug:service_id>/"
    assert (line["status"], line["request_id"]) == (200, response["X-Request-ID"])
    assert "3374011708900001" not in json.dumps(line)
