"""A file's name is a stranger's text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.kernel.display_name import MAX_LENGTH, clean_display_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("foto KK.jpg", "foto KK.jpg"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\Users\\budi\\kk.pdf", "kk.pdf"),
        ("kk.pdf\0.exe", "kk.pdf.exe"),
        ("kk\u202egpj.exe", "kkgpj.exe"),
        ("kk\u200b\ufeff\u2066.jpg", "kk.jpg"),
        ("kk\r\nSet-Cookie: a=b.jpg", "kk Set-Cookie a=b.jpg"),
        ("<script>alert(1)</script>.jpg", "script.jpg"),
        ('"; rm -rf $HOME; .jpg', "rm -rf HOME .jpg"),
        ("..", "berkas"),
        ("", "berkas"),
        ("\u202e\u202d", "berkas"),
        (".htaccess", "htaccess"),
        ("a\uff0fb.jpg", "b.jpg"),
        ("surat\u00a0\u2003kuning.pdf", "surat kuning.pdf"),
        ("e\u0301.jpg", "é.jpg"),
    ],
)
def test_clean(name: str, shown: str) -> None:
    assert clean_display_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = clean_display_name("k" * 300 + ".heic")
    assert len(shown) == MAX_LENGTH
    assert shown.endswith("k….heic")
    assert len(clean_display_name("k" * 300 + "." + "x" * 300)) == MAX_LENGTH


@given(st.text(max_size=200))
def test_any_text_becomes_a_name_that_can_be_shown(name: str) -> None:
    shown = clean_display_name(name)
    assert 0 < len(shown) <= MAX_LENGTH
    assert not set(shown) & set("/\\<>\"'\0") - {"'"}
    assert all(unicodedata.category(char)[0] != "C" for char in shown)
    assert not shown.startswith(".")
