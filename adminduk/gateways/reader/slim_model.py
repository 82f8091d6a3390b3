"""Cuts the columns of characters that no paper here holds out of the recognition model.

The model ends in a matrix with one column for each of 18 710 characters, most of them Chinese. Computing and
normalising them takes a fifth of its time and most of its memory. An ONNX file is a protocol buffer; only the two
tensors of that last layer are written anew, everything else is copied byte for byte.
Source for the numbers of the fields: onnx.proto (ModelProto.graph = 7, GraphProto.initializer = 5,
TensorProto.dims = 1, .data_type = 2, .name = 8, .raw_data = 9).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

_GRAPH, _INITIALIZER, _DIMS, _RAW = 7, 5, 1, 9
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FIXED_SIZES: Final = {_FIXED64: 8, _FIXED32: 4}


def keep_columns(model: bytes, *, columns: Sequence[int], of: int) -> bytes:
    """The model with only `columns` (in that order) of each weight whose last dimension is `of`.

    Raises ValueError when there is no such weight, so that a new model cannot pass unnoticed.
    """
    data = memoryview(model)
    parts: list[bytes | memoryview] = []
    kept = 0
    for number, start, body, end in _fields(data):
        if number == _GRAPH:
            graph, kept = _slim_graph(data[body:end], columns=columns, of=of)
            parts.append(_field(_GRAPH, graph))
        else:
            parts.append(data[start:end])
    if not kept:
        raise ValueError("the model has no layer of that many columns")
    return b"".join(parts)


def _slim_graph(graph: memoryview, *, columns: Sequence[int], of: int) -> tuple[bytes, int]:
    parts: list[bytes | memoryview] = []
    kept = 0
    for number, start, body, end in _fields(graph):
        tensor = _slim_tensor(graph[body:end], columns=columns, of=of) if number == _INITIALIZER else None
        parts.append(graph[start:end] if tensor is None else _field(_INITIALIZER, tensor))
        kept += tensor is not None
    return b"".join(parts), kept


def _slim_tensor(tensor: memoryview, *, columns: Sequence[int], of: int) -> bytes | None:
    """The tensor with fewer columns, None if its last dimension is another."""
    dims: list[int] = []
    raw = b""
    others: list[memoryview] = []
    for number, start, body, end in _fields(tensor):
        if number == _DIMS:
            dims.extend(_varints(tensor[body:end]))
        elif number == _RAW:
            raw = bytes(tensor[body:end])
        else:
            others.append(tensor[start:end])
    if not dims or dims[-1] != of:
        return None
    weights = np.frombuffer(raw, np.float32).reshape(dims)[..., list(columns)]
    shape = b"".join(_varint(_DIMS << 3 | _VARINT) + _varint(size) for size in weights.shape)
    return b"".join([shape, *others, _field(_RAW, np.ascontiguousarray(weights).tobytes())])


def _fields(data: memoryview) -> Iterator[tuple[int, int, int, int]]:
    """Number, start, start of the content and end of each field."""
    at = 0
    while at < len(data):
        start = at
        key, at = _read_varint(data, at)
        number, kind = key >> 3, key & 7
        body = at
        if kind == _VARINT:
            _, at = _read_varint(data, at)
        elif kind == _BYTES:
            length, body = _read_varint(data, at)
            at = body + length
        elif kind in _FIXED_SIZES:
            at += _FIXED_SIZES[kind]
        else:
            raise ValueError("not a protocol buffer")
        yield number, start, body, at


def _varints(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _read_varint(data, at)
        yield value


def _read_varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(body)) + body
