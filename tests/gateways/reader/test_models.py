"""The models as they come out of the wheel: fewer columns, the same answers."""

from __future__ import annotations

import numpy as np
import pytest

from adminduk.gateways.reader import models
from adminduk.gateways.reader.models import Model
from adminduk.gateways.reader.slim_model import keep_columns
from adminduk.kernel.errors import Unavailable


def test_a_model_with_fewer_columns_says_the_same() -> None:
    whole = (models._folder() / models._RECOGNITION).read_bytes()
    characters = models._characters(whole)
    columns = [at for at, sign in enumerate(characters) if at == 0 or models._is_latin(sign)]
    slim = keep_columns(whole, columns=columns, of=len(characters))
    assert len(slim) < len(whole)
    strip = np.random.default_rng(1).random((1, 3, 48, 160), np.float32)
    full, part = Model(whole, threads=1)(strip), Model(slim, threads=1)(strip)
    kept = full[..., columns]
    assert part.shape == kept.shape
    np.testing.assert_allclose(part, kept / kept.sum(axis=-1, keepdims=True), atol=1e-4)


def test_the_characters_stand_where_the_model_has_them() -> None:
    loaded = models.load()
    assert loaded.characters[0] == ""
    assert loaded.characters[-1] == " "
    assert {*"0123456789", *"ABCXYZabcxyz", *"/:-.,()'"} <= set(loaded.characters)
    assert all(len(sign) == 1 for sign in loaded.characters[1:])


def test_a_model_of_another_shape_is_told() -> None:
    whole = (models._folder() / models._RECOGNITION).read_bytes()
    with pytest.raises(ValueError, match="columns"):
        keep_columns(whole, columns=[0], of=17)
    with pytest.raises((ValueError, IndexError)):
        keep_columns(b"no protocol buffer at all", columns=[0], of=17)


def test_missing_models_are_a_state_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "_RECOGNITION", "not-there.onnx")
    with pytest.raises(Unavailable):
        models.load()
