"""The people of the demo, with roles that stay: the same keys, names and circumstances in every population."""

from __future__ import annotations

from datetime import date

from sandbox.population_register import stories_denpasar, stories_jayapura, stories_semarang
from sandbox.population_register.numbers import NumberBook
from sandbox.population_register.person import Person
from sandbox.population_register.story_plan import Story, settle


def tell_stories(book: NumberBook, start_day: date) -> tuple[tuple[Story, ...], list[list[Person]]]:
    """The stories and the families around them. Birth dates near seventeen move with `start_day`, others are fixed."""
    stories: list[Story] = []
    families: list[list[Person]] = []
    for module in (stories_semarang, stories_denpasar, stories_jayapura):
        for home in module.homes(start_day):
            people, told = settle(home, book)
            families.append(people)
            stories += told
    return tuple(stories), families
