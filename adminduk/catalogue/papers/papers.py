"""All kinds of documents that are defined, with their readers made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from adminduk.catalogue.papers.fields import FieldReader
from adminduk.catalogue.papers.household import HouseholdReader
from adminduk.catalogue.papers.regions import Regions
from adminduk.catalogue.papers.schema import Paper
from adminduk.catalogue.papers.titles import OTHER, Titles
from adminduk.catalogue.region_directory import RegionDirectory


class Papers:
    """Immutable after loading; shared by all threads."""

    def __init__(self, papers: Iterable[Paper], directory: RegionDirectory | None = None) -> None:
        self._papers = {paper.id: paper for paper in papers}
        self._by_kind = {kind: paper for paper in self._papers.values() for kind in paper.kinds}
        self.titles = Titles(self._papers.values())
        self.regions = Regions(directory)
        self._fields = {paper.id: FieldReader(paper) for paper in self._papers.values()}
        self._households = {paper.id: HouseholdReader(paper) for paper in self._papers.values() if paper.members}

    @property
    def all(self) -> Mapping[str, Paper]:
        """Every paper by id, those included that are only recognised."""
        return self._papers

    def paper(self, paper_id: str) -> Paper | None:
        """The definition; None for "other" and whatever is not defined."""
        return self._papers.get(paper_id)

    def paper_for(self, kind: str) -> Paper | None:
        """The paper that answers a requirement's kind; None: nobody has defined how such a paper is read."""
        return self._by_kind.get(kind)

    def doc_type(self, paper_id: str) -> str:
        """The paper's id where a service can ask for it, else "other"."""
        paper = self._papers.get(paper_id)
        return paper.id if paper and paper.kinds else OTHER

    def field_reader(self, paper_id: str) -> FieldReader:
        """Raises KeyError for a paper that is not defined."""
        return self._fields[paper_id]

    def household_reader(self, paper_id: str) -> HouseholdReader:
        """Raises KeyError for a paper without a table of persons."""
        return self._households[paper_id]
