from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from adminduk.catalogue.errors import DefinitionError
from adminduk.catalogue.yaml_reader import line_of, read_yaml


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice"),
        ("a:\n  b: 1\n  c:\n    d: 1\n    d: 2\n", 5, "'d' stands twice"),
        ("region: 33.74\n", 1, "'33.74' can be read in two ways"),
        ("x: 1\nregion: 32.10\n", 2, "'32.10' can be read in two ways"),
        ("answer: no\n", 1, "'no' can be read in two ways"),
        ("answer: Yes\n", 1, "can be read in two ways"),
        ("answer: on\n", 1, "can be read in two ways"),
        ("answer: True\n", 1, "can be read in two ways"),
        ("code: 007\n", 1, "can be read in two ways"),
        ("hours: 07:30\n", 1, "can be read in two ways"),
        ("empty:\n", 1, "can be read in two ways"),
        ("nothing: ~\n", 1, "can be read in two ways"),
        ("size: 1.5e3\n", 1, "can be read in two ways"),
        ("33.74: x\n", 1, "can be read in two ways"),
        ("3374: x\n", 1, "must be text"),
        ("true: x\n", 1, "must be text"),
        ("? [a]\n: x\n", 1, "a key must be text"),
        ("a: [1, 2\nb: 3\n", 2, "is not YAML"),
        ("a: &x [*x]\n", 1, "contains itself"),
        ("", 0, "is empty"),
        ("# only a comment\n", 0, "is empty"),
        (b"a: \xff\n", 0, "is not UTF-8"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, reason: str
) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(DefinitionError) as refused:
        read_yaml(path)
    assert reason in refused.value.reason and refused.value.line == line and refused.value.path == path
    assert str(refused.value).startswith(f"{path}:{line}: ")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml")


def test_quotes_make_text(tmp_path: Path) -> None:
    data, _ = read_yaml(_write(tmp_path, "a: '33.74'\nb: \"no\"\nc: 2026-11-24\nd: 17\ne: true\nf: null\n"))
    assert data == {"a": "33.74", "b": "no", "c": "2026-11-24", "d": 17, "e": True, "f": None}


def test_every_value_has_a_line(tmp_path: Path) -> None:
    _, lines = read_yaml(_write(tmp_path, "a:\n  - b: 1\n  - b: 2\n    c: 3\n"))
    assert (lines["$.a"], lines["$.a[1].b"], lines["$.a[1].c"]) == (1, 3, 4)
    assert line_of(lines, "$.a[1].missing[0].deeper") == 3
    assert line_of(lines, "$.nothing") == 1


@given(st.dictionaries(st.from_regex(r"[a-z]{2,8}", fullmatch=True), st.text(), min_size=1))
def test_quoted_text_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, data: dict[str, str]) -> None:
    written = yaml.safe_dump(data, default_style='"', allow_unicode=False)
    assert read_yaml(_write(tmp_path_factory.mktemp("yaml"), written))[0] == data
