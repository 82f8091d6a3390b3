"""What services say about papers holds together: answers are read from fields that the papers have."""

from __future__ import annotations

from collections.abc import Iterator

from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.problems import names_in
from adminduk.catalogue.schema import Service


def defects_of_sources(service: Service, papers: Papers) -> Iterator[tuple[str, str]]:
    """Places in the file of the service with what is wrong there."""
    for at, group in enumerate(service.groups):
        for number, question in enumerate(group.questions):
            for index, source in enumerate(question.read_from):
                where = f"$.groups[{at}].questions[{number}].read_from[{index}]"
                paper = papers.paper(source.paper)
                if paper is None:
                    yield f"{where}.paper", f"{source.paper!r} is no paper of definitions/papers"
                    continue
                named = names_in(source.value)
                if not named:
                    yield f"{where}.value", "names no field in braces"
                for name in sorted(named):
                    if paper.label_of(name) is None:
                        yield f"{where}.value", f"the paper {paper.id!r} has no field {name!r}"
