"""What every encoder gives: the states of each piece of a text, with its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

KEPT_DEPTHS = (1 / 2, 7 / 12, 2 / 3, 3 / 4, 1.0)
"""How deep the kept layers lie, as a share of the whole: the first three are best for links, the
last is the top; the trained linker reads all (docs/alignment.md)."""

LINK_SLOTS = slice(0, 3)


@dataclass(frozen=True, slots=True, eq=False)
class EncodedText:
    """One text as the encoder sees it.

    Attributes:
        offsets: Half-open code-point ranges of the pieces in the text. Shape: (n_pieces, 2).
        states: Hidden states at the kept layers. Shape: (n_layers, n_pieces, width).
        layers: Which layers those are, from 1 (first) to the depth of the encoder.
    """

    offsets: npt.NDArray[np.int32]
    states: Floats
    layers: tuple[int, ...]

    def layer(self, number: int) -> Floats:
        """States at one layer. Shape: (n_pieces, width)."""
        return np.asarray(self.states[self.layers.index(number)])


class Encoder(Protocol):
    """Turns texts into states; the result for a text never depends on its neighbors."""

    @property
    def name(self) -> str:
        """Name and revision, for the signature of a report."""

    @property
    def layers(self) -> tuple[int, ...]:
        """The layers kept, ascending; the last is the top of the encoder."""

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """States of each text, same length and order as ``texts``."""


def kept_layers(depth: int) -> tuple[int, ...]:
    """Numbers of the kept layers of an encoder with this many layers."""
    return tuple(max(1, round(share * depth)) for share in KEPT_DEPTHS)
