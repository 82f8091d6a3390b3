"""Everything that is defined: services, regions, messages, reference lists. Made by `load_catalogue`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from adminduk.catalogue.conditions import Fact
from adminduk.catalogue.examples import example_release
from adminduk.catalogue.messages import MessageFile, MessageText
from adminduk.catalogue.outputs import Output
from adminduk.catalogue.overlay import make_release
from adminduk.catalogue.papers.papers import Papers
from adminduk.catalogue.papers.types import Cause
from adminduk.catalogue.picture_causes import PictureCause
from adminduk.catalogue.problems import problem_text
from adminduk.catalogue.recording_statuses import RecordingStation, RecordingStatus
from adminduk.catalogue.reference import CardStatus, CourierSays, LegalBasis, Reference
from adminduk.catalogue.region_directory import Place, RegionDirectory
from adminduk.catalogue.region_schema import Contact, Holiday, Region
from adminduk.catalogue.region_search import RegionSearch
from adminduk.catalogue.release import Release
from adminduk.catalogue.retention import Retention
from adminduk.catalogue.schema import Example, Service
from adminduk.catalogue.survey import Survey
from adminduk.catalogue.text import Text
from adminduk.kernel.errors import NotFound
from adminduk.kernel.identifiers import RegionCode


@dataclass(frozen=True, slots=True)
class FoundRegion:
    """A search result: the region, and the kecamatan by which it was found ("" if by its own name or province)."""

    region: Region
    district: str


@dataclass(frozen=True, slots=True)
class SuggestedRegion:
    """What the first six digits of a NIK hint at. A NIK does not move with its owner: ask, never assume."""

    region: Region
    district: str


class Catalogue:
    """Immutable after loading; shared by all threads.

    A release is made once for each service, region and set of changes in force.
    """

    def __init__(
        self,
        *,
        services: Mapping[str, Service],
        regions: Mapping[str, Region],
        messages: Mapping[str, MessageFile],
        reference: Reference,
        directory: RegionDirectory,
        papers: Papers,
        outputs: Mapping[str, Output],
    ) -> None:
        self._services = dict(sorted(services.items(), key=lambda item: (item[1].order, item[0])))
        self._regions = dict(regions)
        self._messages = {
            (event, lang): text.in_language(lang) for event, text in messages.items() for lang in ("id", "en")
        }
        self._reference = reference
        self._directory = directory
        self._papers = papers
        self._outputs = dict(outputs)
        joined = frozenset(code for code, region in regions.items() if region.joined)
        self._search = RegionSearch(directory, joined=joined, spoken=reference.spoken_names)
        self._releases: dict[tuple[str, str, tuple[str, ...]], Release] = {}

    # --- services ---------------------------------------------------------------------------------------------

    @property
    def services(self) -> tuple[Service, ...]:
        """All services in the order in which they are offered."""
        return tuple(self._services.values())

    def service(self, service_id: str) -> Service:
        """The national definition. Raises NotFound."""
        try:
            return self._services[service_id]
        except KeyError:
            raise NotFound("service") from None

    def release(self, service_id: str, region: RegionCode, on: date | None = None) -> Release:
        """The service as it holds in the region on the local day `on`.

        Without `on`, changes with a date to come hold already: pass it wherever a case begins. Raises NotFound.
        """
        service, place = self.service(service_id), self.region(region)
        due = tuple(
            f"{change.key}@{change.since}"
            for change in place.changes
            if service_id in change.services and (on is None or change.since <= on.isoformat())
        )
        key = (service_id, region.text, (*due, f"delivery={place.offers_delivery(on)}"))
        if key not in self._releases:
            self._releases[key] = make_release(service, place, reference=self._reference, on=on)
        return self._releases[key]

    def example_release(self, service_id: str, example: Example) -> Release:
        """The release under which an example of the definition stands."""
        return example_release(self.service(service_id), example, reference=self._reference)

    # --- papers ----------------------------------------------------------------------------------------------

    @property
    def papers(self) -> Papers:
        """The kinds of documents, how they are told apart and what is read off them."""
        return self._papers

    def output(self, name: str) -> Output:
        """How a card or paper that services yield is laid out. Raises NotFound."""
        try:
            return self._outputs[name]
        except KeyError:
            raise NotFound("output") from None

    # --- regions ----------------------------------------------------------------------------------------------

    def region(self, code: RegionCode) -> Region:
        """One of the kabupaten/kota, joined or not. Raises NotFound."""
        try:
            return self._regions[code.text]
        except KeyError:
            raise NotFound("region") from None

    @property
    def regions(self) -> tuple[Region, ...]:
        """All kabupaten/kota by code."""
        return tuple(self._regions.values())

    @property
    def joined_regions(self) -> tuple[Region, ...]:
        """Those that use the portal, by code."""
        return tuple(region for region in self._regions.values() if region.joined)

    def find_regions(self, text: str, limit: int = 10) -> tuple[FoundRegion, ...]:
        """Regions whose name, kecamatan or province begins as typed, best first; case and accents do not count."""
        return tuple(
            FoundRegion(self._regions[hit.region], hit.district) for hit in self._search.find(text, limit=limit)
        )

    def region_of_nik_prefix(self, digits: str) -> SuggestedRegion | None:
        """What the first digits (four at least) of a NIK suggest; None if no region has or still has this code."""
        plain = "".join(char for char in digits if char in "0123456789")
        region = self._regions.get(f"{plain[:2]}.{plain[2:4]}") if len(plain) >= 4 else None
        if region is None:
            return None
        district = self._directory.districts.get(f"{plain[:2]}.{plain[2:4]}.{plain[4:6]}")
        return SuggestedRegion(region, district.name if district else "")

    def districts(self, region: RegionCode) -> tuple[Place, ...]:
        """The kecamatan of a region."""
        return self._directory.districts_of(region.text)

    def villages(self, district: str) -> tuple[Place, ...]:
        """The desa and kelurahan of a kecamatan (dotted code)."""
        return self._directory.villages_of(district)

    @property
    def national_contacts(self) -> tuple[Contact, ...]:
        """Official contacts that serve every region, each with source and date."""
        return self._reference.national_contacts

    @property
    def national_holidays(self) -> tuple[Holiday, ...]:
        """National holidays and collective leave of the years that are known, by day."""
        return self._reference.holidays

    # --- messages and lists -----------------------------------------------------------------------------------

    def message(self, event: str, lang: str = "id") -> MessageText:
        """The text for an event; Indonesian for any language but English. Raises NotFound."""
        try:
            return self._messages[event, "en" if lang == "en" else "id"]
        except KeyError:
            raise NotFound("message") from None

    @property
    def message_events(self) -> frozenset[str]:
        return frozenset(event for event, _ in self._messages)

    def problem_text(self, code: str, lang: str, params: Mapping[str, str | int]) -> str:
        """The words for a refusal; those of "unknown" for a code that has none (a test keeps that from happening)."""
        return problem_text(self._reference.problems, code, lang, params)

    def picture_cause(self, cause: Cause) -> PictureCause:
        """What is wrong with a picture and what to do, in words."""
        return self._reference.picture_causes[cause]

    def card_status(self, raw: str) -> CardStatus:
        """What the register's EKTP_STATUS means; a text that is not known breaks nothing."""
        return self._reference.card_status(raw)

    def recording_status(self, raw: str) -> RecordingStatus:
        """What the national system's word on a recording means; a text that is not known breaks nothing."""
        return self._reference.recording_statuses.of(raw)

    @property
    def recording_station(self) -> RecordingStation:
        """What an operator checks before a recording, and what may be unusual."""
        return self._reference.recording_station

    def card_facts(self, raw: str) -> dict[str, Fact]:
        """The facts card_status, card and biometrics that follow from the register's EKTP_STATUS."""
        status = self.card_status(raw)
        return {"card_status": raw, "card": status.card, "biometrics": status.biometrics}

    @property
    def legal_bases(self) -> Mapping[str, LegalBasis]:
        """Regulations by key, with title and grade of the source."""
        return self._reference.legal_bases

    @property
    def retention(self) -> Mapping[str, Retention]:
        """What is kept and how long, by kind: draft, documents, application and the rest."""
        return self._reference.retention

    @property
    def report_outcomes(self) -> Mapping[str, Text]:
        """How a report of brokers or bribes may end, in words for who reported."""
        return self._reference.report_outcomes

    @property
    def survey(self) -> Survey:
        """What people are asked when everything is done."""
        return self._reference.survey

    def courier_status(self, words: str) -> CourierSays | None:
        """What a courier's words in his file mean; None for words that are not known."""
        return self._reference.courier_statuses.get(" ".join(words.lower().split()))
