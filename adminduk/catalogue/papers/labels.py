"""Printed labels found in pieces of text, also with letters wrong, spaces lost and the value glued behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from rapidfuzz.distance import Levenshtein

from adminduk.catalogue.papers.layout import Piece
from adminduk.catalogue.papers.letters import letters

_WORD: Final = re.compile(r"[^\W_]+")
_BEFORE_VALUE: Final = ":;.,-–=*•/() "
_LIKE: Final = 0.78
_BARE: Final = 6  # letters


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in a piece: its text from `begin` to `end` says `label`."""

    piece: Piece
    label: str
    begin: int
    end: int

    @property
    def right(self) -> float:
        """Where the label ends on the page."""
        return self.piece.left + self.end * self.piece.letter

    @property
    def rest(self) -> str:
        """What stands behind the label in the same piece."""
        return self.piece.text[self.end :].lstrip(_BEFORE_VALUE)


class Vocabulary:
    """The labels of a paper; of several that fit the longest counts ("Nama Kepala Keluarga" before "Nama")."""

    def __init__(self, labels: Iterable[str]) -> None:
        plain = {label: letters(label) for label in labels}
        self._labels = sorted(((text, label) for label, text in plain.items() if text), key=lambda item: -len(item[0]))

    def hits_in(self, piece: Piece) -> list[Hit]:
        """Labels at the beginning of the piece, and further in it where a colon follows."""
        hits: list[Hit] = []
        free = 0
        for word in _WORD.finditer(piece.text):
            before, behind = piece.text[: word.start()], piece.text[word.start() :]
            is_first = not _WORD.search(before) and ":" not in before  # a colon begins a value
            if word.start() < free or (not is_first and ":" not in behind):
                continue
            found = self._at(piece.text, word.start())
            if found is None:
                continue
            label, end = found
            if is_first or piece.text[end:].lstrip().startswith(":"):
                hits.append(Hit(piece, label, word.start(), end))
                free = end
        return hits

    def _at(self, text: str, begin: int) -> tuple[str, int] | None:
        ends = _ends(text, begin)
        rest = letters(text[begin:])
        best, found = 0.0, None
        for plain, label in self._labels:
            if len(plain) <= best:  # sorted: no shorter one can be better
                break
            for read, end in ends:
                likeness = _likeness(read, plain) * len(plain)
                if likeness > best and (len(plain) > _BARE or read == plain or _ends_label(text, end)):
                    best, found = likeness, (label, end)
            if len(plain) > max(best, _BARE - 1) and rest.startswith(plain):
                best, found = float(len(plain)), (label, _end_of_letters(text, begin, len(plain)))
        return found


def _ends_label(text: str, end: int) -> bool:
    """A short label with a letter wrong could be a name (AGAM, Agama): it needs a colon or nothing behind it."""
    rest = text[end:].strip(" .")
    return not rest or rest[0] in ":;："


def _slack(plain: str) -> int:
    return 0 if len(plain) <= 3 else 1 if len(plain) <= 7 else 2


def _is_like(read: str, plain: str) -> bool:
    return _likeness(read, plain) > 0


def _likeness(read: str, plain: str) -> float:
    """0 where it is another word; short labels allow no mistake, for too many words look like them."""
    if abs(len(read) - len(plain)) > _slack(plain):
        return 0.0
    if len(plain) <= 3:
        return 1.0 if read.replace("L", "I") == plain.replace("L", "I") else 0.0
    return Levenshtein.normalized_similarity(read, plain, score_cutoff=_LIKE)


def _ends(text: str, begin: int) -> list[tuple[str, int]]:
    """What is read up to the end of the first, second … word, as letters, longest first. A label holds no colon."""
    colon = text.find(":", begin)
    stop = min(begin + 60, len(text) if colon < 0 else colon)
    words = takewhile(lambda word: not word.group().isdigit(), _WORD.finditer(text, begin, stop))
    ends = [(letters(text[begin : word.end()]), word.end()) for word in words]
    return [(read, end) for read, end in reversed(ends[:7]) if read]


def _end_of_letters(text: str, begin: int, count: int) -> int:
    """Where the first `count` letters from `begin` end: a value may follow without a space."""
    for index in range(begin, len(text)):
        count -= len(letters(text[index]))
        if count <= 0:
            return index + 1
    return len(text)


def hits_of(pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[Hit]:
    """All labels on the page in reading order."""
    return [hit for piece in pieces for hit in vocabulary.hits_in(piece)]


def without_labels(piece: Piece, hits: Sequence[Hit], start: int = 0) -> Piece:
    """The piece from `start` up to the next label in it, without what parts label and value."""
    stop = min((hit.begin for hit in hits if hit.piece is piece and hit.begin >= max(start, 1)), default=None)
    end = len(piece.text) if stop is None else stop
    while start < end and piece.text[start] in _BEFORE_VALUE + "：":
        start += 1
    return piece.part(start, end)


_MIN_PHRASE: Final = 4


class Stream:
    """The words of running text in reading order, to find what stands between two phrases."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._words: list[tuple[str, Piece]] = [
            (word, piece) for piece in pieces for word in piece.text.split() if _WORD.search(word) or ":" in word
        ]
        self._plain = [letters(word) if re.search(r"[^\W\d_]", word) else "" for word, _ in self._words]

    def between(self, after: Sequence[str], until: Sequence[str], limit: int = 14) -> Iterator[list[Piece]]:
        """The words behind each phrase of `after` that is found, up to one of `until`."""
        ends = [letters(end) for end in until]
        for phrase in after:
            start = self._find(letters(phrase), 0)
            if start is not None:
                yield self._up_to(start[1], start[2], ends, limit)

    def _up_to(self, begin: int, rest: str, until: Sequence[str], limit: int) -> list[Piece]:
        stop = min(begin + limit, len(self._words))
        found = [replace(self._words[begin - 1][1], text=rest)] if rest else []
        for index in range(begin, stop):
            if any(self._matches(index, phrase) for phrase in until):
                return found
            word, piece = self._words[index]
            found.append(replace(piece, text=word))
        return found

    def _find(self, phrase: str, begin: int) -> tuple[int, int, str] | None:
        """First word, the word after the last, and what is glued to the last word behind the phrase."""
        for index in range(begin, len(self._words)):
            if match := self._matches(index, phrase):
                return index, match[0], match[1]
        return None

    def _matches(self, index: int, phrase: str) -> tuple[int, str] | None:
        read = ""
        if not self._plain[index]:
            return None
        for end in range(index, min(index + 8, len(self._words))):
            read += self._plain[end]
            if _is_like(read, phrase) and not self._goes_on_better(read, end, phrase):
                return end + 1, ""
            if len(phrase) >= 7 and len(read) > len(phrase) + 2 and read.startswith(phrase):
                return end + 1, read[len(phrase) :]
            if len(read) > len(phrase) + 2:
                return None
        return None

    def _goes_on_better(self, read: str, end: int, phrase: str) -> bool:
        """Whether the phrase's last letters are the next word: "dari suami" is like "dari suami istri" too."""
        return end + 1 < len(self._words) and _likeness(read + self._plain[end + 1], phrase) > _likeness(read, phrase)
