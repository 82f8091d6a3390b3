"""Every refusal that is raised anywhere has words in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from adminduk.catalogue.problems import names_in, problem_text, read_problems

CODE = Path(settings.ROOT) / "adminduk"
PROBLEMS = read_problems(Path(settings.ROOT) / "definitions" / "reference" / "problems.yaml")
RAISERS = ("DomainError", "Problem")
NUMBERS = ("nik", "no_kk")
EXPANDED = {"{}_open": ("group", "document"), "{}_digits": NUMBERS, "{}_length": NUMBERS, "{}_same": NUMBERS}
PASSWORD_CODES = {"password_too_short", "password_too_common", "password_too_similar"}  # Django's validators say these
LONGEST_SENTENCE = 15


def _codes(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.JoinedStr):
        shape = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        return {shape.format(kind) for kind in EXPANDED[shape]}
    if isinstance(node, ast.IfExp):
        return _codes(node.body) | _codes(node.orelse)
    return set()


def raised_codes() -> set[str]:
    """The first argument of every DomainError(…) and Problem(…) in the product, where it is written out."""
    codes = {"not_found"} | PASSWORD_CODES
    for file in CODE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RAISERS and call.args:
                codes |= _codes(call.args[0])
    return codes


def test_every_raised_code_has_words() -> None:
    codes = raised_codes()
    assert len(codes) > 40
    assert not codes - set(PROBLEMS)


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_words_are_short_sentences(code: str) -> None:
    for text in (PROBLEMS[code].id, PROBLEMS[code].en):
        assert all(len(sentence.split()) <= LONGEST_SENTENCE for sentence in text.split(". "))
        assert text.endswith(".")


def test_values_are_filled_in_and_dates_are_words() -> None:
    assert problem_text(PROBLEMS, "nik_length", "id", {"count": 15}) == "NIK harus 16 angka. Anda mengisi 15 angka."
    assert problem_text(PROBLEMS, "date_too_late", "en", {"limit": "2026-11-24"}).endswith("24 November 2026.")


def test_a_code_without_words_still_says_what_to_do() -> None:
    assert problem_text(PROBLEMS, "no_such_code", "id", {}) == PROBLEMS["unknown"].id


def test_names_in_finds_the_values() -> None:
    assert names_in("Paling banyak {limit} huruf, {count} diisi.") == {"limit", "count"}
