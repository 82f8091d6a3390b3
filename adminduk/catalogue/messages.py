"""Texts that are sent to people: subject, body and a short form of at most 160 characters, checked when loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from adminduk.catalogue.text import LANGUAGES, Text

SHORT_LIMIT: Final = 160
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_BRACES: Final = re.compile(r"[{}]")
_NIK_LIKE: Final = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{16}|[0-9]{4}(?:[ .\-][0-9]{4}){3})(?![0-9A-Za-z])")
_SMS_SIGNS: Final = re.compile(r"[A-Za-z0-9 \n@$!\"#%&'()*+,\-./:;<=>?_]*")
_FOLDED: Final = re.compile(r"(?m)^(.{81,})\n(?=.)")  # broken for the file's margin, not for the reader
_FREE: Final = {"id": "GRATIS", "en": "FREE"}


class MessageText(msgspec.Struct, frozen=True):
    """One message in one language, with `{name}` where a value goes."""

    subject: str
    body: str
    short: str

    def fill(self, **values: str | int) -> MessageText:
        """Put the values in. Raises ValueError for a missing value, or one that holds sixteen digits: no NIK leaves.

        Line breaks in values become spaces, so that a value cannot write headers or lines of its own.
        """
        return MessageText(*(_filled(text, values) for text in (self.subject, self.body, self.short)))


class MessageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The shape of definitions/messages/*.yaml. `examples` gives every placeholder its longest usual value."""

    event: str
    examples: dict[str, str]
    subject: Text
    body: Text
    short: Text

    def in_language(self, lang: str) -> MessageText:
        """The message; a line of the body longer than 80 characters goes on in the next: readers have other margins."""
        return MessageText(self.subject.get(lang), _FOLDED.sub(r"\1 ", self.body.get(lang)), self.short.get(lang))

    def defects(self) -> Iterator[tuple[str, str]]:
        """Path and reason of everything that is wrong."""
        used: set[str] = set()
        for lang in LANGUAGES:
            text = self.in_language(lang)
            names = set(_PLACEHOLDER.findall(text.subject + text.body + text.short))
            used |= names
            unknown = names - set(self.examples)
            if unknown:
                yield f"$.body.{lang}", f"the placeholder {{{min(unknown)}}} has no example"
                continue
            yield from self._defects_in(lang, text)
        for name in set(self.examples) - used:
            yield f"$.examples.{name}", f"the placeholder {{{name}}} is used nowhere"

    def _defects_in(self, lang: str, text: MessageText) -> Iterator[tuple[str, str]]:
        for part in ("subject", "body", "short"):
            if _BRACES.search(_PLACEHOLDER.sub("", getattr(text, part))):
                yield f"$.{part}.{lang}", "has a brace that is no placeholder"
        for part in ("body", "short"):
            if _FREE[lang] not in getattr(text, part):
                yield (
                    f"$.{part}.{lang}",
                    f"does not say {_FREE[lang]}: every message says that the service costs nothing",
                )
        try:
            filled = text.fill(**self.examples)
        except ValueError as error:
            yield "$.examples", str(error)
            return
        if "\n" in filled.subject or len(filled.subject) > 120:
            yield f"$.subject.{lang}", "is longer than one line of 120 characters"
        if len(filled.short) > SHORT_LIMIT:
            yield f"$.short.{lang}", f"has {len(filled.short)} characters with the examples, more than {SHORT_LIMIT}"
        if not _SMS_SIGNS.fullmatch(filled.short):
            yield f"$.short.{lang}", "has a sign that an SMS of 160 characters cannot carry"


def _filled(text: str, values: Mapping[str, str | int]) -> str:
    def value_of(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in values:
            raise ValueError(f"the message lacks a value for {name}")
        return " ".join(str(values[name]).split())

    filled = _PLACEHOLDER.sub(value_of, text).strip()
    if _NIK_LIKE.search(filled):
        raise ValueError("a message must not hold a number of sixteen digits")
    return filled
