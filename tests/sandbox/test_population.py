"""The synthetic population: the same for the same seed and day, plausible, and full of odd cases."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from adminduk.kernel.birth_date import BirthDate
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode
from adminduk.kernel.names import PersonName
from sandbox.population_register.person import HEAD, Person, age_on
from sandbox.population_register.population import Population, build

START_DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def population() -> Population:
    return build(start_day=START_DAY)


@pytest.fixture(scope="module")
def people(population: Population) -> list[Person]:
    return list(population.people())


def _ages(people: list[Person]) -> Counter[int]:
    return Counter(age_on(START_DAY, born=person.birth_date) for person in people)


def test_same_seed_and_day_same_people(population: Population) -> None:
    assert build(start_day=START_DAY).digest() == population.digest()


def test_the_digest_is_the_same_everywhere() -> None:
    """On every machine and Python: the demo's people must not change with either."""
    assert build(seed=7, start_day=date(2026, 1, 2), people=500).digest()[:16] == "3ccf7e07ea4fe399"


def test_another_seed_or_day_other_people(population: Population) -> None:
    assert build(seed=1, start_day=START_DAY).digest() != population.digest()
    assert build(start_day=START_DAY + timedelta(days=1)).digest() != population.digest()


def test_stories_do_not_depend_on_the_seed(population: Population) -> None:
    other = build(seed=99, start_day=START_DAY, people=500)
    assert [story.person for story in other.stories] == [story.person for story in population.stories]


@pytest.mark.parametrize("start_day", [date(2028, 2, 28), date(2028, 2, 29), date(2027, 3, 1), date(2026, 1, 1)])
def test_birthdays_near_seventeen_hold_on_odd_days(start_day: date) -> None:
    people = {story.told.key: story.person for story in build(start_day=start_day, people=300).stories}
    today, tomorrow = people["seventeen_today"], people["seventeen_tomorrow"]
    assert BirthDate(today.birth_date).age_on(start_day) == 17
    assert BirthDate(tomorrow.birth_date).age_on(start_day) == 16
    # On 29 February nobody turns 17: the next chance is the day after.
    next_birthday = start_day + timedelta(days=2 if start_day == date(2028, 2, 28) else 1)
    assert BirthDate(tomorrow.birth_date).age_on(next_birthday) == 17


def test_enough_people_in_three_regions(people: list[Person]) -> None:
    assert len(people) >= 20_000
    regions = Counter(person.village[:5] for person in people)
    assert set(regions) == {"33.74", "51.71", "91.71"}
    assert min(regions.values()) > 5_000
    assert all(RegionCode.parse(region) for region in regions)


def test_numbers_are_right_and_fictional(people: list[Person]) -> None:
    doubled = _doubled(people)
    for person in people:
        nik = Nik.parse(person.nik)
        assert nik.digits in doubled or (nik.sex == person.sex and nik.agrees_with_birth_date(person.birth_date))
        assert int(person.nik[12:]) >= 9000
        assert int(NoKk.parse(person.no_kk).digits[12:]) >= 9000


def _doubled(people: list[Person]) -> set[str]:
    return {nik for nik, count in Counter(person.nik for person in people).items() if count > 1}


def test_names_fit_the_portal(people: list[Person]) -> None:
    assert all(PersonName.parse(person.name).text == person.name for person in people)


def test_families_have_one_head(population: Population) -> None:
    for family in population.by_no_kk.values():
        assert [person.relation for person in family].count(HEAD) == 1
        assert len({(person.no_kk, person.village, person.address) for person in family}) == 1


def test_parents_are_older_than_their_children(population: Population) -> None:
    for family in population.by_no_kk.values():
        mothers = {person.name: person.birth_date for person in family if person.relation != "ANAK"}
        for child in family:
            if child.relation == "ANAK" and child.mother_name in mothers:
                assert (child.birth_date - mothers[child.mother_name]).days > 16 * 365


def test_odd_cases_are_there(people: list[Person]) -> None:
    ages = _ages(people)
    assert ages[16] > 100 and ages[17] > 100
    assert sum(" " not in person.name for person in people) > 200
    assert sum(len(person.name) == 60 for person in people) > 10
    assert sum("'" in person.name for person in people) > 200
    assert sum((person.birth_date.day, person.birth_date.month) == (1, 7) for person in people) > 100
    assert sum(person.nik[:4] != person.village[:5].replace(".", "") for person in people) > 300
    assert sum(person.is_dead for person in people) > 50
    assert len(_doubled(people)) >= 5
    exactly, tomorrow = date(2009, 11, 24), date(2009, 11, 25)
    assert sum(person.birth_date == exactly for person in people) >= 6
    assert sum(person.birth_date == tomorrow for person in people) >= 6
    married_early = [p for p in people if p.marital_status == "KAWIN" and age_on(START_DAY, born=p.birth_date) == 16]
    assert len(married_early) >= 4


def test_states_of_the_card(people: list[Person]) -> None:
    adults = Counter(p.card_status for p in people if age_on(START_DAY, born=p.birth_date) >= 18)
    assert 0.8 < adults["CARD_ISSUED"] / adults.total() < 0.92
    expected = {"CARD_PRINTED", "PRINT_READY_RECORD", "BIO_CAPTURED", "SENT_FOR_ENROLLMENT", "DUPLICATE_RECORD"}
    assert expected | {"ENROLL_FAILURE_AT_CENTRAL", "UNREGISTERED", "STATUS_91_PUSAT"} <= set(adults)
    children = Counter(p.card_status for p in people if age_on(START_DAY, born=p.birth_date) < 16)
    assert set(children) == {"UNREGISTERED"}


def test_stories_have_stable_keys(population: Population) -> None:
    assert [story.told.key for story in population.stories] == [
        *("lost_card", "adult_daughter", "seventeen_tomorrow", "single_name", "married_at_16", "recorded_not_printed"),
        *("first_card", "seventeen_today", "sixty_letters", "duplicate_record", "moved", "unknown_status"),
        *("damaged_card", "sixteen", "never_recorded", "enrollment_failed", "dead"),
    ]
