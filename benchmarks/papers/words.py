"""Dates and numbers in Indonesian and English words, as papers print them."""

from __future__ import annotations

from datetime import date

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
ENGLISH_MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
_UNITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_ENGLISH = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen""".split()
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def spoken(number: int) -> str:
    """A number below ten thousand in Indonesian."""
    if number < 12:
        return _UNITS[number]
    for size, word, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus")):
        if number >= size:
            head = one if number < 2 * size else f"{spoken(number // size)} {word}"
            return head if number % size == 0 else f"{head} {spoken(number % size)}"
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    return f"{_UNITS[number // 10]} puluh" + ("" if number % 10 == 0 else f" {_UNITS[number % 10]}")


def english(number: int) -> str:
    """A number below ten thousand in English."""
    if number < 20:
        return _ENGLISH[number]
    if number < 100:
        return _TENS[number // 10] + ("" if number % 10 == 0 else f"-{_ENGLISH[number % 10]}")
    size, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    return f"{english(number // size)} {word}" + ("" if number % size == 0 else f" {english(number % size)}")


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def spoken_date(day: date) -> str:
    return f"{spoken(day.day)} {MONTHS[day.month - 1]} tahun {spoken(day.year)}"


def english_date(day: date) -> str:
    return f"{ENGLISH_MONTHS[day.month - 1]} {day.day}, {day.year}"
