"""No page speaks one language only, and no sentence is long."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from django.conf import settings

from tests.pages.templates import CODE, Pair, all_pairs, templates

JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
CLASSES = re.compile(r"\{% block (main|body)_class %\}.*?\{% endblock %\}", re.DOTALL)  # blocks that fill an attribute
LETTERS = re.compile(r"[A-Za-z]{2,}")
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
NAMES = {"Disdukcapil", "NIK", "No", "KK", "KTP", "SMS", "mail", "QR", "PDF", "Adminduk"}
SAME_IN_BOTH = re.compile(r"NIK|KK|No\. KK|SMS|E-mail|Admin|Status|RT/RW|WhatsApp|PDF|Total|Minimum|Maksimum|Menu")
LONGEST_SENTENCE = 15
MANY = re.compile(r"\{\w+\} (?!asks|agrees|is|reads|refuses)([a-z]+s|people)\b")
# Fixed in days or by law; all regencies; steps of a form; places from four on; a group that is visited; ten and more.
NEVER_ONE = {"days", "regencies", "steps", "places", "people", "answers"}


class _Literal(HTMLParser):
    """Collects words that stand in a template itself. Elements with a `lang` of their own may hold a foreign word."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("input", "br", "meta", "link", "img", "path", "circle", "rect"):
            pass
        else:
            self._silent.append(tag in ("script", "style", "kbd") or any(name == "lang" for name, _ in attrs))
        self.found += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not (self._silent and self._silent[-1]):
            self.found.append(data)


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(CODE)))
def test_no_word_of_a_template_stands_outside_t(file: Path) -> None:
    parser = _Literal()
    parser.feed(JINJA.sub("", CLASSES.sub("", file.read_text("utf-8"))))
    words = {word for text in parser.found for word in LETTERS.findall(text)} - NAMES
    assert not words


def _names(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("pair", all_pairs(), ids=lambda pair: pair.where)
def test_both_languages_are_there_and_name_the_same_values(pair: Pair) -> None:
    assert pair.indonesian.strip()
    assert pair.english.strip()
    assert _names(pair.indonesian) == _names(pair.english) == pair.values
    assert pair.indonesian != pair.english or SAME_IN_BOTH.fullmatch(pair.indonesian)


def _english() -> list[str]:
    problems = (Path(settings.ROOT) / "definitions" / "reference" / "problems.yaml").read_text("utf-8")
    return [*(pair.english for pair in all_pairs()), problems]


@pytest.mark.parametrize("pair", all_pairs(), ids=lambda pair: pair.where)
def test_sentences_are_short(pair: Pair) -> None:
    for text in (pair.indonesian, pair.english):
        plain = re.sub(r"<[^>]+>", "", text)
        longest = max((sentence.split() for sentence in re.split(r"[.!?:;](?:\s|$)", plain)), key=len)
        assert len(longest) <= LONGEST_SENTENCE, " ".join(longest)


def test_english_has_a_word_for_one_and_one_for_many() -> None:
    assert [text for text in _english() if re.search(r"[a-z]\((?:s|es|ies)\)", text)] == [], "t() for one, t() for many"


def test_no_english_number_stands_before_many_where_it_may_be_one() -> None:
    """Either a text of the same file says it of one, or the words are turned: "Cards: {n}"."""
    ones = {(_file(pair), pair.english[2:].split()[0] + "s") for pair in all_pairs() if pair.english.startswith("1 ")}
    found = [(pair, noun) for pair in all_pairs() for noun in MANY.findall(pair.english)]
    assert [pair.where for pair, noun in found if noun not in NEVER_ONE and (_file(pair), noun) not in ones] == []


def _file(pair: Pair) -> str:
    return pair.where.partition(":")[0]


def test_the_walk_sees_what_it_should() -> None:
    """A rename of t() or of the folders must not leave the tests above with nothing to look at."""
    assert len(templates()) > 10
    assert len(all_pairs()) > 150
