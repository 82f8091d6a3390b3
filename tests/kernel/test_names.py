import pytest
from hypothesis import given
from hypothesis import strategies as st

from adminduk.kernel.errors import DomainError
from adminduk.kernel.names import PersonName, are_same_name, comparison_key


@pytest.mark.parametrize(
    "text", ["Sri", "Nur'aini Ma’ruf", "I Gusti Ngurah", "A. Dg. Sila", "Siti-Aisyah", "H. Ali, S.Pd", "É"]
)
def test_names_that_exist(text: str) -> None:
    assert PersonName.parse(text) is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [("  ", "name_empty"), ("B" * 61, "name_too_long"), ("Budi 2", "name_characters"), ("<b>", "name_characters"),
     ("Budi_S", "name_characters"), ("'Budi", "name_characters")],
)  # fmt: skip
def test_refused_names(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        PersonName.parse(text)
    assert refused.value.code == code


def test_sixty_letters_are_a_name() -> None:
    assert PersonName.parse("A" * 60).is_single


@pytest.mark.parametrize("other", ["NUR'AINI", "nur’aini", " Nuraini ", "NURAINI", "Nur`aini"])
def test_writings_of_one_name(other: str) -> None:
    assert are_same_name("Nur'aini", other)


@pytest.mark.parametrize("other", ["Nur Aini", "Nuraeni", "Aini Nur", ""])
def test_other_names(other: str) -> None:
    assert not are_same_name("Nur'aini", other)


def test_initials_and_single() -> None:
    name = PersonName.parse("  budi   santoso ")
    assert (name.text, name.initials, name.is_single, name.key) == ("budi santoso", "BS", False, "BUDI SANTOSO")


@given(st.text(max_size=80))
def test_a_key_is_the_key_of_itself(text: str) -> None:
    assert comparison_key(comparison_key(text)) == comparison_key(text)


@given(st.text(max_size=70))
def test_whatever_is_typed_is_a_name_or_a_refusal(text: str) -> None:
    try:
        name = PersonName.parse(text)
        assert PersonName.parse(name.text) == name
    except DomainError as refusal:
        assert refusal.code.startswith("name_")


def test_many_marks_are_read_in_no_time() -> None:
    with pytest.raises(DomainError):
        PersonName.parse("a" + "-" * 58 + "1")
