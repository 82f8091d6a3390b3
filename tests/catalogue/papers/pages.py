"""Pages of a reader made by hand: from drawings, and bent as a photograph bends them."""

from __future__ import annotations

from dataclasses import replace

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.reading import read_paper
from adminduk.catalogue.papers.samples import page_of
from adminduk.catalogue.papers.types import Box, ReadPage, ReadPaper, TextLine


def sample_page(papers: Papers, paper_id: str, number: int = 0) -> ReadPage:
    """The page of a definition's own sample."""
    paper = papers.paper(paper_id)
    assert paper is not None
    return page_of(paper.samples[number].page)


def read_text(papers: Papers, drawing: str) -> ReadPaper:
    return read_paper(page_of(drawing), papers)


def values(read: ReadPaper) -> dict[str, str]:
    return {name: field.value for name, field in read.fields.items()}


def with_texts(page: ReadPage, texts: dict[str, str]) -> ReadPage:
    """The page with words replaced in its lines."""

    def changed(line: TextLine) -> TextLine:
        text = line.text
        for old, new in texts.items():
            text = text.replace(old, new)
        return replace(line, text=text)

    return replace(page, lines=tuple(changed(line) for line in page.lines))


def slanted(page: ReadPage, slope: float, bend: float = 0.0) -> ReadPage:
    """The page photographed askew: rows fall by `slope` to the right, the more so the further right with `bend`."""

    def moved(line: TextLine) -> TextLine:
        middle = (line.upright.left + line.upright.right) / 2 - 0.5
        tilt = slope + bend * middle
        down = slope * middle + bend * middle * middle / 2
        grow = abs(tilt) * (line.upright.right - line.upright.left) / 2
        box = Box(
            line.upright.left, line.upright.top + down - grow, line.upright.right, line.upright.bottom + down + grow
        )
        return replace(line, box=box, upright=box, tilt=tilt)

    return replace(page, lines=tuple(moved(line) for line in page.lines))
