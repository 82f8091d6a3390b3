"""Letters on A4: how a head, a table of answers and a pair of signatures are set, for all kinds of letters."""

from __future__ import annotations

from datetime import date
from random import Random

from benchmarks.papers import marks, people, style
from benchmarks.papers.sheet import Colour, Pen, Sheet
from benchmarks.papers.style import Style

A4 = (210.0, 297.0)
F4 = (215.0, 330.0)


def truth(number: str, who: people.Person, written: date) -> dict[str, object]:
    """What letters of RT and RW and of the police say of a person."""
    return {
        "nomor_surat": number,
        "nama": who.name,
        "nik": who.nik,
        "tempat_lahir": who.birthplace,
        "tanggal_lahir": who.born.isoformat(),
        "tanggal_surat": written.isoformat(),
    }


class Letter:
    """A sheet with a cursor: what is printed next stands at `y`."""

    def __init__(
        self, looks: Style, *, body: str, printer: str = "laser", scale: float = 8.0, paper: Colour | None = None
    ) -> None:
        random = looks.random
        self.looks, self.random = looks, random
        self.sheet = Sheet(random.choice((A4, A4, F4)), scale=scale, colour=paper or style.white(random), random=random)
        dark = style.ink(random)
        size = random.uniform(3.9, 4.5)
        self.body = looks.pen(body, size, ink=dark, printer=printer)
        self.value = looks.pen(body, size, ink=dark, printer=printer, bold=random.random() < 0.3)
        self.strong = looks.pen(body, size * 1.05, ink=dark, bold=True, printer=printer)
        self.title = looks.pen(random.choice((body, "title")), size * random.uniform(1.25, 1.6), ink=dark, bold=True)
        self.left = random.uniform(20, 28)
        self.right = self.sheet.width - random.uniform(18, 24)
        self.y = random.uniform(20, 30)

    @property
    def middle(self) -> float:
        return self.sheet.width / 2

    def head(self, *lines: str, is_left: bool = False, rule: str = "double") -> None:
        """Who writes: centred, or in a block at the left."""
        align, x = ("m", self.left + 36) if is_left else ("m", self.middle)
        room = 84 if is_left else self.right - self.left
        for line in lines:
            self.sheet.text(x, self.y, line, self.strong, align=align, fit=room)
            self.y += self.body.size * 1.3
        start, end = (self.left, self.left + 72) if is_left else (self.left, self.right)
        self.sheet.line((start, self.y - 2), (end, self.y - 2), width=0.7 if rule == "double" else 0.3)
        if rule == "double":
            self.sheet.line((start, self.y - 0.9), (end, self.y - 0.9), width=0.25)
        self.y += self.body.size * 2

    def name(self, title: str, number: str = "", *, need: str = "", underlined: bool = True) -> None:
        """The title of the letter, and its number."""
        width = self.sheet.text(self.middle, self.y, title, self.title, align="m", fit=self.right - self.left)
        if underlined:
            self.sheet.line((self.middle - width / 2, self.y + 1), (self.middle + width / 2, self.y + 1), width=0.35)
        self.y += self.body.size * 1.5
        if number:
            self.sheet.text(self.middle, self.y, number, self.body, align="m", need=need, fit=self.right - self.left)
        self.y += self.body.size * 2.4

    def say(self, text: str) -> None:
        self.y = self.sheet.paragraph(self.left, self.y, text, self.body, width=self.right - self.left)
        self.y += self.body.size * 0.6

    def answers(
        self, rows: list[tuple[str, str, str]], *, pen: Pen | None = None, gap: float = 48, is_dotted: bool = False
    ) -> None:
        """Label, colon, value; the third of each is what needs it: main, field or nothing."""
        indent = self.random.uniform(0, 10)
        for label, value, need in rows:
            self.sheet.text(self.left + indent, self.y, label, self.body, fit=gap - 2)
            self.sheet.text(self.left + indent + gap, self.y, ":", self.body)
            if is_dotted:
                self.sheet.dotted(
                    self.left + indent + gap + 4, self.y + 0.8, self.right - self.left - gap - indent - 8, self.body
                )
            room = self.right - self.left - indent - gap - 5
            self.sheet.text(
                self.left + indent + gap + 4,
                self.y,
                value,
                (pen if need != "main" else None) or self.value,
                need=need,
                fit=room,
            )
            self.y += self.body.size * 1.62
        self.y += self.body.size * 0.8

    def signatures(self, *blocks: tuple[str, str, str], place: str, seal: tuple[str, str] | None, ink: Colour) -> None:
        """Two or one blocks of office, and name below its scribble; the place and date over the last."""
        spots = [self.middle - 45, self.middle + 45] if len(blocks) > 1 else [self.middle + 42]
        self.sheet.text(spots[-1], self.y, place, self.body, align="m", fit=80)
        self.y += self.body.size * 1.4
        for x, (office, name, below) in zip(spots, blocks, strict=False):
            self.sheet.text(x, self.y, office, self.body, align="m", fit=80)
            marks.signature(self.sheet, x - 14, self.y + 12, 28)
            self.sheet.text(x, self.y + 25, name, self.strong, align="m", fit=80)
            self.sheet.text(x, self.y + 30, below, self.body, align="m", fit=80)
            if seal:
                marks.stamp(self.sheet, (x - 12, self.y + 13), 13, seal, Pen(self.body.face, 3, ink))
        self.y += 36

    def handwriting(self, *, chance: float) -> Pen | None:
        """A ballpoint pen for the answers, sometimes."""
        if self.random.random() >= chance:
            return None
        return self.looks.pen("hand", self.body.size * 1.28, ink=(28, 38, 106), printer="hand")


def seal_ink(random: Random) -> Colour:
    return random.choice(((74, 52, 150), (40, 60, 150), (120, 40, 120)))
