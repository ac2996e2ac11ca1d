"""The grid of links between two sentences as a picture (SVG)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from mtcheck.alignment import Alignment, Block
from mtcheck.document import Side
from mtcheck.errors import InputError
from mtcheck.reporters.markup import environment
from mtcheck.reporters.text import visible

MOST_WORDS = 120
"""Words of either side that a picture can show; more are too many to be read."""

_CELL = 24
_LETTER = 6.9  # mean width of a letter at the size of the labels
_BROAD = 10.5  # m, w and capitals
_WIDE = 13.0  # Han, kana, Hangul, full-width marks, emoji
_LONGEST_LABEL = 22  # letters; the tooltip has the whole word
_FAINTEST = 0.05
_GAP = 8
_SIN = _COS = 0.7072  # labels of columns rise at 45 degrees


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A heat map of links; a notebook shows it by itself.

    Attributes:
        svg: The picture, a self-contained SVG document for light and dark surroundings.
        n_source: Rows: words of the source.
        n_target: Columns: words of the translation.
    """

    svg: str = field(repr=False)
    n_source: int
    n_target: int

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg


def heat_map(alignment: Alignment, sentence: int, *, side: str = "source") -> HeatMap:
    """The links of one sentence, source words as rows, target words as columns.

    Args:
        alignment: What to show a part of.
        sentence: Index of the sentence.
        side: Whose sentence it is, ``source`` or ``target``.

    Raises:
        InputError: There is no such sentence or side.
    """
    if side not in {"source", "target"}:
        raise InputError(f"side must be 'source' or 'target', not {side!r}")
    for block in alignment.blocks:
        if sentence in (block.source if side == "source" else block.target):
            n, m = len(block.source_tokens), len(block.target_tokens)
            return HeatMap(draw(alignment, block), n, m)
    count = len((alignment.source if side == "source" else alignment.target).sentences)
    raise InputError(f"the {side} has no sentence {sentence}: it has {count}, counted from 0")


def draw(alignment: Alignment, block: Block, *, standalone: bool = True) -> Markup:
    """The picture of a block, or a note in its place where there is none to draw.

    Args:
        alignment: Where the block is from.
        block: What to draw.
        standalone: With styles of its own; otherwise the page has them, and the labels light
            up with the words of the row they stand in.
    """
    n, m = len(block.source_tokens), len(block.target_tokens)
    note = None
    if not n or not m:
        alone = "the source" if n else "the translation"
        note = f"A sentence of {alone} without a counterpart: there is no grid."
    elif max(n, m) > MOST_WORDS:
        note = (
            f"{n:,} \u00d7 {m:,} words: too many for a picture, which shows at most "
            f"{MOST_WORDS} on either side."
        )
    context = _note_context(note) if note else _grid_context(alignment, block)
    template = environment().get_template("heat_map.svg")
    svg = template.render(standalone=standalone, **context)
    return Markup(svg)  # noqa: S704 - the template escapes what comes from the texts


def _note_context(note: str) -> dict[str, Any]:
    return {
        "note": note, "width": 40 + round(len(note) * _LETTER), "height": 48, "label": note,
    }  # fmt: skip


def _grid_context(alignment: Alignment, block: Block) -> dict[str, Any]:
    rows = _labels(alignment.source, block.source_tokens)
    columns = _labels(alignment.target, block.target_tokens)
    n, m = len(rows), len(columns)
    left = max(row["width"] for row in rows) + _GAP
    rise = max(column["width"] for column in columns) * _SIN + _GAP + 10
    # A label of the last columns reaches past the grid.
    right = max(
        column["width"] * _COS + 14 - (m - 1 - k) * _CELL for k, column in enumerate(columns)
    )
    linked = {
        (link.i - block.source_tokens.start, link.j - block.target_tokens.start)
        for link in alignment.links
        if link.i in block.source_tokens and link.j in block.target_tokens
    }
    cells = []
    values = block.links
    for i in range(n):
        for j in range(m):
            value = float(values[i, j])
            if value >= _FAINTEST or (i, j) in linked:
                cells.append(
                    {
                        "x": j * _CELL,
                        "y": i * _CELL,
                        "share": f"{min(1.0, value):.2f}".removeprefix("0") or "0",
                        "value": f"{value:.2f}",
                        "link": (i, j) in linked,
                        "deep": value >= 0.65,
                        "source": rows[i]["full"],
                        "target": columns[j]["full"],
                    }
                )
    return {
        "note": None,
        "width": round(left + m * _CELL + max(right, 4) + 2),
        "height": round(rise + n * _CELL + 4),
        "left": round(left, 1),
        "top": round(rise, 1),
        "cell": _CELL,
        "n": n,
        "m": m,
        "rows": rows,
        "columns": columns,
        "cells": cells,
        "source_lang": alignment.source.lang,
        "target_lang": alignment.target.lang,
        "label": f"Heat map of links: {n} source words in rows, {m} target words in columns, "
        f"{len(linked)} links",
    }


def _labels(side: Side, tokens: Sequence[int]) -> list[dict[str, Any]]:
    found = []
    for k in tokens:
        full = visible(" ".join(side.tokens[k].text.split()))
        text = full if len(full) <= _LONGEST_LABEL else full[: _LONGEST_LABEL - 1] + "\u2026"
        found.append({"text": text, "full": full, "width": _width(text)})
    return found


def _width(text: str) -> float:
    """Room for a label: an estimate, as no font is at hand."""
    total = 0.0
    for character in text:
        if unicodedata.combining(character):
            continue
        if unicodedata.east_asian_width(character) in {"W", "F"} or character > "\uffff":
            total += _WIDE
        else:
            total += _BROAD if character in "mw" or character.isupper() else _LETTER
    return total
