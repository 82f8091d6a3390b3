"""The three models out of rapidocr's wheel, loaded by onnxruntime. Nothing is fetched; rapidocr itself is never run."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from adminduk.gateways.reader.slim_model import keep_columns
from adminduk.kernel.errors import Unavailable

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it is looked at when onnxruntime is imported, which else tells its maker
import onnxruntime  # type: ignore[import-untyped]

_DETECTION: Final = "PP-OCRv6_det_small.onnx"
_RECOGNITION: Final = "PP-OCRv6_rec_small.onnx"
_DIRECTION: Final = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
_EXTRA_LATIN: Final = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜàáâãäåçèéêëìíîïñòóôõöùúûü°–—‘’“”•·…№€"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Models:
    """`characters` holds the character of each column of the recognition's output; column 0 is "nothing"."""

    detection: Model
    recognition: Model
    direction: Model
    characters: tuple[str, ...]


class Model:
    """One network with one input and one output."""

    def __init__(self, content: bytes, *, threads: int) -> None:
        self._session = onnxruntime.InferenceSession(content, _options(threads), providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, batch: Floats) -> Floats:
        answer: Floats = self._session.run(None, {self._input: batch})[0]
        return answer


def load(*, threads: int = 1) -> Models:
    """Read the three files (about half a second). Raises Unavailable when they are missing or others than known."""
    folder = _folder()
    try:
        recognition = (folder / _RECOGNITION).read_bytes()
        characters = _characters(recognition)
        columns = [at for at, sign in enumerate(characters) if at == 0 or _is_latin(sign)]
        slim = keep_columns(recognition, columns=columns, of=len(characters))
        return Models(
            detection=Model((folder / _DETECTION).read_bytes(), threads=threads),
            recognition=Model(slim, threads=threads),
            direction=Model((folder / _DIRECTION).read_bytes(), threads=threads),
            characters=tuple(characters[at] for at in columns),
        )
    except (OSError, ValueError) as error:
        raise Unavailable("the models of rapidocr's wheel are missing or of another version") from error


def _folder() -> Path:
    spec = find_spec("rapidocr")  # found, not imported: importing it would load half a dozen libraries
    if spec is None or spec.origin is None:
        raise Unavailable("rapidocr is not installed")
    return Path(spec.origin).parent / "models"


def _characters(recognition: bytes) -> list[str]:
    """Nothing, the characters that the model's file lists, and the space (PaddleOCR's order)."""
    marker = b"character\x12"
    at = recognition.rindex(marker) + len(marker)
    length = shift = 0
    while True:
        byte = recognition[at]
        at += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return ["", *recognition[at : at + length].decode().split("\n"), " "]


def _is_latin(sign: str) -> bool:
    return (len(sign) == 1 and " " <= sign <= "~") or sign in _EXTRA_LATIN


def _options(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Without the arena every layer's memory is mapped and cleared anew, a quarter of the search's time. The arena never
    # gives back what one large page took: the child that read it ends instead (`work.py`).
    options.enable_cpu_mem_arena = True
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options
