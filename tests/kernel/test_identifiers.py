from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.kernel.errors import DomainError
from adminduk.kernel.identifiers import Nik, NoKk, RegionCode


@st.composite
def niks(draw: st.DrawFn) -> tuple[str, date, str]:
    born = draw(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
    sex = draw(st.sampled_from("LP"))
    day = born.day + (40 if sex == "P" else 0)
    district = draw(st.integers(110101, 969999))
    serial = draw(st.integers(9000, 9999))
    return f"{district}{day:02d}{born:%m%y}{serial:04d}", born, sex


@given(niks())
def test_every_possible_nik_is_read_and_tells_sex_and_date(made: tuple[str, date, str]) -> None:
    digits, born, sex = made
    nik = Nik.parse(digits)
    assert (str(nik), nik.sex, nik.agrees_with_birth_date(born)) == (digits, sex, True)


@given(niks(), st.sampled_from([" ", ".", "-", "\u2013", "\u00a0"]))
def test_separators_do_not_count(made: tuple[str, date, str], mark: str) -> None:
    digits = made[0]
    assert Nik.parse(mark.join(digits[i : i + 4] for i in range(0, 16, 4))) == Nik.parse(digits)


@given(st.text())
def test_whatever_is_typed_is_a_nik_or_a_refusal(text: str) -> None:
    try:
        assert len(str(Nik.parse(text))) == 16
    except DomainError as refusal:
        assert refusal.code.startswith("nik_")


@given(niks())
def test_neither_repr_nor_mask_tells_the_number(made: tuple[str, date, str]) -> None:
    nik = Nik.parse(made[0])
    for shown in (repr(nik), nik.masked, f"{[nik]}", repr(NoKk(made[0]))):
        assert made[0] not in shown and made[0][4:14] not in shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nik_digits"),
        ("33740117089O9001", "nik_digits"),
        ("٣٣٧٤٠١١٧٠٨٩٠٩٠٠١", "nik_digits"),
        ("337401170890900", "nik_length"),
        ("33740117089090011", "nik_length"),
        ("1111111111111111", "nik_same"),
        ("3374010008909001", "nik_day"),
        ("3374013208909001", "nik_day"),
        ("3374014008909001", "nik_day"),
        ("3374017208909001", "nik_day"),
        ("3374018108909001", "nik_day"),
        ("3374013102909001", "nik_day"),
        ("3374011700909001", "nik_month"),
        ("3374011713909001", "nik_month"),
        ("3374011708900000", "nik_serial"),
    ],
)
def test_what_is_impossible_has_a_code(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        Nik.parse(text)
    assert refused.value.code == code


def test_length_says_how_many_digits_were_typed() -> None:
    with pytest.raises(DomainError) as refused:
        Nik.parse("3374 0117 0890")
    assert refused.value.params == {"count": 12}


def test_29_february_is_possible_in_any_year_of_a_nik() -> None:
    assert Nik.parse("3374012902059001").agrees_with_birth_date(date(2005, 2, 28)) is False


def test_shown_forms() -> None:
    nik = Nik.parse("3374011708909001")
    assert (nik.masked, nik.grouped) == ("3374**********01", "3374 0117 0890 9001")


def test_a_kk_number_is_no_nik() -> None:
    assert Nik("3374010501209003") != NoKk("3374010501209003")  # type: ignore[comparison-overlap]
    assert str(NoKk.parse("3374-0105-0120-9003")) == "3374010501209003"


@pytest.mark.parametrize(
    ("text", "code"), [("12", "no_kk_length"), ("x" * 16, "no_kk_digits"), ("0" * 16, "no_kk_same")]
)
def test_impossible_kk_numbers(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        NoKk.parse(text)
    assert refused.value.code == code


@given(st.integers(11, 96), st.integers(1, 99))
def test_region_code_and_number_agree(province: int, rest: int) -> None:
    code = RegionCode.parse(f"{province}.{rest:02d}")
    assert RegionCode.from_number(code.number) == code == RegionCode.parse(str(code.number))
    assert str(code) == f"{province}.{rest:02d}" and code.province == str(province)


@pytest.mark.parametrize("text", ["", "33", "33.7", "33.00", "03.74", "33.744", "3a.74", "33.74.01", "10.01"])
def test_no_region_code(text: str) -> None:
    with pytest.raises(DomainError, match="region_code"):
        RegionCode.parse(text)
