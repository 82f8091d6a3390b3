from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.kernel.application_number import ApplicationNumber
from adminduk.kernel.errors import DomainError

TODAY = date(2026, 11, 24)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
numbers = st.builds(
    lambda prefix, drawn: ApplicationNumber._compose(prefix, "2611", drawn),
    st.sampled_from(["KTP", "KK", "AKTA", "KIA"]),
    st.text(alphabet=ALPHABET, min_size=6, max_size=6),
)


@given(numbers)
def test_a_number_is_read_however_it_is_typed(number: ApplicationNumber) -> None:
    for typed in (number.text, number.text.lower(), number.text.replace("-", ""), number.text.replace("-", " ")):
        assert ApplicationNumber.parse(typed) == number
    prefix, rest = number.text.split("-", 1)
    assert ApplicationNumber.parse(f"{prefix}-{rest.replace('0', 'O').replace('1', 'l')}") == number


@given(numbers, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(number: ApplicationNumber, place: int, sign: str) -> None:
    prefix, month, drawn, check = number.text.split("-")
    wrong = drawn[:place] + sign + drawn[place + 1 :]
    if wrong == drawn:
        return
    with pytest.raises(DomainError, match="number_check"):
        ApplicationNumber.parse("-".join((prefix, month, wrong, check)))


@given(numbers, st.integers(0, 4))
def test_swapped_neighbours_are_noticed(number: ApplicationNumber, at: int) -> None:
    prefix, month, drawn, check = number.text.split("-")
    wrong = drawn[:at] + drawn[at + 1] + drawn[at] + drawn[at + 2 :]
    if wrong == drawn:
        return
    with pytest.raises(DomainError, match="number_check"):
        ApplicationNumber.parse("-".join((prefix, month, wrong, check)))


def test_a_new_number_says_service_and_month_and_differs() -> None:
    drawn = {str(ApplicationNumber.new("KTP", today=TODAY)) for _ in range(200)}
    assert len(drawn) == 200 and all(text.startswith("KTP-2611-") for text in drawn)


@pytest.mark.parametrize("text", ["", "KTP", "2611-7F3KQ9-92", "KTP-26-7F3KQ9-92", "KTP-2611-7F3UQ9-92", "K" * 4000])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(DomainError, match="number_shape"):
        ApplicationNumber.parse(text)


def test_a_prefix_is_letters() -> None:
    with pytest.raises(ValueError, match="capital letters"):
        ApplicationNumber.new("k1", today=TODAY)
